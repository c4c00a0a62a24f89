/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "locks/lock_case.h"
#include "schema/proof.h"

/* ---- NOT NULL */

static bool
is_not_null(const SimRelation *table, const char *name)
{
    const SimColumn *column = relation_find_column(table, name);
    return column != NULL && column->not_null;
}

static void
judge_column_set(LockCase *c, const SimRelation *table)
{
    const char *name = c->op->column.column;
    if (is_not_null(table, name))
        lock_case_add(c, table, FACT_set_not_null_already);
    else if (proof_of_not_null(c->schema, table, name))
        lock_case_add(c, table, FACT_set_not_null_proven);
    else
        lock_case_add(c, table, FACT_set_not_null_scan);
    if (table->assumed && relation_find_column(table, name) == NULL)
        lock_case_doubt(c, table,
                        arena_printf(c->arena,
                                     "whether a CHECK on %s proves it is not in the history",
                                     sql_qualified(c->arena, table->name)));
}

/* tablecmds.c, ATPrepSetNotNull() up to 17, where a table that inherits may lack what its parent
 * has; ATExecSetNotNull() from 18 on. */
void
judge_set_not_null(LockCase *c, const SimRelation *table)
{
    bool partitioned = table->kind == RELATION_PARTITIONED_TABLE;
    judge_column_set(c, table);
    if (is_not_null(table, c->op->column.column) && (partitioned || c->version >= 18))
        return;
    RelationIdList below = {0};
    if (!c->op->only || partitioned)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *child = schema_relation_by_id(c->schema, *id);
        if (c->op->only)
            lock_case_add(c, child, FACT_set_not_null_asked);
        else
            judge_column_set(c, child);
    }
}

/* ---- ADD CONSTRAINT */

static void
for_family(LockCase *c, const SimRelation *target, LockJudge *judge)
{
    judge(c, target);
    if (c->op->only || c->op->add_constraint.no_inherit)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, target->id);
    foreach (id, &below)
        judge(c, schema_relation_by_id(c->schema, *id));
}

static bool
is_checked(const ConstraintDefinition *constraint)
{
    return !constraint->not_valid && !constraint->not_enforced;
}

/* One that the table has under this name is merged with the parent's, and nothing is checked
 * (heap.c, MergeWithExistingConstraint). */
static bool
is_merged(const SimRelation *table, const ConstraintDefinition *constraint)
{
    const SimConstraint *present =
        constraint->name != NULL ? relation_find_constraint(table, constraint->name) : NULL;
    return present != NULL && present->kind == CONSTRAINT_CHECK;
}

static void
judge_check(LockCase *c, const SimRelation *table)
{
    const ConstraintDefinition *constraint = &c->op->add_constraint;
    bool scans = is_checked(constraint) && !is_merged(table, constraint);
    lock_case_add(c, table, scans ? FACT_add_check_scan : FACT_add_check_not_valid);
}

/* What is below a table that has the constraint is not visited (tablecmds.c,
 * ATAddCheckNNConstraint). */
static void
judge_checks(LockCase *c, const SimRelation *table, int depth)
{
    enum { DEPTH_LIMIT = 50 };
    const ConstraintDefinition *constraint = &c->op->add_constraint;
    judge_check(c, table);
    if (c->op->only || constraint->no_inherit || is_merged(table, constraint) ||
        depth > DEPTH_LIMIT)
        return;
    RelationIdList children = schema_children_of(c->arena, c->schema, table->id);
    foreach (id, &children)
        judge_checks(c, schema_relation_by_id(c->schema, *id), depth + 1);
}

/* tablecmds.c, ATPrepCmd() */
static void
lock_children_18(LockCase *c, const SimRelation *table)
{
    RelationIdList below = {0};
    if (!c->op->only)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    bool refers = c->op->add_constraint.kind == CONSTRAINT_FOREIGN_KEY;
    lock_case_add_all(c, &below,
                      refers ? FACT_add_foreign_key_child_18 : FACT_add_constraint_child_18);
}

