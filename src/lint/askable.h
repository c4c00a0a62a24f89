/* SPDX-License-Identifier: MIT */
/* Whether somebody can ask about the rows of an operation before its file runs. */
#ifndef LOCKSTEP_LINT_ASKABLE_H
#define LOCKSTEP_LINT_ASKABLE_H

#include "lockstep/rule.h"

#include "schema/replay.h"

/* Whether all that a query about the operation's rows has to name was there at the mark: the
 * tables, by the same names, and the columns. */
bool askable_before(const LintContext *ctx, const Op *op, SchemaMark before);

#endif
