/* SPDX-License-Identifier: MIT */
/* The rows of a table that a file has changed or deleted by a condition: where a narrower type
 * follows, those that would not fit. */
#ifndef LOCKSTEP_LINT_SIFTED_H
#define LOCKSTEP_LINT_SIFTED_H

#include "lint/reading.h"

typedef struct Sifted {
    RelationId table;
    const char *text; /* that `span` is a place of */
    Span span;
} Sifted;

typedef LIST(Sifted) SiftedList;

/* Whether it does that. */
bool sifted_is(const Op *op);

void sifted_note(Arena *arena, SiftedList *sifted, const ReadOp *seen);

/* Those on its table in the same text, in `arena`; none for what does not change a type. */
SpanList sifted_of(Arena *arena, const SiftedList *sifted, const ReadOp *seen);

#endif