static void
judge_not_null(LockCase *c, const SimRelation *table)
{
    const ConstraintDefinition *constraint = &c->op->add_constraint;
    bool scans = is_checked(constraint);
    foreach (column, &constraint->columns) {
        if (is_not_null(table, *column) || proof_of_not_null(c->schema, table, *column))
            scans = false;
    }
    lock_case_add(c, table, scans ? FACT_add_not_null_scan : FACT_add_not_null_cheap);
}

static void
judge_key_columns(LockCase *c, const SimRelation *table, const StringList *columns)
{
    foreach (column, columns) {
        if (!is_not_null(table, *column) && !proof_of_not_null(c->schema, table, *column))
            lock_case_add(c, table, FACT_add_primary_key_scan);
    }
}

static bool
all_not_null(const SimRelation *table, const StringList *columns)
{
    foreach (column, columns) {
        if (!is_not_null(table, *column))
            return false;
    }
    return true;
}

/* The key's columns become NOT NULL in the tables below too. Those of a partitioned table are
 * passed over where it has it already; with ONLY they are just asked (parse_utilcmd.c,
 * transformIndexConstraint; tablecmds.c, ATPrepSetNotNull and ATPrepAddPrimaryKey). */
static void
judge_key_children(LockCase *c, const SimRelation *table, const StringList *columns)
{
    bool partitioned = table->kind == RELATION_PARTITIONED_TABLE;
    if (partitioned ? all_not_null(table, columns) : c->op->only)
        return;
    RelationIdList below = {0};
    if (c->op->add_constraint.kind == CONSTRAINT_PRIMARY_KEY)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *child = schema_relation_by_id(c->schema, *id);
        lock_case_add(c, child, FACT_add_primary_key_child);
        if (!c->op->only)
            judge_key_columns(c, child, columns);
    }
}

static void
judge_using_index(LockCase *c, const SimRelation *table)
{
    const ConstraintDefinition *constraint = &c->op->add_constraint;
    QualifiedName name = {table->name.schema, constraint->using_index};
    const SimRelation *index = schema_find_relation(c->schema, name);
    lock_case_add(c, table, FACT_add_using_index);
    bool renames = constraint->name != NULL && strcmp(constraint->name, name.name) != 0;
    if (index != NULL)
        lock_case_add(c, index,
                      renames ? FACT_add_using_index_index : FACT_add_using_index_looked_at);
    if (constraint->kind != CONSTRAINT_PRIMARY_KEY)
        return;

    StringList columns = {0};
    if (index != NULL) {
        foreach (key, &index->index.keys) {
            if (key->column != NULL)
                LIST_APPEND(c->arena, &columns, key->column);
        }
    }
    judge_key_columns(c, table, &columns);
    judge_key_children(c, table, &columns);
    if (columns.count == 0) {
        lock_case_add(c, table, FACT_add_primary_key_scan);
        lock_case_doubt(c, table,
                        arena_printf(c->arena, "the columns of the index %s are not in the history",
                                     sql_qualified(c->arena, name)));
    }
}

static SimRelation
index_of_constraint(LockCase *c, const ConstraintDefinition *constraint)
{
    SimRelation model = {.kind = RELATION_INDEX};
    foreach (column, &constraint->columns)
        LIST_APPEND(c->arena, &model.index.keys, (IndexKey){.column = *column});
    model.index.including = constraint->including;
    model.index.predicate = constraint->expression;
    model.index.method = constraint->kind == CONSTRAINT_EXCLUDE ? "gist" : "btree";
    model.index.unique = constraint->kind != CONSTRAINT_EXCLUDE;
    return model;
}

