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
