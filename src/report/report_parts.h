/* SPDX-License-Identifier: MIT */
/* What the formats share, and the formats themselves. */
#ifndef LOCKSTEP_REPORT_REPORT_PARTS_H
#define LOCKSTEP_REPORT_REPORT_PARTS_H

#include "report/report.h"

void report_text(FILE *out, Arena *scratch, const LintResult *result, ReportStyle style);
void report_json(FILE *out, Arena *scratch, const LintResult *result, ReportStyle style);

/* The source of a finding. */
const LintSource *report_source(const LintResult *result, const Finding *finding);

#endif
