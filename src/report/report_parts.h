/* SPDX-License-Identifier: MIT */
/* What the formats share, and the formats themselves. */
#ifndef LOCKSTEP_REPORT_REPORT_PARTS_H
#define LOCKSTEP_REPORT_REPORT_PARTS_H

#include "report/report.h"

void report_text(FILE *out, Arena *scratch, const Report *report);
void report_json(FILE *out, Arena *scratch, const Report *report);
void report_sarif(FILE *out, Arena *scratch, const Report *report);
void report_github(FILE *out, Arena *scratch, const Report *report);
void report_gitlab(FILE *out, Arena *scratch, const Report *report);
void report_junit(FILE *out, Arena *scratch, const Report *report);
void report_markdown(FILE *out, Arena *scratch, const Report *report);

/* The source of a finding. */
const LintSource *report_source(const LintResult *result, const Finding *finding);

/* Whether the finding is about the file as a whole. */
bool report_is_about_file(const Finding *finding);

/* The steps one below the other, each with a comment that says how it is run; "" for none. */
const char *report_rewrite_sql(Arena *arena, const RewriteStepList *steps);

/* How a preflight query is announced; a colon follows. */
#define REPORT_PREFLIGHT "before, to see which rows are in the way"

/* "2 files, 9 statements: 1 error, 0 warnings, 3 accepted" */
void report_summary(FILE *out, const LintResult *result);

#endif