static void
judge_index_constraint(LockCase *c, const SimRelation *table)
{
    const ConstraintDefinition *constraint = &c->op->add_constraint;
    if (constraint->using_index != NULL) {
        judge_using_index(c, table);
        return;
    }
    lock_case_add(c, table, FACT_add_index_constraint);
    if (constraint->kind == CONSTRAINT_PRIMARY_KEY)
        judge_key_columns(c, table, &constraint->columns);
    judge_key_children(c, table, &constraint->columns);
    if (c->op->only || table->kind != RELATION_PARTITIONED_TABLE)
        return;

    const SimRelation model = index_of_constraint(c, constraint);
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *partition = schema_relation_by_id(c->schema, *id);
        bool has = lock_find_part(c, partition, &model, &constraint->kind,
                                  FACT_add_index_constraint_part) != 0;
        lock_case_add(c, partition,
                      has ? FACT_add_index_constraint_child_has_17
                          : FACT_add_index_constraint_child_17);
        lock_case_add(c, partition,
                      has ? FACT_add_index_constraint_child_has_18
                          : FACT_add_index_constraint_child_18);
    }
}

static void
judge_foreign_key_table(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table,
                  is_checked(&c->op->add_constraint) ? FACT_add_foreign_key_scan
                                                     : FACT_add_foreign_key_not_valid);
}

static void
judge_foreign_key(LockCase *c, const SimRelation *table)
{
    const ConstraintDefinition *constraint = &c->op->add_constraint;
    LockFactId fact = is_checked(constraint) && lock_case_looks_up(c, table, &constraint->columns)
                          ? FACT_add_foreign_key_referenced_read
                          : FACT_add_foreign_key_referenced;
    judge_foreign_key_table(c, table);
    const SimRelation *referenced =
        lock_case_add_named(c, constraint->referenced, RELATION_TABLE, fact);
    if (is_checked(constraint))
        lock_case_add_check_indexes(c, table, referenced);
    if (referenced == NULL || referenced->assumed)
        lock_case_doubt(c, table,
                        arena_printf(c->arena,
                                     "whether %s has partitions, which would be locked too, is not "
                                     "in the history",
                                     sql_qualified(c->arena, constraint->referenced)));
    if (referenced != NULL && referenced->kind == RELATION_PARTITIONED_TABLE) {
        RelationIdList below = schema_descendants_of(c->arena, c->schema, referenced->id);
        lock_case_add_all(c, &below, fact);
    }
    if (table->kind == RELATION_PARTITIONED_TABLE)
        for_family(c, table, judge_foreign_key_table);
}

void
judge_add_constraint(LockCase *c, const SimRelation *table)
{
    switch (c->op->add_constraint.kind) {
    case CONSTRAINT_CHECK:
        judge_checks(c, table, 0);
        break;
    case CONSTRAINT_NOT_NULL:
        for_family(c, table, judge_not_null);
        break;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_EXCLUDE:
        judge_index_constraint(c, table);
        break;
    case CONSTRAINT_FOREIGN_KEY:
        judge_foreign_key(c, table);
        break;
    }
    lock_children_18(c, table);
}

/* ---- the others */

static void
judge_validate_reference(LockCase *c, const SimRelation *table, const SimConstraint *reference)
{
    bool looks_up = lock_case_looks_up(c, table, &reference->columns);
    lock_case_add_id(c, reference->referenced,
                     looks_up ? FACT_validate_referenced : FACT_validate_referenced_unread);
    lock_case_add_check_indexes(c, table, schema_relation_by_id(c->schema, reference->referenced));
    RelationIdList below = schema_descendants_of(c->arena, c->schema, reference->referenced);
    lock_case_add_all(c, &below, FACT_validate_referenced_partition);
}

static void
validate_one(LockCase *c, const SimRelation *table)
{
    const SimConstraint *constraint = relation_find_constraint(table, c->op->constraint.name);
    if (constraint != NULL && constraint->valid) {
        lock_case_add(c, table, FACT_validate_already);
        return;
    }
    lock_case_add(c, table, FACT_validate_scan);
    if (constraint == NULL)
        lock_case_doubt(c, table,
                        arena_printf(c->arena, "the constraint %s is not in the history",
                                     sql_ident(c->arena, c->op->constraint.name)));
    else if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
        judge_validate_reference(c, table, constraint);
}

