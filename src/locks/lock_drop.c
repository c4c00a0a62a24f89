/* SPDX-License-Identifier: MIT */
/* DROP of everything, and what goes along. */
#include "locks/lock_case.h"
#include "schema/dependents.h"

static void
add_triggered(LockCase *c, const SimRelation *referenced)
{
    lock_case_add(c, referenced,
                  referenced->kind == RELATION_PARTITIONED_TABLE
                      ? FACT_dropped_reference_partitioned
                      : FACT_dropped_reference);
}

/* The part of a foreign key that a partition has of its parent's has no triggers of its own on the
 * other table (tablecmds.c, CloneFkReferencing). */
static void
add_referenced(LockCase *c, const SimConstraint *constraint)
{
    if (constraint == NULL || constraint->kind != CONSTRAINT_FOREIGN_KEY ||
        constraint->inherited > 0)
        return;
    const SimRelation *referenced = schema_relation_by_id(c->schema, constraint->referenced);
    if (referenced == NULL)
        return;
    add_triggered(c, referenced);
    if (referenced->kind != RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, referenced->id);
    foreach (id, &below)
        add_triggered(c, schema_relation_by_id(c->schema, *id));
}

static void
add_relation(LockCase *c, const SimRelation *relation)
{
    lock_case_add(c, relation, FACT_dropped_along);
    foreach (constraint, &relation->constraints)
        add_referenced(c, constraint);
    lock_case_add_id(c, relation->index.table, FACT_dropped_index);
    if (!relation->is_partition)
        return;
    lock_case_add_id(c, relation->parent, FACT_dropped_partition);
    lock_case_add_id(c, lock_case_default_partition(c, relation->parent),
                     FACT_dropped_partition_default);
}

static void
add_dependent(LockCase *c, const Dependent *dependent)
{
    const SimRelation *relation = schema_relation_by_id(c->schema, dependent->relation);
    if (relation == NULL)
        return;
    switch (dependent->kind) {
    case DEPENDENT_RELATION:
        add_relation(c, relation);
        break;
    case DEPENDENT_COLUMN:
        lock_case_add(c, relation, FACT_dropped_column);
        break;
    case DEPENDENT_DEFAULT:
        lock_case_add(c, relation, FACT_dropped_default);
        break;
    case DEPENDENT_CONSTRAINT:
        lock_case_add(c, relation, FACT_dropped_constraint);
        add_referenced(c, relation_find_constraint(relation, dependent->name));
        break;
    case DEPENDENT_ATTACHED:
        lock_case_add(c, relation, FACT_dropped_attached);
        break;
    case DEPENDENT_FUNCTION:
    case DEPENDENT_TYPE:
    case DEPENDENT_SCHEMA:
    case DEPENDENT_EXTENSION:
    case DEPENDENT_SERVER:
    case DEPENDENT_WRAPPER:
    case DEPENDENT_COLLATION:
    case DEPENDENT_PUBLISHED:
        break;
    }
}

/* Without CASCADE the server refuses to drop more than what goes by itself. */
void
lock_case_add_dropped(LockCase *c, const SimRelation *target)
{
    const SimRelation *found = target != NULL && target->id != 0 ? target : NULL;
    DependentList roots = schema_dropped(c->arena, c->schema, c->op, found);
    DependentList all = schema_dependents(c->schema, &roots, c->version);
    foreach (dependent, &all) {
        if (dependent->automatic || c->op->cascade)
            add_dependent(c, dependent);
    }
}

void
judge_drop(LockCase *c, const SimRelation *target)
{
    static const LockFactId facts[OP_KIND_COUNT] = {
        [OP_DROP_TABLE] = FACT_drop_table,
        [OP_DROP_VIEW] = FACT_drop_view,
        [OP_DROP_MATERIALIZED_VIEW] = FACT_drop_materialized_view,
        [OP_DROP_SEQUENCE] = FACT_drop_sequence,
    };
    if (facts[c->op->kind] != 0)
        lock_case_add(c, target, facts[c->op->kind]);
    lock_case_add_dropped(c, target);
}

void
judge_drop_column(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_drop_column);
    if (c->op->if_exists && table->columns_known &&
        relation_find_column(table, c->op->column.column) == NULL)
        return;
    /* ONLY leaves the children's column alone, but not unlocked. */
    RelationIdList below = c->op->only ? schema_children_of(c->arena, c->schema, table->id)
                                       : schema_descendants_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &below, FACT_drop_column_child);
    lock_case_add_dropped(c, table);
}
