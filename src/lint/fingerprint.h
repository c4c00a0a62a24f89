/* SPDX-License-Identifier: MIT */
/* What a finding is recognised by in a later run, when lines have moved. */
#ifndef LOCKSTEP_LINT_FINGERPRINT_H
#define LOCKSTEP_LINT_FINGERPRINT_H

#include "lint/lint.h"

/* Hex digits and the NUL. */
#define FINGERPRINT_SIZE 33

typedef struct Fingerprint {
    char hex[FINGERPRINT_SIZE];
} Fingerprint;

/*
 * One for each finding of the result, in their order. It is made of the rule, the relation and the
 * words at the place; blanks, comments, lines and the name of the file do not change it. Findings
 * of one file that have all of these in common are told apart by their order.
 */
Fingerprint *fingerprint_findings(Arena *arena, const LintResult *result);

#endif