/* A constraint that is valid is so below too. */
void
judge_validate(LockCase *c, const SimRelation *table)
{
    const SimConstraint *constraint = relation_find_constraint(table, c->op->constraint.name);
    validate_one(c, table);
    bool stays =
        constraint != NULL &&
        (constraint->valid || constraint->no_inherit ||
         (constraint->kind == CONSTRAINT_FOREIGN_KEY && table->kind != RELATION_PARTITIONED_TABLE));
    RelationIdList below = {0};
    if (!c->op->only && !stays)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below)
        validate_one(c, schema_relation_by_id(c->schema, *id));
}

static void
judge_key_users(LockCase *c, const SimRelation *table, const SimConstraint *key)
{
    RelationIdList tables = schema_referencing(c->arena, c->schema, table->id);
    foreach (id, &tables) {
        const SimRelation *other = schema_relation_by_id(c->schema, *id);
        foreach (constraint, &other->constraints) {
            if (constraint->referenced == table->id &&
                constraint->referenced_columns.count == key->columns.count)
                lock_case_add(c, other, FACT_drop_constraint_referencing);
        }
    }
}

/* The foreign keys to a partitioned table have triggers on its partitions too. */
static void
drop_reference(LockCase *c, RelationId referenced)
{
    const SimRelation *table = schema_relation_by_id(c->schema, referenced);
    lock_case_add_id(c, referenced, FACT_drop_constraint_referenced);
    if (table == NULL || table->kind != RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, referenced);
    lock_case_add_all(c, &below, FACT_drop_constraint_referenced);
}

/* ONLY leaves the CHECK of the tables below alone, but not them unlocked. */
/* Keys and foreign keys belong to one table, unless it is partitioned. */
static bool
goes_below(const SimRelation *table, const SimConstraint *constraint)
{
    bool is_inherited =
        constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_NOT_NULL;
    return is_inherited ? !constraint->no_inherit : table->kind == RELATION_PARTITIONED_TABLE;
}

/* IF EXISTS that finds nothing ends before it goes on below, but all partitions have been locked by
 * then (tablecmds.c, ATCheckPartitionsNotInUse). From 18 on it may find a NOT NULL, whose name the
 * server makes end so. */
static bool
finds_nothing(const LockCase *c, const SimRelation *table)
{
    return c->op->if_exists && table->columns_known && table->kind != RELATION_PARTITIONED_TABLE &&
           (c->version < 18 || strstr(c->op->constraint.name, "not_null") == NULL);
}

void
judge_drop_constraint(LockCase *c, const SimRelation *table)
{
    const SimConstraint *constraint = relation_find_constraint(table, c->op->constraint.name);
    lock_case_add(c, table, FACT_drop_constraint);
    if (constraint == NULL && finds_nothing(c, table))
        return;
    if (constraint == NULL || goes_below(table, constraint)) {
        RelationIdList below = c->op->only ? schema_children_of(c->arena, c->schema, table->id)
                                           : schema_descendants_of(c->arena, c->schema, table->id);
        lock_case_add_all(c, &below, FACT_drop_constraint_child);
    }
    /* From 18 on what is not known by its name is a NOT NULL, or else refused. */
    if (c->version >= 18 && (constraint == NULL || constraint->kind == CONSTRAINT_NOT_NULL) &&
        !c->op->if_exists) {
        RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
        lock_case_add_all(c, &indexes, FACT_drop_constraint_not_null);
    }
    if (constraint == NULL)
        return;
    lock_case_add_id(c, constraint->index, FACT_drop_constraint_index);
    RelationIdList parts = schema_descendants_of(c->arena, c->schema, constraint->index);
    lock_case_add_all(c, &parts, FACT_drop_constraint_index);
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
        drop_reference(c, constraint->referenced);
    else if (c->op->cascade && constraint->index != 0)
        judge_key_users(c, table, constraint);
}

void
judge_rename_constraint(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_rename_constraint);
    const SimConstraint *constraint = relation_find_constraint(table, c->op->rename.old_name);
    if (constraint == NULL)
        return;
    lock_case_add_id(c, constraint->index, FACT_rename_constraint_index);
    bool is_inherited =
        (constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_NOT_NULL) &&
        !constraint->no_inherit;
    RelationIdList below = {0};
    if (is_inherited && !c->op->only)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &below, FACT_rename_constraint_child);
}
