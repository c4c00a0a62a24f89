/* SPDX-License-Identifier: MIT */
/* PostgreSQL: tablecmds.c, ATPrepAlterColumnType(), ATPostAlterTypeCleanup(), TryReuseIndex(),
 * TryReuseForeignKey(). */
#include <string.h>

#include "locks/lock_case.h"
#include "schema/type_change.h"

static bool
uses(const SqlExpr *expression, const char *column)
{
    return expression != NULL && string_list_has(&expression->columns, column);
}

typedef enum IndexUse { INDEX_NOT_USED, INDEX_PLAIN, INDEX_COMPUTED } IndexUse;

/* COMPUTED: an expression or the predicate mentions the column, so that the index cannot be taken
 * over. */
static IndexUse
index_use(const SimRelation *index, const char *column)
{
    IndexUse use = string_list_has(&index->index.including, column) ? INDEX_PLAIN : INDEX_NOT_USED;
    if (uses(index->index.predicate, column))
        return INDEX_COMPUTED;
    foreach (key, &index->index.keys) {
        if (uses(key->expression, column))
            return INDEX_COMPUTED;
        if (key->column != NULL && strcmp(key->column, column) == 0)
            use = INDEX_PLAIN;
    }
    return use;
}

static bool
index_is_rebuilt(const SimRelation *index, const char *column, const TypeChange *change)
{
    switch (index_use(index, column)) {
    case INDEX_NOT_USED:
        return false;
    case INDEX_PLAIN:
        /* A part of a partitioned index is always made anew with it. */
        return change->rebuilds_indexes || index->parent != 0;
    case INDEX_COMPUTED:
        return true;
    }
    return true;
}

static void
judge_indexes(LockCase *c, const SimRelation *table, const char *column, const TypeChange *change)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        if (index_is_rebuilt(index, column, change))
            lock_case_add(c, table, FACT_alter_type_index);
        if (index_use(index, column) != INDEX_NOT_USED)
            lock_case_add(c, index, FACT_alter_type_index_itself);
    }
}

static void
add_referenced(LockCase *c, const SimRelation *referenced, bool looks_up)
{
    if (referenced->kind == RELATION_PARTITIONED_TABLE) {
        lock_case_add(c, referenced, FACT_alter_type_referenced_partitioned_14);
        lock_case_add(c, referenced, FACT_alter_type_referenced_partitioned_15);
    } else {
        lock_case_add(c, referenced,
                      looks_up ? FACT_alter_type_referenced_read : FACT_alter_type_referenced);
    }
}

/* ATPostAlterTypeCleanup() makes it anew, and unless TryReuseForeignKey() lets it pass, all rows
 * are looked up. */
static void
judge_reference(LockCase *c, const SimRelation *table, const SimConstraint *constraint,
                bool looks_up)
{
    const SimRelation *referenced = schema_relation_by_id(c->schema, constraint->referenced);
    if (referenced == NULL)
        return;
    add_referenced(c, referenced, looks_up);
    RelationIdList below = {0};
    if (referenced->kind == RELATION_PARTITIONED_TABLE)
        below = schema_descendants_of(c->arena, c->schema, referenced->id);
    foreach (id, &below)
        add_referenced(c, schema_relation_by_id(c->schema, *id), looks_up);
    if (looks_up)
        lock_case_add_check_indexes(c, table, referenced);
}

static void
judge_own_constraints(LockCase *c, const SimRelation *table, const char *column,
                      const TypeChange *change)
{
    foreach (constraint, &table->constraints) {
        bool checked = constraint->valid && constraint->enforced;
        if (constraint->kind == CONSTRAINT_CHECK && checked && uses(constraint->expression, column))
            lock_case_add(c, table, FACT_alter_type_check);
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
            string_list_has(&constraint->columns, column))
            judge_reference(c, table, constraint, change->rewrites && checked);
    }
}

static void
judge_referencing(LockCase *c, const SimRelation *table, const char *column,
                  const TypeChange *change)
{
    RelationIdList tables = schema_referencing(c->arena, c->schema, table->id);
    foreach (id, &tables) {
        const SimRelation *referring = schema_relation_by_id(c->schema, *id);
        foreach (constraint, &referring->constraints) {
            if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->referenced != table->id ||
                !string_list_has(&constraint->referenced_columns, column))
                continue;
            bool looks_up = change->rewrites && constraint->valid;
            lock_case_add(c, referring,
                          looks_up ? FACT_alter_type_referencing_read
                                   : FACT_alter_type_referencing);
            if (looks_up)
                lock_case_add_check_indexes(c, referring, table);
        }
    }
}

static const char *
doubt(LockCase *c, const SimRelation *table, const SimColumn *column)
{
    const char *name = sql_ident(c->arena, c->op->alter_type.column);
    if (column == NULL || !column->type_known)
        return arena_printf(c->arena, "the type of %s.%s is not in the history",
                            sql_qualified(c->arena, table->name), name);
    return NULL;
}

/* The words of the type change say more than the row does. */
static void
say_why(LockCase *c, const SimRelation *table, const char *why)
{
    foreach (effect, &c->effects) {
        if (name_equals(effect->relation, table->name) && (effect->rewrites || !effect->scans) &&
            !effect->builds_index)
            effect->reason = why;
        else if (name_equals(effect->relation, table->name) && effect->rewrites)
            effect->reason = why;
    }
}

void
judge_alter_type(LockCase *c, const SimRelation *table)
{
    const char *name = c->op->alter_type.column;
    const SimColumn *column = relation_find_column(table, name);
    SimColumn unknown = {.name = name};
    TypeChange change = type_change(c->arena, c->schema, column != NULL ? column : &unknown, c->op);

    if (column != NULL && column->generated == GENERATED_VIRTUAL)
        change = (TypeChange){.known = true, .why = "a virtual column holds nothing"};
    lock_case_add(c, table, change.rewrites ? FACT_alter_type_rewrite : FACT_alter_type_cheap);
    lock_case_add_row_type(c, &c->op->alter_type.type);
    if (!change.known) {
        const char *missing = doubt(c, table, column);
        lock_case_doubt(c, table, missing != NULL ? missing : change.why);
    }
    if (column != NULL && column_is_identity(column))
        lock_case_add_sequences_of(c, table, name, FACT_alter_type_identity);
    judge_own_constraints(c, table, name, &change);
    judge_indexes(c, table, name, &change);
    say_why(c, table, change.why);
    judge_referencing(c, table, name, &change);
}
