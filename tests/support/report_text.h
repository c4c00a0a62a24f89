/* SPDX-License-Identifier: MIT */
/* Reports in a string, for tests. */
#ifndef LOCKSTEP_TESTS_REPORT_TEXT_H
#define LOCKSTEP_TESTS_REPORT_TEXT_H

#include "report/report.h"

/* The report in this format, in the arena. The test fails where it cannot be written. */
const char *report_written(Arena *arena, const char *format, const Report *report);

/* The same of a result alone, for a run that fails at errors. */
const char *report_of(Arena *arena, const char *format, const LintResult *result);

#endif
