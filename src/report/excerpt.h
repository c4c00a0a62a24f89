/* SPDX-License-Identifier: MIT */
/* Lines of a source text with carets under a place in it. */
#ifndef LOCKSTEP_REPORT_EXCERPT_H
#define LOCKSTEP_REPORT_EXCERPT_H

#include "lockstep/arena.h"
#include "lockstep/text.h"

#include "base/out.h"
#include "report/report.h"
#include "source/line_index.h"

/*
 * Writes the lines of the span, each with its number and with carets below; no line is wider than
 * style.width. Of a long line the part around the span is shown, of a span of many lines the first
 * ones; "…" stands for the rest. Tabs become blanks, control characters their pictures. `caret`
 * begins the carets' colour.
 */
void excerpt_write(Out *out, Arena *scratch, const char *text, const LineIndex *lines, Span span,
                   ReportStyle style, const char *caret);

#endif
