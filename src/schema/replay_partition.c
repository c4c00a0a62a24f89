/* SPDX-License-Identifier: MIT */
#include "schema/replay_parts.h"

static void
copy_missing_references(Schema *schema, SimRelation *partition, const SimRelation *parent)
{
    foreach (constraint, &parent->constraints) {
        if (constraint->kind != CONSTRAINT_FOREIGN_KEY ||
            relation_find_constraint(partition, constraint->name) != NULL)
            continue;
        LIST_APPEND(schema->arena, &partition->constraints, *constraint);
        schema_link_reference(schema, partition->id, constraint->referenced);
    }
}

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
    partition->parent = parent->id;
    partition->is_partition = true;
    partition->is_default_partition = op->partition.bound.is_default;
    copy_missing_references(schema, partition, parent);
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
    partition->parent = 0;
    partition->is_partition = false;
    partition->is_default_partition = false;
    schema_store(schema, partition);
    detach_indexes(schema, child->id);
}

void
replay_inherit(Schema *schema, const Op *op)
{
    const SimRelation *child = replay_target(schema, op);
    const SimRelation *parent =
        schema_assume_relation(schema, op->partition.partition, RELATION_TABLE);
    if (child->parent != 0 || schema_is_below(schema, parent->id, child->id))
        return;
    SimRelation *table = schema_edit(schema, child->id);
    table->parent = parent->id;
    schema_store(schema, table);
}

void
replay_no_inherit(Schema *schema, const Op *op)
{
    SimRelation *table = schema_edit(schema, replay_target(schema, op)->id);
    const SimRelation *parent = schema_find_relation(schema, op->partition.partition);
    if (parent != NULL && table->parent == parent->id)
        table->parent = 0;
    schema_store(schema, table);
}
