/* SPDX-License-Identifier: MIT */
/* SQL in lines that are not wider than a terminal, and mean the same. */
#ifndef LOCKSTEP_REPORT_SQL_LINES_H
#define LOCKSTEP_REPORT_SQL_LINES_H

#include "base/out.h"

/*
 * Writes the lines of a text, each between `before` and `behind`. One that is wider than `width`
 * columns is broken at a blank between two words, and goes on with four more blanks in front; where
 * no blank is far enough in front it stays wider. A text with more than plain quotes in it
 * (comments beside words, dollars, backslashes, strings over several lines) keeps its lines.
 */
void sql_lines_write(Out *out, const char *sql, size_t width, const char *before,
                     const char *behind);

#endif
