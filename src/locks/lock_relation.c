/* SPDX-License-Identifier: MIT */
/* Operations on whole relations. */
#include <string.h>

#include "locks/lock_bound.h"
#include "locks/lock_case.h"
#include "schema/domain_use.h"
#include "schema/typed_table.h"

/* ---- CREATE */

static void
judge_references(LockCase *c, const SimRelation *own, const ConstraintList *constraints)
{
    foreach (constraint, constraints) {
        if (constraint->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        const SimRelation *table = schema_find_relation(c->schema, constraint->referenced);
        const QualifiedName name =
            table != NULL ? table->name : schema_resolve_missing(c->schema, constraint->referenced);
        if (name_equals(name, own->name))
            continue;
        lock_case_add_named(c, constraint->referenced, RELATION_TABLE,
                            FACT_create_table_referenced);
        RelationIdList below = {0};
        if (table != NULL && table->kind == RELATION_PARTITIONED_TABLE)
            below = schema_descendants_of(c->arena, c->schema, table->id);
        lock_case_add_all(c, &below, FACT_create_table_referenced);
    }
}

static void
judge_partition_of(LockCase *c, QualifiedName name)
{
    const SimRelation *parent = lock_case_add_named(c, name, RELATION_PARTITIONED_TABLE,
                                                    FACT_create_table_partition_parent);
    if (parent == NULL)
        return;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, parent->id);
    lock_case_add_all(c, &indexes, FACT_create_table_parent_index);
    lock_case_check_default(c, parent, &c->op->create_table.bound,
                            (RowCheck){.below = BELOW_UNLESS_ALL_PROVEN,
                                       .proven = FACT_create_table_default_partition_proven,
                                       .scanned = FACT_create_table_default_partition});
    RelationIdList referencing = lock_case_role(c, parent, ROLE_REFERENCING);
    lock_case_add_all(c, &referencing, FACT_create_table_referencing_14);
    lock_case_add_all(c, &referencing, FACT_create_table_referencing_15);
    RelationIdList referenced = lock_case_role(c, parent, ROLE_REFERENCED);
    lock_case_add_all(c, &referenced, FACT_create_table_referenced);
}

/* Which of several LIKEs speaks of indexes is not told apart. */
static void
judge_like(LockCase *c, QualifiedName name)
{
    const SimRelation *model = lock_case_add_named(c, name, RELATION_TABLE, FACT_create_table_like);
    RelationIdList indexes = {0};
    if (model != NULL && c->op->create_table.like_indexes)
        indexes = schema_indexes_of(c->arena, c->schema, model->id);
    lock_case_add_all(c, &indexes, FACT_create_table_like_index);
}

void
judge_create_table(LockCase *c, const SimRelation *table)
{
    const Op *op = c->op;
    if (table->id != 0)
        return;
    lock_case_add(c, table, FACT_create_table);
    foreach (column, &op->create_table.columns) {
        lock_case_add_row_type(c, &column->type);
        judge_references(c, table, &column->constraints);
    }
    judge_references(c, table, &op->create_table.constraints);
    if (op->create_table.partition_of.name != NULL)
        judge_partition_of(c, op->create_table.partition_of);
    foreach (name, &op->create_table.inherits)
        lock_case_add_named(c, *name, RELATION_TABLE, FACT_create_table_inherits);
    foreach (name, &op->create_table.like)
        judge_like(c, *name);
}

void
judge_create_query(LockCase *c, const SimRelation *target)
{
    static const struct {
        OpKind kind;
        LockFactId target;
    } rows[] = {
        {OP_CREATE_TABLE_AS,          FACT_create_table_as         },
        {OP_CREATE_VIEW,              FACT_create_view             },
        {OP_CREATE_MATERIALIZED_VIEW, FACT_create_materialized_view},
    };
    const Op *op = c->op;
    bool only_named = op->kind == OP_CREATE_VIEW || op->create_as.with_no_data;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].kind == op->kind)
            lock_case_add(c, target, rows[i].target);
    }
    lock_case_query(c, op->create_as.query, NULL, only_named ? DATA_IS_NAMED : DATA_RUNS,
                    only_named);
    if (!only_named)
        lock_case_sequences(c, &op->create_as.sequences);
}

/* ---- TRUNCATE */

/* A foreign key to a partitioned table is one to each of its partitions. */
static void
truncate_referencing(LockCase *c, const SimRelation *table)
{
    while (table != NULL) {
        RelationIdList referencing = lock_case_role(c, table, ROLE_REFERENCING);
        lock_case_add_all(c, &referencing, FACT_truncate_referencing);
        table = table->is_partition ? schema_relation_by_id(c->schema, table->parent) : NULL;
    }
}

