/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/object_name.h"
#include "schema/replay_parts.h"

static bool
same_expression(const SqlExpr *a, const SqlExpr *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a->text, b->text) == 0);
}

static bool
same_key(const IndexKey *a, const IndexKey *b)
{
    if ((a->column == NULL) != (b->column == NULL))
        return false;
    return a->column != NULL ? strcmp(a->column, b->column) == 0
                             : same_expression(a->expression, b->expression);
}

/* Whether a partition's index can stand under the parent's (indexcmds.c, CompareIndexInfo). */
static bool
index_matches(const SimRelation *index, const SimRelation *model)
{
    if (index->index.unique != model->index.unique ||
        index->index.keys.count != model->index.keys.count ||
        !same_expression(index->index.predicate, model->index.predicate))
        return false;
    for (size_t i = 0; i < model->index.keys.count; i++) {
        if (!same_key(&index->index.keys.items[i], &model->index.keys.items[i]))
            return false;
    }
    return true;
}

static SimRelation *
find_matching_index(Schema *schema, RelationId table, const SimRelation *model)
{
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, table);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(schema, *id);
        if (index->parent == 0 && index_matches(index, model))
            return schema_edit(schema, *id);
    }
    return NULL;
}

RelationId
replay_put_index(Schema *schema, const SimRelation *table, const SimRelation *model,
                 const char *name)
{
    if (name == NULL)
        name = object_index_name(schema, table, &model->index.keys, &model->index.including);
    RelationKind kind =
        table->kind == RELATION_PARTITIONED_TABLE ? RELATION_PARTITIONED_INDEX : RELATION_INDEX;
    SimRelation *index =
        schema_new_relation(schema, (QualifiedName){table->name.schema, name}, kind);
    index->index = model->index;
    index->index.table = table->id;
    index->persistence = table->persistence;
    index->parent = model->kind == RELATION_PARTITIONED_INDEX ? model->id : 0;
    schema_store(schema, index);
    return index->id;
}

static SimConstraint *
constraint_of_index(const SimRelation *table, RelationId index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index)
            return constraint;
    }
    return NULL;
}

/* A constraint of the parent comes with its index: the partition gets its own of both. */
static void
put_partition_constraint(Schema *schema, SimRelation *partition, const SimRelation *parent,
                         const SimRelation *model)
{
    const SimConstraint *constraint = constraint_of_index(parent, model->id);
    ConstraintDefinition wanted = {.kind = constraint->kind, .columns = constraint->columns};
    SimConstraint copy = *constraint;
    copy.name = object_constraint_name(schema, partition, &wanted);
    copy.index = replay_put_index(schema, partition, model, copy.name);
    LIST_APPEND(schema->arena, &partition->constraints, copy);
}

static void
put_partition_index(Schema *schema, SimRelation *partition, const SimRelation *parent,
                    const SimRelation *model)
{
    SimRelation *present = find_matching_index(schema, partition->id, model);
    if (present != NULL && !schema_is_below(schema, model->id, present->id)) {
        present->parent = model->id;
        schema_store(schema, present);
        return;
    }
    if (constraint_of_index(parent, model->id) != NULL)
        put_partition_constraint(schema, partition, parent, model);
    else
        replay_put_index(schema, partition, model, NULL);
}

void
replay_partition_indexes(Schema *schema, SimRelation *partition, const SimRelation *parent)
{
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, parent->id);
    foreach (id, &indexes)
        put_partition_index(schema, partition, parent, schema_relation_by_id(schema, *id));
}

static void
index_partitions(Schema *schema, const SimRelation *parent, const SimRelation *model)
{
    RelationIdList partitions = schema_children_of(schema->arena, schema, parent->id);
    foreach (id, &partitions) {
        SimRelation *partition = schema_edit(schema, *id);
        if (!partition->is_partition)
            continue;
        put_partition_index(schema, partition, parent, model);
        schema_store(schema, partition);

        RelationIdList own = schema_children_of(schema->arena, schema, model->id);
        foreach (index_id, &own) {
            const SimRelation *index = schema_relation_by_id(schema, *index_id);
            if (index->index.table == *id)
                index_partitions(schema, partition, index);
        }
    }
}

void
replay_create_index(Schema *schema, const Op *op)
{
    const SimRelation *table = replay_target(schema, op);
    const char *name = op->create_index.name;
    if (name == NULL)
        name =
            object_index_name(schema, table, &op->create_index.keys, &op->create_index.including);
    QualifiedName full = {table->name.schema, name};
    if (schema_name_get(schema, NAMES_RELATION, full) != NULL)
        return;

    bool partitioned = table->kind == RELATION_PARTITIONED_TABLE;
    SimRelation model = {.kind = RELATION_INDEX};
    model.index.keys = op->create_index.keys;
    model.index.including = op->create_index.including;
    model.index.predicate = op->create_index.predicate;
    model.index.method = op->create_index.method != NULL ? op->create_index.method : "btree";
    model.index.unique = op->create_index.unique;
    model.index.valid = !(partitioned && op->only);
    RelationId id = replay_put_index(schema, table, &model, name);

    if (partitioned && !op->only)
        index_partitions(schema, table, schema_relation_by_id(schema, id));
}

/* The parent index is valid once every partition has its part (tablecmds.c,
 * validatePartitionedIndex). */
static void
validate_partitioned_index(Schema *schema, const SimRelation *parent)
{
    Arena *arena = schema->arena;
    size_t partitions = schema_children_of(arena, schema, parent->index.table).count;
    if (schema_children_of(arena, schema, parent->id).count < partitions)
        return;
    SimRelation *valid = schema_edit(schema, parent->id);
    valid->index.valid = true;
    schema_store(schema, valid);
}

void
replay_attach_index(Schema *schema, const Op *op)
{
    const SimRelation *parent =
        schema_assume_relation(schema, op->target, RELATION_PARTITIONED_INDEX);
    const SimRelation *part = schema_find_relation(schema, op->partition.partition);
    if (part == NULL || schema_is_below(schema, parent->id, part->id))
        return;
    SimRelation *index = schema_edit(schema, part->id);
    index->parent = parent->id;
    schema_store(schema, index);
    validate_partitioned_index(schema, parent);
}
