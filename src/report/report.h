/* SPDX-License-Identifier: MIT */
/* Findings on their way out: one function per format, one table of formats. */
#ifndef LOCKSTEP_REPORT_REPORT_H
#define LOCKSTEP_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "base/term.h"
#include "lint/lint.h"

typedef struct ReportStyle {
    bool colour;
    int width; /* columns of the terminal; 80 where there is none */
} ReportStyle;

typedef struct ReportFormat {
    const char *name; /* "text", "json" */
    void (*write)(FILE *out, Arena *scratch, const LintResult *result, ReportStyle style);
} ReportFormat;

/* NULL for an unknown name; report_formats() ends with a row whose name is NULL. */
const ReportFormat *report_find(const char *name);
const ReportFormat *report_formats(void);

/* How a severity looks, wherever it is shown. */
TermStyle report_severity_style(Severity severity);

#endif
