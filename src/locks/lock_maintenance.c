/* SPDX-License-Identifier: MIT */
/* VACUUM, ANALYZE and CLUSTER. */
#include <string.h>

#include "locks/lock_case.h"

/* ---- VACUUM and ANALYZE */

/* vacuum.c, expand_vacuum_rel(): before 18 only partitions. */
static RelationIdList
members_of(LockCase *c, const SimRelation *table)
{
    RelationIdList none = {0};
    bool expands = c->version >= 18 || table->kind == RELATION_PARTITIONED_TABLE;
    return c->op->only || !expands ? none : schema_descendants_of(c->arena, c->schema, table->id);
}

/* The statistics of a parent are made from rows of all its children (analyze.c,
 * acquire_inherited_sample_rows). */
static void
analyze_children(LockCase *c, const SimRelation *table)
{
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &below,
                      c->op->kind == OP_ANALYZE ? FACT_analyze_sampled : FACT_vacuum_sampled);
}

static void
analyze(LockCase *c, const SimRelation *table, bool is_target)
{
    lock_case_add(c, table, is_target ? FACT_analyze : FACT_analyze_child);
    if (table->kind == RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &indexes, FACT_analyze_index);
}

/* Pages that the visibility map knows are passed over (vacuumlazy.c, lazy_scan_heap). */
static void
vacuum(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_vacuum);
    if (table->kind == RELATION_PARTITIONED_TABLE || c->op->vacuum.without_main)
        return;
    if (table->pages == PAGES_WRITTEN)
        lock_case_add(c, table, FACT_vacuum_written);
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &indexes, FACT_vacuum_index);
}

static void
maintain(LockCase *c, const SimRelation *table, bool is_target)
{
    if (c->op->kind == OP_ANALYZE)
        analyze(c, table, is_target);
    else if (c->op->vacuum.full)
        lock_case_add(c, table, is_target ? FACT_vacuum_full : FACT_vacuum_full_child);
    else
        vacuum(c, table);
}

void
judge_vacuum(LockCase *c, const SimRelation *table)
{
    maintain(c, table, true);
    RelationIdList members = members_of(c, table);
    foreach (id, &members)
        maintain(c, schema_relation_by_id(c->schema, *id), false);
    if (c->op->kind == OP_ANALYZE || c->op->vacuum.analyzes)
        analyze_children(c, table);
}

/* Partitions are among the relations (vacuum.c, get_all_vacuum_rels). */
void
judge_vacuum_all(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    RelationIdList all = schema_relations_in(c->arena, c->schema, NULL);
    foreach (id, &all) {
        const SimRelation *table = schema_relation_by_id(c->schema, *id);
        if (table->kind == RELATION_TABLE || table->kind == RELATION_MATERIALIZED_VIEW ||
            table->kind == RELATION_PARTITIONED_TABLE)
            maintain(c, table, true);
    }
}

/* ---- CLUSTER */

/* cluster.c, get_tables_to_cluster_partitioned(): the leaves whose index is a part of the named
 * one.
 */
static void
cluster_partitions(LockCase *c, const SimRelation *index)
{
    RelationIdList parts = schema_descendants_of(c->arena, c->schema, index->id);
    foreach (id, &parts) {
        const SimRelation *part = schema_relation_by_id(c->schema, *id);
        if (part->kind != RELATION_PARTITIONED_INDEX)
            lock_case_add_id(c, part->index.table, FACT_cluster_child);
    }
}

void
judge_cluster(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_cluster);
    const char *name = c->op->attached.name;
    if (table->kind != RELATION_PARTITIONED_TABLE || name == NULL)
        return;
    const SimRelation *index =
        schema_find_relation(c->schema, (QualifiedName){table->name.schema, name});
    if (index == NULL || index->index.table != table->id)
        return;
    lock_case_add(c, index, FACT_cluster_partitioned_index);
    cluster_partitions(c, index);
}

static bool
has_marked_index(LockCase *c, const SimRelation *table)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        if (schema_relation_by_id(c->schema, *id)->index.clusters)
            return true;
    }
    return false;
}

/* cluster.c, get_tables_to_cluster() */
void
judge_cluster_all(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    RelationIdList all = schema_relations_in(c->arena, c->schema, NULL);
    foreach (id, &all) {
        const SimRelation *table = schema_relation_by_id(c->schema, *id);
        if (has_marked_index(c, table))
            lock_case_add(c, table, FACT_cluster);
    }
}
