/* SPDX-License-Identifier: MIT */
/* Places in a source text, names of database objects, and how both are written in SQL. */
#ifndef LOCKSTEP_TEXT_H
#define LOCKSTEP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"

/* Bytes [start, end) of a source text. */
typedef struct Span {
    size_t start;
    size_t end;
} Span;

typedef LIST(Span) SpanList;

/* A name as the parser read it (folded, unquoted). `schema` is NULL when it was not written. */
typedef struct QualifiedName {
    const char *schema;
    const char *name;
} QualifiedName;

/* Most that are compared differ in their first byte: a search through a list calls nothing. */
static inline bool
text_equals(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

/* The same where either may be NULL, which equals only NULL. */
static inline bool
text_equals_or_null(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && text_equals(a, b));
}

static inline bool
text_is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equals(names[i], name))
            return true;
    }
    return false;
}

/* Whether an array of names holds this one. */
#define TEXT_IS_ONE_OF(name, names) text_is_among((name), (names), sizeof(names) / sizeof *(names))

bool name_equals(QualifiedName a, QualifiedName b);

/* With strings of its own in the arena. */
QualifiedName name_copy(Arena *arena, QualifiedName name);

/* White space of SQL: scan.l, {space}. */
static inline bool
text_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Length in bytes of the white space and comments (nested ones too) that `text` begins with. */
size_t text_skip_blank(const char *text, size_t length);

/* The name as SQL: quoted where it has to be (capitals, signs, reserved words). */
const char *sql_ident(Arena *arena, const char *name);
const char *sql_qualified(Arena *arena, QualifiedName name);

/* The names as SQL, each quoted where needed, with ", " between. */
const char *sql_ident_list(Arena *arena, const char *const *names, size_t count);

/* The string as an SQL literal; E'' where it holds a backslash. */
const char *sql_literal(Arena *arena, const char *string);

/* A new name made of the parts that are not NULL with "_" between, as PostgreSQL's makeObjectName()
 * does it: cut to 63 bytes, never within a character. */
const char *sql_new_name(Arena *arena, const char *first, const char *second, const char *label);

#endif
