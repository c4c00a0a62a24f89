/* SPDX-License-Identifier: MIT */
/* Text that comes from elsewhere, on a terminal. */
#ifndef LOCKSTEP_CLI_VISIBLE_H
#define LOCKSTEP_CLI_VISIBLE_H

#include <stddef.h>
#include <stdio.h>

/* Names, queries and messages come from other sessions: they must not be able to command the
 * terminal. What follows a line feed is indented. */
void visible_write(FILE *out, const char *text);

/* The same as a line, which stands at `column`: no wider than `width` (0: as wide as it is), with
 * what does not fit below it, a little to the right. */
void visible_line(FILE *out, const char *text, int column, int width);

/* Bytes of the beginning of `text` that fit into `width` columns. */
size_t visible_fitting(const char *text, int width);

#endif
