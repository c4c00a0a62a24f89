/* SPDX-License-Identifier: MIT */
/* PostgreSQL: tablecmds.c, ATExecAlterConstraint(). */
#include <string.h>

#include "locks/lock_case.h"
#include "schema/proof.h"

/* ---- INHERIT and NO INHERIT */

static const SimConstraint *
not_null_of(const SimRelation *table, const char *column)
{
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_NOT_NULL &&
            string_list_has(&constraint->columns, column))
            return constraint;
    }
    return NULL;
}

static bool
has_not_null(const SimRelation *table, const char *name)
{
    const SimColumn *column = relation_find_column(table, name);
    return (column != NULL && column->not_null) || not_null_of(table, name) != NULL;
}

/* tablecmds.c, ATExecSetNotNull(): goes on below only where the table does not have it yet. */
static void
give_not_null(LockCase *c, const SimRelation *table, const char *column)
{
    RelationIdList giving = {0};
    LIST_APPEND(c->arena, &giving, table->id);
    for (size_t i = 0; i < giving.count; i++) {
        RelationIdList children = schema_children_of(c->arena, c->schema, giving.items[i]);
        foreach (id, &children) {
            const SimRelation *child = schema_relation_by_id(c->schema, *id);
            bool has = has_not_null(child, column);
            lock_case_add(c, child,
                          has || proof_of_not_null(c->schema, child, column)
                              ? FACT_alter_constraint_child
                              : FACT_alter_constraint_child_not_null);
            if (!has)
                LIST_APPEND(c->arena, &giving, *id);
        }
    }
}

/* tablecmds.c, ATExecAlterConstrInheritability() */
static void
alter_inheritance(LockCase *c, const SimRelation *table, const SimConstraint *constraint)
{
    bool no_inherit = c->op->add_constraint.no_inherit;
    if (constraint->kind != CONSTRAINT_NOT_NULL || constraint->no_inherit == no_inherit)
        return;
    RelationIdList children = schema_children_of(c->arena, c->schema, table->id);
    if (no_inherit)
        lock_case_add_all(c, &children, FACT_alter_constraint_child);
    else
        give_not_null(c, table, constraint->columns.items[0]);
}

/* ---- ENFORCED and NOT ENFORCED */

static void
alter_enforcement(LockCase *c, const SimRelation *table, const SimConstraint *constraint)
{
    bool enforced = !c->op->add_constraint.not_enforced;
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->enforced == enforced)
        return;
    if (!enforced) {
        lock_case_add_id(c, constraint->referenced, FACT_alter_constraint_not_enforced);
        return;
    }
    lock_case_add(c, table, FACT_alter_constraint_enforced);
    lock_case_add_id(c, constraint->referenced, FACT_alter_constraint_enforced_referenced);
    lock_case_add_check_indexes(c, table, schema_relation_by_id(c->schema, constraint->referenced));
}

void
judge_alter_constraint(LockCase *c, const SimRelation *table)
{
    const ConstraintDefinition *change = &c->op->add_constraint;
    const SimConstraint *constraint =
        change->name != NULL ? relation_find_constraint(table, change->name) : NULL;
    lock_case_add(c, table, FACT_alter_constraint);
    if (constraint == NULL || table->kind == RELATION_PARTITIONED_TABLE) {
        RelationIdList below = lock_case_role(c, table, ROLE_CHILD);
        lock_case_add_all(c, &below, FACT_alter_constraint_child);
    }
    if (constraint == NULL)
        return;
    if (change->alters.inheritance)
        alter_inheritance(c, table, constraint);
    if (change->alters.enforcement)
        alter_enforcement(c, table, constraint);
}
