/* SPDX-License-Identifier: MIT */
/* `${NAME}` in a migration: replaced before anything else reads the text, for the names that are
 * asked for and no others. */
#ifndef LOCKSTEP_SOURCE_SUBSTITUTE_H
#define LOCKSTEP_SOURCE_SUBSTITUTE_H

#include "lockstep/arena.h"
#include "lockstep/list.h"

/* The value has no line end, so that lines keep their numbers. */
typedef struct Variable {
    const char *name;
    const char *value;
} Variable;

typedef LIST(Variable) VariableList;

/* A value in the new text, and what stood in its place. */
typedef struct Substitution {
    size_t at;
    size_t length;
    size_t original_at;
    size_t original_length;
} Substitution;

typedef LIST(Substitution) SubstitutionList;

/* The text with the values in it, NUL-terminated, in `arena`; `text` itself where it has none of
 * the names. `*length` becomes that of the new text. */
const char *substitute_text(Arena *arena, const VariableList *variables, const char *text,
                            size_t *length, SubstitutionList *out);

/* The offset in the original of one in the new text; within a value, that of its `${`. */
size_t substitute_origin(const SubstitutionList *list, size_t offset);

#endif
