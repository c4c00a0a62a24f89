/* SPDX-License-Identifier: MIT */
/* How often each rule has spoken: where to begin, when there is much to read. */
#ifndef LOCKSTEP_REPORT_RULE_COUNTS_H
#define LOCKSTEP_REPORT_RULE_COUNTS_H

#include <stdio.h>

#include "lockstep/arena.h"

#include "report/report.h"

/* A table of the rules that found something, the gravest and most frequent first, and a blank line.
 * Nothing where the findings are few or of one rule. What is accepted does not count. */
void rule_counts_write(FILE *out, Arena *scratch, const LintResult *result, ReportStyle style);

#endif
