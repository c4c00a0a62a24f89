/* SPDX-License-Identifier: MIT */
/* Expressions and keys of constraints, indexes and partitioned tables. */

#include "refusals/refusal_expression.h"
#include "refusals/refusal_opclass.h"
#include "refusals/refusal_type.h"
#include "schema/coercion.h"

enum { MOST_KEYS = 32 }; /* INDEX_MAX_KEYS */

/* ---- constraints */

static const char *
refuse_twice(const RefusalCase *c, const ConstraintDefinition *key)
{
    foreach (name, &key->columns) {
        for (const char *const *other = key->columns.items; other < name; other++) {
            if (text_equals(*other, *name))
                return arena_printf(c->arena, "column \"%s\" appears twice in %s constraint", *name,
                                    key->kind == CONSTRAINT_PRIMARY_KEY ? "primary key" : "unique");
        }
    }
    return NULL;
}

/* parse_utilcmd.c, transformIndexConstraint(); indexcmds.c, ComputeIndexAttrs() */
static const char *
refuse_key_columns(const RefusalCase *c, const ExpressionScope *scope,
                   const ConstraintDefinition *key)
{
    const bool is_btree = key->kind != CONSTRAINT_EXCLUDE && !key->without_overlaps;
    const char *refusal = is_btree ? refuse_twice(c, key) : NULL;
    foreach (name, &key->columns) {
        if (refusal == NULL && refusal_lacks(c, scope, *name))
            refusal = arena_printf(c->arena, "column \"%s\" named in key does not exist", *name);
        const SqlType *type = refusal_type_in(scope, *name);
        if (refusal == NULL && type != NULL && is_btree)
            refusal = refusal_of_opclass(c, "btree", (QualifiedName){0}, type);
    }
    foreach (name, &key->including) {
        if (refusal == NULL && refusal_lacks(c, scope, *name))
            refusal = arena_printf(c->arena, "column \"%s\" named in key does not exist", *name);
    }
    return refusal;
}

/* heap.c, cookConstraint(); parse_relation.c, scanNSItemForColumn() */
static const char *
refuse_check(const RefusalCase *c, const ExpressionScope *scope, const SqlExpr *expression)
{
    if (expression == NULL)
        return NULL;
    foreach (name, &expression->columns) {
        if (refusal_is_system_column(*name) && !text_equals(*name, "tableoid") &&
            !expression->has_subquery)
            return arena_printf(
                c->arena, "system column \"%s\" reference in check constraint is invalid", *name);
    }
    return refusal_of_expression(c, scope, expression, PLACE_CHECK);
}

static const char *
refuse_constraint(const RefusalCase *c, const ExpressionScope *scope,
                  const ConstraintDefinition *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_CHECK:
        return refuse_check(c, scope, constraint->expression);
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
        return refuse_key_columns(c, scope, constraint);
    case CONSTRAINT_EXCLUDE: {
        const char *refusal = refuse_key_columns(c, scope, constraint);
        return refusal != NULL
                   ? refusal
                   : refusal_of_expression(c, scope, constraint->expression, PLACE_PREDICATE);
    }
    case CONSTRAINT_NOT_NULL:
    case CONSTRAINT_FOREIGN_KEY:
        break;
    }
    return NULL;
}

const char *
refusal_of_constraints(const RefusalCase *c, const ExpressionScope *scope,
                       const ConstraintList *constraints)
{
    const char *refusal = NULL;
    foreach (constraint, constraints) {
        if (refusal == NULL)
            refusal = refuse_constraint(c, scope, constraint);
    }
    return refusal;
}

const char *
refuse_constraint_expression(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || op->add_constraint.using_index != NULL)
        return NULL;
    const ExpressionScope scope = refusal_scope(table);
    return refuse_constraint(c, &scope, &op->add_constraint);
}

