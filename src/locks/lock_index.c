/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "locks/lock_case.h"

/* ---- CREATE INDEX */

static bool
index_exists(LockCase *c, const SimRelation *table)
{
    QualifiedName name = {table->name.schema, c->op->create_index.name};
    return c->op->if_exists && name.name != NULL && schema_find_relation(c->schema, name) != NULL;
}

static SimRelation
index_of_op(const Op *op)
{
    SimRelation model = {.kind = RELATION_INDEX};
    model.index.keys = op->create_index.keys;
    model.index.including = op->create_index.including;
    model.index.predicate = op->create_index.predicate;
    model.index.method = op->create_index.method != NULL ? op->create_index.method : "btree";
    model.index.unique = op->create_index.unique;
    return model;
}

static void
judge_partitions(LockCase *c, const SimRelation *table)
{
    const SimRelation model = index_of_op(c->op);
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *partition = schema_relation_by_id(c->schema, *id);
        bool has = lock_find_part(c, partition, &model, NULL, FACT_create_index_part) != 0;
        lock_case_add(c, partition, has ? FACT_create_index_child_has : FACT_create_index_child);
    }
}

void
judge_create_index(LockCase *c, const SimRelation *table)
{
    bool concurrently = c->op->concurrently;
    if (index_exists(c, table)) {
        lock_case_add(c, table,
                      concurrently ? FACT_create_index_exists_concurrently
                                   : FACT_create_index_exists);
        return;
    }
    if (table->kind == RELATION_PARTITIONED_TABLE && c->op->only) {
        lock_case_add(c, table, FACT_create_index_only);
        return;
    }
    lock_case_add(c, table, concurrently ? FACT_create_index_concurrently : FACT_create_index);
    if (table->kind == RELATION_PARTITIONED_TABLE)
        judge_partitions(c, table);
}

/* ---- DROP INDEX */

static void
judge_index_tables(LockCase *c, const SimRelation *index, LockFactId fact)
{
    lock_case_add_id(c, index->index.table, fact);
    RelationIdList parts = schema_descendants_of(c->arena, c->schema, index->id);
    foreach (id, &parts)
        lock_case_add_id(c, schema_relation_by_id(c->schema, *id)->index.table, fact);
}

/* tablecmds.c, RemoveRelations(): all partitions are locked, those without a part of it too. */
static void
judge_tables_below(LockCase *c, const SimRelation *index)
{
    if (index->kind != RELATION_PARTITIONED_INDEX)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, index->index.table);
    lock_case_add_all(c, &below, FACT_drop_index_table);
}

static void
doubt_table(LockCase *c, const SimRelation *index)
{
    if (index->index.table == 0)
        lock_case_doubt(c, index,
                        arena_printf(c->arena, "the table of the index %s is not in the history",
                                     sql_qualified(c->arena, index->name)));
}

void
judge_drop_index(LockCase *c, const SimRelation *index)
{
    if (c->op->concurrently) {
        lock_case_add(c, index, FACT_drop_index_concurrently);
        judge_index_tables(c, index, FACT_drop_index_table_concurrently);
    } else {
        lock_case_add(c, index, FACT_drop_index);
        RelationIdList parts = schema_descendants_of(c->arena, c->schema, index->id);
        lock_case_add_all(c, &parts, FACT_drop_index_child);
        judge_index_tables(c, index, FACT_drop_index_table);
        judge_tables_below(c, index);
        if (c->op->cascade)
            lock_case_add_dropped(c, index);
    }
    doubt_table(c, index);
}

/* ---- REINDEX */

/* indexcmds.c, ReindexRelationConcurrently(): an invalid index and that of an exclusion constraint
 * are only looked at. */
static bool
is_left_out(const SimRelation *table, const SimRelation *index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index->id && constraint->kind == CONSTRAINT_EXCLUDE)
            return true;
    }
    return !index->index.valid;
}

