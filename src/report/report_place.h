/* SPDX-License-Identifier: MIT */
/* Where a finding is, as other tools count and name it. */
#ifndef LOCKSTEP_REPORT_REPORT_PLACE_H
#define LOCKSTEP_REPORT_REPORT_PLACE_H

#include "report/report.h"

/* The path from the report's root on, without "." and ".."; whole where it lies elsewhere, and as
 * it is where it is no path ("<stdin>"). */
const char *report_path(Arena *arena, const Report *report, const char *path);

/* The path as a URI: percent-encoded, with "file://" where it is absolute. */
const char *report_uri(Arena *arena, const char *path);

/* The column from 1 in UTF-16 code units. */
size_t report_utf16_column(const LintSource *source, size_t offset);

#endif
