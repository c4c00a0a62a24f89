/* SPDX-License-Identifier: MIT */
/*
 * Finding one's way in the user's SQL, token by token. A rewrite keeps the user's own words where
 * it can: it takes them from the source instead of writing them again. All places are bytes of the
 * source; what is looked at was accepted by the parser.
 */
#ifndef LOCKSTEP_SLICE_H
#define LOCKSTEP_SLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/arena.h"
#include "lockstep/text.h"

/* A copy of the bytes of the span, in `arena`. */
const char *slice_text(Arena *arena, const char *source, Span span);

/* `within` without the blanks and comments that it begins with. */
Span slice_trim(const char *source, Span within);

/*
 * The first token of `within`, blanks and comments skipped: a word, a quoted name, a string, a
 * number, a whole group in parentheses or brackets, or one sign. Empty, at within.end, where there
 * is none.
 */
Span slice_next(const char *source, Span within);

/* What is left of `within` behind a token of it. */
Span slice_after(Span within, Span token);

/* Whether the token is this word (given in small letters), not quoted. */
bool slice_is(const char *source, Span token, const char *word);

/* Whether the bytes of this word (given in small letters) are anywhere in `within`, strings and
 * comments included: a quick look before a slow one. */
bool slice_may_have(const char *source, Span within, const char *word);

/* The first token of `within` that is this word and stands in no parentheses; empty, at within.end,
 * where there is none. */
Span slice_find(const char *source, Span within, const char *word);

/* `within` without the name (with or without schema) that it begins with. */
Span slice_skip_name(const char *source, Span within);

/*
 * The type name that `within` begins with, as it is written, up to the first word that cannot be
 * part of it: COLLATE, USING or what begins a column's constraint.
 */
Span slice_type(const char *source, Span within);

#endif
