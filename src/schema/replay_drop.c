/* SPDX-License-Identifier: MIT */
/* DROP of everything. What the server would refuse without CASCADE is dropped all the same: the
 * history is taken to have worked. */
#include <string.h>

#include "schema/replay_parts.h"

static void
remove_all(Schema *schema, const RelationIdList *ids)
{
    foreach (id, ids) {
        if (schema_relation_by_id(schema, *id) != NULL)
            replay_remove(schema, *id);
    }
}

static void
remove_references_to(Schema *schema, RelationId gone)
{
    RelationIdList tables = schema_referencing(schema->arena, schema, gone);
    foreach (id, &tables) {
        SimRelation *table = schema_edit(schema, *id);
        for (size_t i = table->constraints.count; i > 0; i--) {
            const SimConstraint *constraint = &table->constraints.items[i - 1];
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced == gone)
                replay_remove_constraint(schema, table, constraint->name);
        }
        schema_store(schema, table);
    }
}

static void
forget_constraint_of(Schema *schema, const SimRelation *index)
{
    const SimRelation *table = schema_relation_by_id(schema, index->index.table);
    if (!index->index.is_constraint || table == NULL)
        return;
    SimRelation *changed = schema_edit(schema, table->id);
    replay_remove_constraint(schema, changed, index->name.name);
    schema_store(schema, changed);
}

void
replay_remove(Schema *schema, RelationId id)
{
    const SimRelation *gone = schema_relation_by_id(schema, id);
    Arena *arena = schema->arena;
    schema_remove_relation(schema, gone);

    RelationIdList lists[] = {
        schema_children_of(arena, schema, id),
        schema_indexes_of(arena, schema, id),
        schema_sequences_of(arena, schema, id),
        schema_readers_of(arena, schema, id),
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        remove_all(schema, &lists[i]);
    remove_references_to(schema, id);
    forget_constraint_of(schema, gone);
}

void
replay_drop_relation(Schema *schema, const Op *op)
{
    const SimRelation *relation = schema_find_relation(schema, op->target);
    if (relation != NULL)
        replay_remove(schema, relation->id);
}

/* ---- types, functions, schemas */

static void
drop_name(Schema *schema, NameSpace space, QualifiedName name)
{
    if (schema_name_find(schema, space, name) == NULL)
        return;
    if (name.schema == NULL)
        name = schema_creation_name(schema, name, PERSISTENCE_PERMANENT);
    schema_name_set(schema, space, name, NULL);
}

void
replay_drop_type(Schema *schema, const Op *op)
{
    drop_name(schema, NAMES_DOMAIN, op->target);
    drop_name(schema, NAMES_ENUM, op->target);
}

void
replay_drop_function(Schema *schema, const Op *op)
{
    drop_name(schema, NAMES_FUNCTION, op->target);
}

void
replay_drop_schema(Schema *schema, const Op *op)
{
    for (NameSlot *slot = schema->names; slot != NULL; slot = slot->hh.next) {
        if (slot->value == NULL || strcmp(slot->key.schema, op->target.name) != 0)
            continue;
        if (slot->key.space == NAMES_RELATION)
            replay_remove(schema, ((const RelationSlot *)slot->value)->id);
        else
            schema_set_cell(schema, &slot->value, NULL);
    }
}
