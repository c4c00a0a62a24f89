/* SPDX-License-Identifier: MIT */
/*
 * PostgreSQL's raw trees, and how they are read here: nothing of this calls a function of the
 * server that can raise an error. To be included before any header of the contract, because both
 * worlds have a `foreach`: ours is the one that stays.
 */
#ifndef LOCKSTEP_PARSE_NODE_H
#define LOCKSTEP_PARSE_NODE_H

#include "pg_query.h"
#include "pg_query_internal.h"

#include "nodes/parsenodes.h"

#undef foreach

#include "lockstep/arena.h"
#include "lockstep/code.h"
#include "lockstep/formula.h"
#include "lockstep/op.h"

/* For each element of a List: `EACH_NODE (Constraint, constraint, list) …`; NIL has none. */
#define EACH_NODE(Type, item, list)                                                                \
    for (int item##_at = 0; item##_at < list_length(list); item##_at++)                            \
        for (Type *item = (Type *)list_nth((list), item##_at); item != NULL; item = NULL)

/* The string of a String node. */
static inline const char *
node_string(const void *node)
{
    return ((const String *)node)->sval;
}

/* The last string of a list of String nodes; NULL for NIL or where something else stands there. */
const char *node_last_string(const List *names);

/* The name of a relation where it stands in the tree; NULL gives no name. */
QualifiedName node_written_name(const RangeVar *relation);

/* A QualifiedName in the arena: of a relation, of a list of String nodes (a catalog in front is
 * dropped), NULL gives no name. */
QualifiedName node_relation_name(Arena *arena, const RangeVar *relation);
QualifiedName node_list_name(Arena *arena, const List *names);

/* Adds a copy of the name, unless it is there; that of a list of String nodes. */
void node_add_once(Arena *arena, NameList *list, QualifiedName name);
void node_add_name(Arena *arena, NameList *list, const List *names);

/* The list without its last element as a name: the table in the name of a column, trigger or
 * constraint. */
QualifiedName node_owner_name(Arena *arena, const List *names);

/* The strings of a list of String nodes. */
StringList node_strings(Arena *arena, const List *names);

/* The option of this name in a list of DefElem, or NULL. */
const DefElem *node_find_option(const List *options, const char *name);

/* Whether a boolean option is on: written without value, or true, on, 1 (define.c, defGetBoolean).
 */
bool node_option_is_on(const DefElem *option);

/* What stands behind the option's = as text; NULL where nothing does. */
const char *node_option_text(Arena *arena, const DefElem *option);

/* The constant as text, or NULL where the node is not a constant or is NULL. */
const char *node_constant_text(Arena *arena, const Node *node);

Persistence node_persistence(const RangeVar *relation);

#endif
