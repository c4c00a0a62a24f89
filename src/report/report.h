/* SPDX-License-Identifier: MIT */
/* Findings on their way out: one function per format, one table of formats. */
#ifndef LOCKSTEP_REPORT_REPORT_H
#define LOCKSTEP_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "base/term.h"
#include "lint/explain.h"
#include "lint/lint.h"

typedef struct ReportStyle {
    bool colour;
    int width; /* columns of the terminal; 80 where there is none */
} ReportStyle;

/* All that a format may tell. Everything is borrowed. */
typedef struct Report {
    const LintResult *result;
    const ExplainResult *explained; /* the same files, for formats that want effects; or NULL */
    const char *directory; /* absolute: where paths that are not begin; NULL where not known */
    const char *root;      /* absolute, `directory` or above it: where the paths begin that other
                              tools are given */
    Severity fails_at;     /* the least severity that fails the run; SEVERITY_OFF: none does */
    ReportStyle style;
} Report;

typedef struct ReportFormat {
    const char *name; /* "text", "json" */
    bool wants_effects;
    void (*write)(FILE *out, Arena *scratch, const Report *report);
} ReportFormat;

/* NULL for an unknown name; report_formats() ends with a row whose name is NULL. */
const ReportFormat *report_find(const char *name);
const ReportFormat *report_formats(void);

/* How a severity looks, wherever it is shown. */
TermStyle report_severity_style(Severity severity);

#endif
