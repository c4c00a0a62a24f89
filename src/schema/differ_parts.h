/* SPDX-License-Identifier: MIT */
/* Private to differ*.c: the comparison that is being made. */
#ifndef LOCKSTEP_SCHEMA_DIFFER_PARTS_H
#define LOCKSTEP_SCHEMA_DIFFER_PARTS_H

#include "schema/differ.h"
#include "schema/schema_state.h"

typedef LIST(const SimRelation *) RelationList;

/* A relation or a name that was set since the mark. */
typedef struct Changed {
    const RelationSlot *relation;
    const NameSlot *name;
    const void *before; /* what it was at the mark */
} Changed;

typedef LIST(Changed) ChangedList;

/* What is said of something that only one of the two has, and of what is different. */
typedef struct DifferWords {
    const char *lost; /* "is lost" */
    const char *left;
    const char *than; /* "than before" */
} DifferWords;

typedef struct Differ {
    Arena *arena;
    const Schema *schema;
    const DifferWords *words;
    const LiveTerms *live; /* one side was written by the server, in its words; NULL: none was */
    ChangedList relations; /* each once, in the order of their creation; not those that are as they
                              were */
    ChangedList names;     /* each once */
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
bool differ_same_expression(const Differ *differ, const SqlExpr *a, const SqlExpr *b);

/* Whether a relation is compared by itself: not what belongs to a constraint or a column, nor what
 * was only inferred. NULL is not. */
bool differ_stands_alone(const SimRelation *relation);

/* Two functions of one name. */
bool differ_same_body(const SimFunction *a, const SimFunction *b);

/* Of a name that is temporary the session was the whole life. */
bool differ_is_temporary(const NameSlot *slot);

/* What names of this kind are called in messages; NULL: they are not compared. */
const char *differ_name_kind(NameSpace space);

#endif
