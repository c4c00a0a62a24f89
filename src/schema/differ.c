/* SPDX-License-Identifier: MIT */
#include "schema/differ.h"

#include "schema/schema_state.h"

const SimRelation *
schema_relation_at(const Schema *schema, SchemaMark mark, RelationId id)
{
    RelationSlot *slot = schema_slot(schema, id);
    for (size_t i = mark; slot != NULL && i < schema->changes.count; i++) {
        if (schema->changes.items[i].cell == &slot->current)
            return schema->changes.items[i].before;
    }
    return slot != NULL ? slot->current : NULL;
}
