/* SPDX-License-Identifier: MIT */
/* Byte offsets of a text as lines and columns, as people and editors count them. */
#ifndef LOCKSTEP_SOURCE_LINE_INDEX_H
#define LOCKSTEP_SOURCE_LINE_INDEX_H

#include "lockstep/arena.h"
#include "lockstep/text.h"

#include "source/substitute.h"

typedef struct LineIndex LineIndex;

typedef struct Position {
    size_t line;   /* from 1 */
    size_t column; /* from 1, in characters (code points) */
} Position;

/* Lines end with LF or CRLF. The index lives in `arena` and borrows the text. */
LineIndex *line_index_new(Arena *arena, const char *text, size_t length);
/* So many lines of the file stand before the text: its first line is not line 1. */
void line_index_begin_after(LineIndex *index, size_t lines);

/* Columns are those of the original, which has the same lines. Borrows both. */
void line_index_set_original(LineIndex *index, const char *original,
                             const SubstitutionList *substitutions);

Position line_index_position(const LineIndex *index, size_t offset);
/* The line alone, which costs less. */
size_t line_index_number(const LineIndex *index, size_t offset);

/* The bytes of a line without its end; an empty span for a line that does not exist. */
Span line_index_line(const LineIndex *index, size_t line);
size_t line_index_count(const LineIndex *index);

#endif