/* VALUE is a column to the parser. */
const char *
refuse_domain_expression(const RefusalCase *c, const Op *op)
{
    const ExpressionScope scope = {.name = "value", .all_known = true};
    const char *refusal = NULL;
    foreach (constraint, &op->domain.constraints) {
        if (refusal == NULL && constraint->kind == CONSTRAINT_CHECK)
            refusal = refusal_of_expression(c, &scope, constraint->expression, PLACE_CHECK);
    }
    if (refusal == NULL && op->domain.default_value != NULL)
        refusal = refusal_of_expression(c, &scope, op->domain.default_value, PLACE_DEFAULT);
    return refusal;
}

/* ---- CREATE TABLE */

/* parse_utilcmd.c, transformIndexConstraints() */
static const char *
refuse_primary_keys(const RefusalCase *c, const Op *op)
{
    int count = 0;
    foreach (constraint, &op->create_table.constraints)
        count += constraint->kind == CONSTRAINT_PRIMARY_KEY;
    foreach (column, &op->create_table.columns) {
        foreach (constraint, &column->constraints)
            count += constraint->kind == CONSTRAINT_PRIMARY_KEY;
    }
    return count <= 1
               ? NULL
               : arena_printf(c->arena, "multiple primary keys for table \"%s\" are not allowed",
                              op->target.name);
}

static const char *
refuse_names_twice(const RefusalCase *c, const Op *op)
{
    foreach (constraint, &op->create_table.constraints) {
        for (const ConstraintDefinition *other = op->create_table.constraints.items;
             other < constraint; other++) {
            if (constraint->name == NULL || other->name == NULL ||
                !text_equals(other->name, constraint->name))
                continue;
            if (other->kind == CONSTRAINT_CHECK && constraint->kind == CONSTRAINT_CHECK)
                return arena_printf(c->arena, "check constraint \"%s\" already exists",
                                    constraint->name);
            return arena_printf(c->arena, "constraint \"%s\" for relation \"%s\" already exists",
                                constraint->name, op->target.name);
        }
    }
    return NULL;
}