/* CASCADE goes on from table to table; each that is new to the list is looked at in its turn. */
void
judge_truncate(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_truncate);
    RelationIdList below = lock_case_role(c, table, ROLE_CHILD);
    lock_case_add_all(c, &below, FACT_truncate_child);
    for (size_t i = 0; i < c->effects.count; i++) {
        const SimRelation *next = schema_relation_by_id(c->schema, c->effects.items[i].relation_id);
        if (next == NULL)
            continue;
        RelationIdList indexes = lock_case_role(c, next, ROLE_INDEX);
        if (next->kind != RELATION_PARTITIONED_TABLE)
            lock_case_add_all(c, &indexes, FACT_truncate_index);
        if (c->op->cascade)
            truncate_referencing(c, next);
        RelationIdList sequences = lock_case_role(c, next, ROLE_SEQUENCE);
        if (c->op->truncate.restarts)
            lock_case_add_all(c, &sequences, FACT_truncate_sequence);
    }
}

/* ---- switches with a state */

void
judge_lock_table(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, c->effects.count == 0 ? FACT_lock_table : FACT_lock_table_child);
    RelationIdList sources = {0};
    if (table->kind == RELATION_VIEW)
        sources = lock_case_sources(c, table);
    lock_case_add_all(c, &sources, FACT_lock_table_source);
    foreach (effect, &c->effects)
        effect->level = c->op->lock_table.level;
}

void
judge_set_logged(LockCase *c, const SimRelation *table)
{
    bool already = table->persistence == PERSISTENCE_PERMANENT && !table->assumed;
    lock_case_add(c, table, already ? FACT_set_logged_already : FACT_set_logged);
    RelationIdList sequences = lock_case_role(c, table, ROLE_SEQUENCE);
    if (!already)
        lock_case_add_all(c, &sequences, FACT_set_logged_sequence);
}

void
judge_set_unlogged(LockCase *c, const SimRelation *table)
{
    bool already = table->persistence == PERSISTENCE_UNLOGGED;
    lock_case_add(c, table, already ? FACT_set_unlogged_already : FACT_set_unlogged);
    RelationIdList sequences = lock_case_role(c, table, ROLE_SEQUENCE);
    if (!already)
        lock_case_add_all(c, &sequences, FACT_set_unlogged_sequence);
}

void
judge_set_expression(LockCase *c, const SimRelation *table)
{
    const SimColumn *column = relation_find_column(table, c->op->column.column);
    bool virtual = column != NULL && column->generated == GENERATED_VIRTUAL;
    LockFactId brief = virtual && column->not_null ? FACT_set_expression_virtual_not_null
                                                   : FACT_set_expression_virtual;
    lock_case_add(c, table, virtual ? brief : FACT_set_expression);
}

void
judge_refresh(LockCase *c, const SimRelation *view)
{
    RelationIdList indexes = lock_case_role(c, view, ROLE_INDEX);
    if (c->op->create_as.with_no_data) {
        lock_case_add(c, view, FACT_refresh_empty);
        lock_case_add_all(c, &indexes, FACT_refresh_index);
        return;
    }
    lock_case_add(c, view, c->op->concurrently ? FACT_refresh_concurrently : FACT_refresh);
    if (c->op->concurrently)
        lock_case_add_all(c, &indexes, FACT_refresh_concurrently_index);
    lock_case_query(c, view->query, &view->query_relations, DATA_RUNS, false);
}

/* Only what is added and checked at once needs the tables. */
void
judge_alter_domain(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    const SimDomain *domain = schema_find_domain(c->schema, c->op->target);
    if (domain == NULL)
        return;
    bool checks = c->op->domain.not_null && !domain->not_null;
    foreach (constraint, &c->op->domain.constraints) {
        bool already = constraint->kind == CONSTRAINT_NOT_NULL && domain->not_null;
        checks |= !constraint->not_valid && !already;
    }
    if (!checks)
        return;
    RelationIdList users = domain_relations(c->arena, c->schema, domain);
    lock_case_add_all(c, &users, FACT_alter_domain_user);
}

/* What it does to the tables OF the type. */
void
judge_alter_attribute(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    OpList changes = schema_typed_changes(c->arena, c->schema, c->op);
    foreach (change, &changes)
        lock_case_judge(c, change);
}
