/* SPDX-License-Identifier: MIT */
/* Text on its way to a stream. What a report is made of is mostly a few bytes long: it is gathered,
 * so that the stream is only called for many of them. */
#ifndef LOCKSTEP_BASE_OUT_H
#define LOCKSTEP_BASE_OUT_H

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define OUT_SIZE ((size_t)32 * 1024)

/* Begins with out_open(), and ends with out_flush(), before anybody else writes to the stream. A
 * write that fails shows in ferror(). */
typedef struct Out {
    FILE *stream; /* borrowed */
    size_t count; /* of the bytes that wait */
    char bytes[OUT_SIZE];
} Out;

void out_open(Out *out, FILE *stream);
void out_flush(Out *out);

/* out_bytes() where there is not room for all of them. */
void out_many_bytes(Out *out, const char *bytes, size_t length);
void out_repeat(Out *out, char sign, size_t count);
void out_number(Out *out, size_t number);

/* Text that may hold anything, also what a terminal would take for a command: control characters
 * but a tab as utf8_visible() shows them. */
void out_visible(Out *out, const char *text, size_t length);

static inline void
out_bytes(Out *out, const char *bytes, size_t length)
{
    if (length > OUT_SIZE || out->count > OUT_SIZE - length) {
        out_many_bytes(out, bytes, length);
        return;
    }
    memcpy(out->bytes + out->count, bytes, length);
    out->count += length;
}

static inline void
out_string(Out *out, const char *string)
{
    out_bytes(out, string, strlen(string));
}

static inline void
out_char(Out *out, char sign)
{
    if (out->count == OUT_SIZE)
        out_flush(out);
    out->bytes[out->count++] = sign;
}

#endif
