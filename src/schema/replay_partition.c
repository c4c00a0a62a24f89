/* SPDX-License-Identifier: MIT */
#include "schema/replay_parts.h"

void
replay_attach_partition(Schema *schema, const Op *op)
{
    const SimRelation *parent =
        schema_assume_relation(schema, op->target, RELATION_PARTITIONED_TABLE);
    const SimRelation *child =
        schema_assume_relation(schema, op->partition.partition, RELATION_TABLE);
    if (parent == NULL || child == NULL || schema_is_below(schema, parent->id, child->id))
        return;

    SimRelation *partition = schema_edit(schema, child->id);
    partition->is_partition = true;
    partition->is_default_partition = op->partition.bound.is_default;
    replay_gain_parent(schema, partition, parent);
    partition->bound = op->partition.bound.text;
    partition->limits = arena_copy(schema->arena, &op->partition.bound, sizeof op->partition.bound);
    replay_partition_indexes(schema, partition, parent);
    schema_store(schema, partition);
}

static void
detach_indexes(Schema *schema, RelationId table)
{
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, table);
    foreach (id, &indexes) {
        SimRelation *index = schema_edit(schema, *id);
        index->parent = 0;
        schema_store(schema, index);
    }
}

void
replay_detach_partition(Schema *schema, const Op *op)
{
    const SimRelation *child =
        schema_assume_relation(schema, op->partition.partition, RELATION_TABLE);
    if (child == NULL)
        return;
    SimRelation *partition = schema_edit(schema, child->id);
    const SimRelation *parent = schema_relation_by_id(schema, child->parent);
    if (parent != NULL)
        replay_lose_parent(schema, partition, parent);
    partition->parent = 0;
    partition->is_partition = false;
    partition->is_default_partition = false;
    partition->bound = NULL;
    partition->limits = NULL;
    schema_store(schema, partition);
    detach_indexes(schema, child->id);
}

void
replay_inherit(Schema *schema, const Op *op)
{
    const SimRelation *child = replay_target(schema, op);
    const SimRelation *parent =
        schema_assume_relation(schema, op->partition.partition, RELATION_TABLE);
    if (relation_has_parent(child, parent->id) || schema_is_below(schema, parent->id, child->id))
        return;
    SimRelation *table = schema_edit(schema, child->id);
    replay_gain_parent(schema, table, parent);
    schema_store(schema, table);
}

void
replay_no_inherit(Schema *schema, const Op *op)
{
    SimRelation *table = schema_edit(schema, replay_target(schema, op)->id);
    const SimRelation *parent = schema_find_relation(schema, op->partition.partition);
    if (parent != NULL && relation_has_parent(table, parent->id))
        replay_lose_parent(schema, table, parent);
    schema_store(schema, table);
}
