/* SPDX-License-Identifier: MIT */
/* UTF-8: whether it is valid, and how wide it is on a terminal. */
#ifndef LOCKSTEP_BASE_UTF8_H
#define LOCKSTEP_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Length of the longest valid beginning: `length` where all of it is valid UTF-8. */
size_t utf8_valid_length(const char *text, size_t length);

/* The first character of a text that is not empty, and its bytes (at least 1). A byte that begins
 * no valid character counts as U+FFFD. */
int32_t utf8_character(const char *text, size_t length, size_t *bytes);

/* Columns that a character takes on a terminal: 0 (combining), 1 or 2. */
int utf8_character_width(int32_t character);

/* The same for a text; control characters count 1, as they are shown by utf8_visible(). */
size_t utf8_width(const char *text, size_t length);

/* Bytes that the text begins with and that are shown as they are, a column each: printable ASCII.
 */
size_t utf8_plain_length(const char *text, size_t length);

/* The character to show in place of a control character, which could command the terminal: U+2400
 * and following. Any other character is itself. */
int32_t utf8_visible(int32_t character);

/* Writes a character (not more than 4 bytes) and returns how many. */
size_t utf8_encode(int32_t character, char out[4]);

/* out_visible() to a stream that others write to as well. */
void utf8_write_visible(FILE *stream, const char *text, size_t length);

#endif