static void
judge_table_indexes(LockCase *c, const SimRelation *table, const RelationIdList *indexes)
{
    foreach (id, indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        bool left_out = c->op->concurrently && is_left_out(table, index);
        lock_case_add(c, index, left_out ? FACT_reindex_left_out : FACT_reindex_table_index);
    }
}

static void
judge_reindex_table(LockCase *c, const SimRelation *table)
{
    bool concurrently = c->op->concurrently;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    bool none = indexes.count == 0 && table->columns_known;
    if (none)
        lock_case_add(c, table,
                      concurrently ? FACT_reindex_nothing_concurrently : FACT_reindex_nothing);
    else
        lock_case_add(c, table,
                      concurrently ? FACT_reindex_table_concurrently : FACT_reindex_table);
    if (table->kind != RELATION_PARTITIONED_TABLE)
        judge_table_indexes(c, table, &indexes);
    RelationIdList partitions = {0};
    if (table->kind == RELATION_PARTITIONED_TABLE)
        partitions = schema_children_of(c->arena, c->schema, table->id);
    foreach (id, &partitions) {
        const SimRelation *partition = schema_relation_by_id(c->schema, *id);
        if (concurrently)
            lock_case_add(c, partition, FACT_reindex_child_concurrently);
        judge_reindex_table(c, partition);
    }
}

/* Partitions are among the relations; catalogs are not known. */
void
judge_reindex_all(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    RelationIdList all = {0};
    if (c->op->reindex.is_whole)
        all = schema_relations_in(c->arena, c->schema, c->op->target.schema);
    foreach (id, &all) {
        const SimRelation *table = schema_relation_by_id(c->schema, *id);
        if (table->kind == RELATION_TABLE || table->kind == RELATION_MATERIALIZED_VIEW)
            judge_reindex_table(c, table);
    }
}

/* The indexes of partitioned partitions are only looked at, and their tables not even that. */
static void
judge_index_parts(LockCase *c, const SimRelation *index)
{
    LockFactId table =
        c->op->concurrently ? FACT_reindex_index_table_concurrently : FACT_reindex_index_table;
    RelationIdList parts = schema_descendants_of(c->arena, c->schema, index->id);
    foreach (id, &parts) {
        const SimRelation *part = schema_relation_by_id(c->schema, *id);
        bool is_leaf = part->kind != RELATION_PARTITIONED_INDEX;
        lock_case_add(c, part, is_leaf ? FACT_reindex_table_index : FACT_reindex_index_part);
        if (is_leaf)
            lock_case_add_id(c, part->index.table, table);
    }
}

void
judge_reindex(LockCase *c, const SimRelation *target)
{
    if (!c->op->reindex.is_index) {
        judge_reindex_table(c, target);
        return;
    }
    bool is_partitioned = target->kind == RELATION_PARTITIONED_INDEX;
    lock_case_add(c, target,
                  is_partitioned && c->op->concurrently ? FACT_reindex_partitioned_concurrently
                                                        : FACT_reindex_index);
    lock_case_add_id(c, target->index.table,
                     c->op->concurrently ? FACT_reindex_index_table_concurrently
                                         : FACT_reindex_index_table);
    if (is_partitioned)
        judge_index_parts(c, target);
    doubt_table(c, target);
}

/* ---- ALTER INDEX */

void
judge_rename_index(LockCase *c, const SimRelation *target)
{
    bool is_index = target->kind == RELATION_INDEX || target->kind == RELATION_PARTITIONED_INDEX;
    lock_case_add(c, target, is_index ? FACT_rename_index : FACT_rename_index_of_table);
}

void
judge_attach_index(LockCase *c, const SimRelation *target)
{
    lock_case_add(c, target, FACT_attach_index);
    const SimRelation *part =
        lock_case_add_named(c, c->op->partition.partition, RELATION_INDEX, FACT_attach_index_part);
    lock_case_add_id(c, target->index.table, FACT_attach_index_table);
    if (part != NULL)
        lock_case_add_id(c, part->index.table, FACT_attach_index_table);
}
