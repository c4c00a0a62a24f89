/* SPDX-License-Identifier: MIT */
/* Running text in lines of a given width. */
#ifndef LOCKSTEP_BASE_WRAP_H
#define LOCKSTEP_BASE_WRAP_H

#include <stdio.h>

#include "base/out.h"

/*
 * Writes `text` with lines broken at blanks so that none is wider than `width` columns (a single
 * word may be). The first line is taken to stand at `column` already, the others begin with
 * `indent` blanks. Line ends in the text stay; a line of it that begins with four blanks is written
 * as it is. Ends with a line end.
 */
void wrap_out(Out *out, const char *text, int column, int indent, int width);

/* The same to a stream that others write to as well. */
void wrap_text(FILE *stream, const char *text, int column, int indent, int width);

#endif
