/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/object_name.h"
#include "schema/replay_parts.h"

static SimConstraint *
constraint_of_index(const SimRelation *table, RelationId index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index)
            return constraint;
    }
    return NULL;
}

/* The partition's index that is or may become the part of the parent's. One under a constraint
 * needs one of its own (indexcmds.c, DefineIndex). */
static const SimRelation *
find_part(Schema *schema, const SimRelation *partition, const SimRelation *parent,
          const SimRelation *model)
{
    const SimRelation *fit = NULL;
    bool needs_constraint = constraint_of_index(parent, model->id) != NULL;
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, partition->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(schema, *id);
        if (index->parent == model->id)
            return index;
        bool good = index->parent == 0 && relation_index_matches(index, model) &&
                    (!needs_constraint || constraint_of_index(partition, *id) != NULL);
        if (fit == NULL && good)
            fit = index;
    }
    return fit;
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
    index->owner = table->owner;
    index->tablespace = model->tablespace;
    index->index.clusters = false;
    index->parent = model->kind == RELATION_PARTITIONED_INDEX ? model->id : 0;
    schema_store(schema, index);
    return index->id;
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
    copy.inherited = 1;
    copy.is_local = false;
    LIST_APPEND(schema->arena, &partition->constraints, copy);
}

static void
adopt_index(Schema *schema, SimRelation *partition, const SimRelation *part,
            const SimRelation *model)
{
    SimRelation *index = schema_edit(schema, part->id);
    index->parent = model->id;
    schema_store(schema, index);
    schema_own_constraints(schema, partition);
    SimConstraint *constraint = constraint_of_index(partition, part->id);
    if (constraint == NULL)
        return;
    constraint->inherited = 1;
    constraint->is_local = false;
}

static void
put_partition_index(Schema *schema, SimRelation *partition, const SimRelation *parent,
                    const SimRelation *model)
{
    const SimRelation *part = find_part(schema, partition, parent, model);
    if (part != NULL && part->parent == model->id)
        return;
    if (part != NULL && !schema_is_below(schema, model->id, part->id))
        adopt_index(schema, partition, part, model);
    else if (constraint_of_index(parent, model->id) != NULL)
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
    model.tablespace = op->create_index.tablespace;
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

void
replay_set_index_validity(Schema *schema, const Op *op)
{
    const SimRelation *found = replay_found(schema);
    if (found == NULL || found->index.table == 0)
        return;
    SimRelation *index = schema_edit(schema, found->id);
    index->index.valid = op->index_state.valid;
    schema_store(schema, index);
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
    const SimRelation *table = schema_relation_by_id(schema, part->index.table);
    if (table == NULL)
        return;
    SimRelation *partition = schema_edit(schema, table->id);
    adopt_index(schema, partition, part, parent);
    schema_store(schema, partition);
    validate_partitioned_index(schema, parent);
}
