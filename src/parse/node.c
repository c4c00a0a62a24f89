/* SPDX-License-Identifier: MIT */
#include "node.h"

#include <string.h>

const char *
node_last_string(const List *names)
{
    if (names == NIL)
        return NULL;
    const Node *last = llast(names);
    return IsA(last, String) ? node_string(last) : NULL;
}

QualifiedName
node_written_name(const RangeVar *relation)
{
    if (relation == NULL)
        return (QualifiedName){NULL, NULL};
    return (QualifiedName){relation->schemaname, relation->relname};
}

QualifiedName
node_relation_name(Arena *arena, const RangeVar *relation)
{
    return name_copy(arena, node_written_name(relation));
}

/* The name that the first `count` strings make, where they are. */
static QualifiedName
name_of_first(const List *names, int count)
{
    QualifiedName name = {NULL, NULL};

    if (count >= 1 && IsA(list_nth(names, count - 1), String))
        name.name = node_string(list_nth(names, count - 1));
    if (count >= 2 && IsA(list_nth(names, count - 2), String))
        name.schema = node_string(list_nth(names, count - 2));
    return name;
}

QualifiedName
node_list_name(Arena *arena, const List *names)
{
    QualifiedName name = name_of_first(names, list_length(names));

    /* The grammar puts it in front of the names of its own types and functions. */
    if (name.schema == NULL || !text_equals(name.schema, "pg_catalog"))
        return name_copy(arena, name);
    return (QualifiedName){"pg_catalog", arena_strdup(arena, name.name)};
}

void
node_add_once(Arena *arena, NameList *list, QualifiedName name)
{
    foreach (known, list) {
        if (name_equals(*known, name))
            return;
    }
    LIST_APPEND(arena, list, name_copy(arena, name));
}

void
node_add_name(Arena *arena, NameList *list, const List *names)
{
    const QualifiedName name = name_of_first(names, list_length(names));

    node_add_once(arena, list, name);
}

QualifiedName
node_owner_name(Arena *arena, const List *names)
{
    return name_copy(arena, name_of_first(names, list_length(names) - 1));
}

StringList
node_strings(Arena *arena, const List *names)
{
    StringList strings = {0};

    if (names == NIL)
        return strings;
    strings.capacity = (size_t)list_length(names);
    strings.items = ARENA_ARRAY(arena, const char *, strings.capacity);
    EACH_NODE (Node, name, names) {
        if (IsA(name, String))
            LIST_APPEND(arena, &strings, arena_strdup(arena, node_string(name)));
    }
    return strings;
}

const DefElem *
node_find_option(const List *options, const char *name)
{
    EACH_NODE (DefElem, option, options) {
        if (IsA(option, DefElem) && text_equals(option->defname, name))
            return option;
    }
    return NULL;
}

bool
node_option_is_on(const DefElem *option)
{
    if (option == NULL)
        return false;
    if (option->arg == NULL)
        return true;
    switch (nodeTag(option->arg)) {
    case T_Integer:
        return ((const Integer *)option->arg)->ival != 0;
    case T_Boolean:
        return ((const Boolean *)option->arg)->boolval;
    case T_String:
        return strcasecmp(node_string(option->arg), "true") == 0 ||
               strcasecmp(node_string(option->arg), "on") == 0;
    default:
        return false;
    }
}

const char *
node_option_text(Arena *arena, const DefElem *option)
{
    if (option->arg == NULL)
        return NULL;
    if (IsA(option->arg, TypeName))
        return arena_strdup(arena, node_last_string(((const TypeName *)option->arg)->names));
    return node_constant_text(arena, option->arg);
}

const char *
node_constant_text(Arena *arena, const Node *node)
{
    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    if (node != NULL && IsA(node, A_Const)) {
        const A_Const *constant = (const A_Const *)node;
        node = constant->isnull ? NULL : &constant->val.node;
    }
    if (node == NULL)
        return NULL;
    switch (nodeTag(node)) {
    case T_Integer:
        return arena_printf(arena, "%d", ((const Integer *)node)->ival);
    case T_Float:
        return arena_strdup(arena, ((const Float *)node)->fval);
    case T_Boolean:
        return ((const Boolean *)node)->boolval ? "true" : "false";
    case T_String:
        return arena_strdup(arena, node_string(node));
    case T_BitString:
        return arena_strdup(arena, ((const BitString *)node)->bsval);
    default:
        return NULL;
    }
}

Persistence
node_persistence(const RangeVar *relation)
{
    switch (relation->relpersistence) {
    case 't':
        return PERSISTENCE_TEMPORARY;
    case 'u':
        return PERSISTENCE_UNLOGGED;
    default:
        return PERSISTENCE_PERMANENT;
    }
}