static const char *
refuse_referring_columns(const RefusalCase *c, const Op *op, const ExpressionScope *scope)
{
    foreach (constraint, &op->create_table.constraints) {
        if (constraint->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        foreach (name, &constraint->columns) {
            if (refusal_lacks(c, scope, *name))
                return arena_printf(
                    c->arena, "column \"%s\" referenced in foreign key constraint does not exist",
                    *name);
        }
    }
    return NULL;
}

/* tablecmds.c, DefineRelation(); heap.c, AddRelationNewConstraints() */
const char *
refuse_table_constraints(const RefusalCase *c, const Op *op)
{
    if (c->found != NULL || op->create_table.is_foreign)
        return NULL;
    const ExpressionScope scope = refusal_scope_of_new(c, op);
    const char *refusal = refuse_primary_keys(c, op);
    if (refusal == NULL)
        refusal = refuse_names_twice(c, op);
    if (refusal == NULL)
        refusal = refusal_of_constraints(c, &scope, &op->create_table.constraints);
    if (refusal == NULL)
        refusal = refuse_referring_columns(c, op, &scope);
    return refusal;
}

/* ---- PARTITION BY */

static bool
is_generated(const Op *op, const char *name)
{
    foreach (column, &op->create_table.columns) {
        if (text_equals(column->name, name) && column->generated_as != NULL)
            return true;
    }
    return false;
}

static const char *
refuse_split_expression(const RefusalCase *c, const Op *op, const ExpressionScope *scope,
                        const SqlExpr *expression)
{
    foreach (name, &expression->columns) {
        if (is_generated(op, *name))
            return "cannot use generated column in partition key";
    }
    const char *refusal = refusal_of_expression(c, scope, expression, PLACE_PARTITION_KEY);
    if (refusal == NULL && refusal_is_mutable(c, scope, expression))
        refusal = "functions in partition key expression must be marked IMMUTABLE";
    if (refusal == NULL && expression->is_constant)
        refusal = "cannot use constant expression as partition key";
    return refusal;
}

/* tablecmds.c, ComputePartitionAttrs() */
const char *
refuse_split_key(const RefusalCase *c, const Op *op)
{
    const SplitKey *split = &op->create_table.partition_key;
    if (!op->create_table.is_partitioned || c->found != NULL)
        return NULL;
    const ExpressionScope scope = refusal_scope_of_new(c, op);
    const char *method = split->strategy == SPLIT_HASH ? "hash" : "btree";
    foreach (key, &split->keys) {
        if (key->column == NULL && key->expression != NULL) {
            const char *refusal = refuse_split_expression(c, op, &scope, key->expression);
            if (refusal != NULL)
                return refusal;
            continue;
        }
        if (key->column == NULL)
            continue;
        if (refusal_is_system_column(key->column))
            return arena_printf(c->arena, "cannot use system column \"%s\" in partition key",
                                key->column);
        if (refusal_lacks(c, &scope, key->column))
            return arena_printf(c->arena, "column \"%s\" named in partition key does not exist",
                                key->column);
        if (is_generated(op, key->column))
            return "cannot use generated column in partition key";
        const SqlType *type = refusal_type_in(&scope, key->column);
        const char *refusal =
            type != NULL ? refusal_of_opclass(c, method, key->opclass, type) : NULL;
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

/* ---- CREATE INDEX */

/* indexcmds.c, ComputeIndexAttrs() */
const char *
refuse_index_keys(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || op->create_index.method == NULL)
        return NULL;
    if (op->create_index.keys.count + op->create_index.including.count > MOST_KEYS)
        return arena_printf(c->arena, "cannot use more than %d columns in an index", MOST_KEYS);
    const ExpressionScope scope = refusal_scope(table);
    foreach (key, &op->create_index.keys) {
        const SqlType *type = key->column != NULL ? refusal_type_in(&scope, key->column) : NULL;
        if (refusal_is_system_column(key->column))
            return "index creation on system columns is not supported";
        if (type != NULL && key->collation.name != NULL && refusal_is_uncollatable(c, type))
            return arena_printf(c->arena, "collations are not supported by type %s",
                                coercion_type_name(c->arena, c->schema, type));
        const char *refusal = NULL;
        if (type != NULL || key->column == NULL)
            refusal = refusal_of_opclass(c, op->create_index.method, key->opclass, type);
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

/* indexcmds.c, DefineIndex(), ComputeIndexAttrs() and CheckPredicate() */
const char *
refuse_index_expression(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL)
        return NULL;
    const ExpressionScope scope = refusal_scope(table);
    const SqlExpr *predicate = op->create_index.predicate;
    const char *refusal = refusal_of_expression(c, &scope, predicate, PLACE_PREDICATE);
    if (refusal == NULL && refusal_is_mutable(c, &scope, predicate))
        refusal = "functions in index predicate must be marked IMMUTABLE";
    foreach (key, &op->create_index.keys) {
        if (refusal == NULL)
            refusal = refusal_of_expression(c, &scope, key->expression, PLACE_INDEX);
        if (refusal == NULL && refusal_is_mutable(c, &scope, key->expression))
            refusal = "functions in index expression must be marked IMMUTABLE";
    }
    return refusal;
}

/* ---- ALTER COLUMN TYPE … USING */

/* parse_utilcmd.c, transformAlterTableStmt() */
const char *
refuse_using_expression(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL)
        return NULL;
    const ExpressionScope scope = refusal_scope(table);
    const SqlExpr *using = op->alter_type.using;
    /* tablecmds.c, ATPrepAlterColumnType() */
    if (using != NULL && table->kind == RELATION_FOREIGN_TABLE)
        return arena_printf(c->arena, "\"%s\" is not a table", table->name.name);
    const char *refusal = refusal_of_expression(c, &scope, using, PLACE_USING);
    const SqlType *from =
        refusal == NULL && using != NULL ? refusal_type_in(&scope, using->text) : NULL;
    if (from != NULL && refusal_cannot_assign(c, from, &op->alter_type.type))
        refusal = arena_printf(
            c->arena,
            "result of USING clause for column \"%s\" cannot be cast automatically to type %s",
            op->alter_type.column, coercion_type_name(c->arena, c->schema, &op->alter_type.type));
    return refusal;
}
