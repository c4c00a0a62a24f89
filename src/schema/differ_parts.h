/* SPDX-License-Identifier: MIT */
/* Private to differ*.c: the comparison that is being made. */
#ifndef LOCKSTEP_SCHEMA_DIFFER_PARTS_H
#define LOCKSTEP_SCHEMA_DIFFER_PARTS_H

#include "schema/differ.h"
#include "schema/schema_state.h"

typedef LIST(const SimRelation *) RelationList;

/* A cell that was set since the mark. */
typedef struct Changed {
    const void **cell;
    const void *before; /* what it held at the mark */
    size_t order;
} Changed;

typedef struct Differ {
    Arena *arena;
    const Schema *schema;
    LIST(Changed) changed;
    NameList inferred; /* relations that were taken to exist since the mark: whether they did is not
                          known */
    StringList found;
} Differ;

void differ_say(Differ *differ, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Two relations of one name. */
void differ_relation(Differ *differ, const SimRelation *old, const SimRelation *now);

/* Whether two texts are the same but for white space, capitals outside of quotes, parentheses and
 * casts at their end: the same expression, as far as a text can tell. */
bool differ_same_words(const char *a, const char *b);
bool differ_same_expression(const SqlExpr *a, const SqlExpr *b);

#endif
