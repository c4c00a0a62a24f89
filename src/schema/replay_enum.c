/* SPDX-License-Identifier: MIT */
/* Enums and their values. */
#include <string.h>

#include "schema/replay_parts.h"

void
replay_create_enum(Schema *schema, const Op *op)
{
    QualifiedName name = schema_new_name(schema, op->target, PERSISTENCE_PERMANENT);
    if (schema_name_get(schema, NAMES_ENUM, name) != NULL)
        return;
    SimEnum *type = ARENA_NEW(schema->arena, SimEnum);
    type->name = name;
    type->created_in = schema->transaction;
    type->values = op->enumeration.values;
    type->values.capacity = type->values.count;
    type->values_known = true;
    schema_name_set(schema, NAMES_ENUM, name, type);
}

/* The lists of the copy are borrowed, and appending moves them. */
static SimEnum *
edit_enum(Schema *schema, QualifiedName written)
{
    const SimEnum *old = schema_find_enum(schema, written);
    if (old == NULL) {
        SimEnum *type = ARENA_NEW(schema->arena, SimEnum);
        type->name = schema_new_name(schema, written, PERSISTENCE_PERMANENT);
        return type;
    }
    SimEnum *type = arena_copy(schema->arena, old, sizeof *old);
    type->values.capacity = type->values.count;
    type->added.capacity = type->added.count;
    return type;
}

void
replay_add_enum_value(Schema *schema, const Op *op)
{
    SimEnum *type = edit_enum(schema, op->target);
    if (type->added_in != schema->transaction)
        type->added = (StringList){0};
    type->added_in = schema->transaction;
    foreach (value, &op->enumeration.values) {
        if (string_list_has(&type->values, *value))
            continue;
        LIST_APPEND(schema->arena, &type->values, *value);
        /* What IF NOT EXISTS does not find may be there where not all values are known. */
        if (type->values_known || !op->if_exists)
            LIST_APPEND(schema->arena, &type->added, *value);
    }
    schema_name_set(schema, NAMES_ENUM, type->name, type);
}

static StringList
renamed(Arena *arena, const StringList *values, const char *from, const char *to)
{
    StringList out = {0};
    foreach (value, values)
        LIST_APPEND(arena, &out, strcmp(*value, from) == 0 ? to : *value);
    return out;
}

void
replay_rename_enum_value(Schema *schema, const Op *op)
{
    if (schema_find_enum(schema, op->target) == NULL)
        return;
    SimEnum *type = edit_enum(schema, op->target);
    foreach (value, &op->enumeration.values) {
        type->values = renamed(schema->arena, &type->values, op->enumeration.other, *value);
        type->added = renamed(schema->arena, &type->added, op->enumeration.other, *value);
    }
    schema_name_set(schema, NAMES_ENUM, type->name, type);
}
