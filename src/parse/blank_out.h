/* SPDX-License-Identifier: MIT */
/* What stands in migration files and is not SQL: a byte order mark, lines for psql, data of COPY.
 */
#ifndef LOCKSTEP_PARSE_BLANK_OUT_H
#define LOCKSTEP_PARSE_BLANK_OUT_H

#include "lockstep/list.h"
#include "lockstep/text.h"

/* The data of one COPY … FROM stdin. */
typedef struct CopyBlock {
    size_t semicolon; /* that ends the COPY statement */
    Span data;        /* the lines, without the one that ends them */
    size_t after;     /* behind that line */
} CopyBlock;

typedef LIST(CopyBlock) CopyBlockList;

typedef struct BlankedOut {
    CopyBlockList blocks;
    SpanList psql_lines; /* each from its backslash to its last character */
} BlankedOut;

/* Whether there may be something to overwrite. */
bool blank_out_concerns(const char *text, size_t length);

/*
 * Overwrites all that is not SQL in `text`, which ends with a NUL at text[length], with blanks;
 * line ends stay, so every offset and line keeps its meaning. The lists live in `arena`.
 */
BlankedOut blank_out(Arena *arena, char *text, size_t length);

#endif
