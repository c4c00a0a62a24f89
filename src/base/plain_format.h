/* SPDX-License-Identifier: MIT */
/* Most formats hold nothing but strings and whole numbers; vsnprintf() is slow over these too. */
#ifndef LOCKSTEP_BASE_PLAIN_FORMAT_H
#define LOCKSTEP_BASE_PLAIN_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A number has no more of them. */
#define MOST_DIGITS 20

/* Writes the digits so that they end where `end` is; gives the first. */
char *digits_before(char *end, size_t number);

/*
 * Writes what vsnprintf() would, without the NUL, for a format with no directives but %s, %.*s, %d,
 * %ld (PRId64 is that here), %zu and %%. False where there is another one, a string is NULL or the
 * text is longer than `size`; `out` holds nothing of use then. The arguments are used up either
 * way.
 */
bool plain_format(char *out, size_t size, size_t *length, const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));

#endif
