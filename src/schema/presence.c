/* SPDX-License-Identifier: MIT */
/* Schemas and extensions, of which the catalog keeps no more than that they are there. */
#include "schema/replay_parts.h"

bool
schema_has_schema(const Schema *schema, const char *name)
{
    return schema_name_get(schema, NAMES_SCHEMA, (QualifiedName){NULL, name}) != NULL;
}

bool
schema_may_have_schema(const Schema *schema, const char *name)
{
    const NameSlotList *members = schema_members(schema, name);
    return schema_has_schema(schema, name) || (members != NULL && members->count > 0);
}

/* What was only taken to exist may have been something else. */
static bool
was_made(const Schema *schema, const RelationSlot *slot)
{
    const SimRelation *relation = slot->current;
    if (relation == NULL && slot->changes > 0)
        relation = schema->changes.items[slot->changes - 1].before;
    return relation != NULL && !relation->assumed;
}

bool
schema_was_dropped(const Schema *schema, QualifiedName name)
{
    const NameSlot *slot =
        schema_name_slot(schema, NAMES_RELATION, schema_resolve_missing(schema, name));
    size_t newest = slot != NULL ? slot->changes : 0;
    while (newest > 0 && schema->changes.items[newest - 1].before == NULL)
        newest = schema->changes.items[newest - 1].earlier;
    return newest > 0 && was_made(schema, schema->changes.items[newest - 1].before);
}

bool
schema_has_extension(const Schema *schema, const char *name)
{
    return schema_name_get(schema, NAMES_EXTENSION, (QualifiedName){NULL, name}) != NULL;
}

void
replay_create_schema(Schema *schema, const Op *op)
{
    if (op->target.name != NULL)
        schema_name_set(schema, NAMES_SCHEMA, op->target, op);
}

void
replay_create_extension(Schema *schema, const Op *op)
{
    if (op->target.name != NULL)
        schema_name_set(schema, NAMES_EXTENSION, op->target, op);
}
