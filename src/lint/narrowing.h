/* SPDX-License-Identifier: MIT */
/* Type changes that not every value survives. */
#ifndef LOCKSTEP_LINT_NARROWING_H
#define LOCKSTEP_LINT_NARROWING_H

#include "lockstep/rule.h"

typedef struct Narrowing {
    const char *what;      /* "values above 2147483647 make it fail"; NULL: every value survives */
    const char *condition; /* SQL that is true for the values that do not */
} Narrowing;

/* Of ALTER COLUMN TYPE; with a USING, or where the old type is not known, nothing is said. */
Narrowing narrowing_find(const LintContext *ctx, const Op *op);

#endif
