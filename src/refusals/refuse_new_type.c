/* SPDX-License-Identifier: MIT */
/* What stands on a column and does not work with its new type: ALTER COLUMN TYPE makes indexes and
 * constraints anew (tablecmds.c, ATPostAlterTypeCleanup()). */
#include <string.h>

#include "lockstep/formula.h"

#include "refusals/refusal_opclass.h"
#include "refusals/refusal_type.h"
#include "schema/coercion.h"
#include "schema/type_catalog.h"

/* ---- indexes */

static const char *
refuse_indexes(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        bool excludes = index->index.is_constraint && !index->index.unique;
        foreach (key, &index->index.keys) {
            if (key->column == NULL || strcmp(key->column, op->alter_type.column) != 0 ||
                index->index.method == NULL || key->opclass.name != NULL || excludes)
                continue;
            const char *refusal = refusal_of_opclass(c, index->index.method, (QualifiedName){0},
                                                     &op->alter_type.type);
            if (refusal != NULL)
                return refusal;
        }
    }
    return NULL;
}

/* ---- comparisons with constants */

/* The type of the constant as the server writes the expression down; NULL where the column is
 * written with a cast, or nothing is known. */
static const char *
constant_type(const CatalogType *old, const SqlFormula *value)
{
    static const char *const numbers[][2] = {
        {"int2",    "integer"         },
        {"int4",    "integer"         },
        {"int8",    "integer"         },
        {"numeric", "numeric"         },
        {"float8",  "double precision"},
    };
    if (value->type.name.name == NULL)
        return strcmp(old->name, "text") == 0 ? "text" : NULL;
    if (!value->value.is_integer)
        return NULL;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i][0], old->name) == 0)
            return numbers[i][1];
    }
    return NULL;
}

/* Whether no operator compares the new type with a constant of the old one. */
static bool
cannot_be_compared(const RefusalCase *c, const SqlType *type, bool with_number)
{
    static const char *const no_numbers[] = {"text",  "varchar",   "bpchar",     "bool",
                                             "uuid",  "date",      "json",       "jsonb",
                                             "bytea", "timestamp", "timestamptz"};
    static const char *const no_texts[] = {"int2",   "int4",      "int8",       "numeric",
                                           "float8", "bool",      "uuid",       "date",
                                           "json",   "timestamp", "timestamptz"};
    const SqlType base = coercion_base_type(c->schema, type);
    const char *const *names = with_number ? no_numbers : no_texts;
    const size_t count =
        with_number ? sizeof no_numbers / sizeof *no_numbers : sizeof no_texts / sizeof *no_texts;
    if (base.array_dimensions > 0)
        return false;
    if (schema_find_enum(c->schema, base.name) != NULL)
        return true;
    const CatalogType *known = type_catalog_find(base.name);
    for (size_t i = 0; known != NULL && i < count; i++) {
        if (strcmp(names[i], known->name) == 0)
            return true;
    }
    return false;
}

typedef struct NewType {
    const RefusalCase *c;
    const Op *op;
    const SimColumn *column;
    const CatalogType *old;
} NewType;

static const char *
refuse_comparison(const NewType *n, const SqlFormula *formula)
{
    static const char *const symbols[] = {
        [OPERATOR_LESS] = "<",           [OPERATOR_LESS_EQUAL] = "<=", [OPERATOR_EQUAL] = "=",
        [OPERATOR_GREATER_EQUAL] = ">=", [OPERATOR_GREATER] = ">",     [OPERATOR_NOT_EQUAL] = "<>"};
    const SqlFormula *left = formula->parts.items[0], *right = formula->parts.items[1];
    if (left->kind != FORMULA_COLUMN || right->kind != FORMULA_VALUE ||
        strcmp(left->name.name, n->column->name) != 0)
        return NULL;
    const char *constant = constant_type(n->old, right);
    if (constant == NULL ||
        !cannot_be_compared(n->c, &n->op->alter_type.type, right->value.is_integer))
        return NULL;
    return arena_printf(n->c->arena, "operator does not exist: %s %s %s",
                        coercion_type_name(n->c->arena, n->c->schema, &n->op->alter_type.type),
                        symbols[formula->op], constant);
}

static const char *
refuse_formula(const NewType *n, const SqlFormula *formula)
{
    const char *refusal = NULL;
    if (formula->kind == FORMULA_COMPARISON)
        refusal = refuse_comparison(n, formula);
    foreach (part, &formula->parts) {
        if (refusal == NULL)
            refusal = refuse_formula(n, *part);
    }
    return refusal;
}

/* The catalog has "price >= 0" as price >= (0)::numeric: that is no other comparison. */
static bool
casts_only_numbers(const SqlExpr *expression)
{
    foreach (type, &expression->casts) {
        const CatalogType *known = type_catalog_find(type->name);
        if (known == NULL || known->category != 'N' || type->array_dimensions > 0)
            return false;
    }
    return expression->column_casts.count == 0;
}

static const char *
refuse_expression(const RefusalCase *c, const Op *op, const SimColumn *column,
                  const SqlExpr *expression)
{
    const CatalogType *old =
        column->type.array_dimensions == 0 ? type_catalog_find(column->type.name) : NULL;
    if (expression == NULL || expression->formula == NULL || old == NULL ||
        !casts_only_numbers(expression))
        return NULL;
    return refuse_formula(&(NewType){c, op, column, old}, expression->formula);
}

static const char *
refuse_comparisons(const RefusalCase *c, const Op *op, const SimRelation *table,
                   const SimColumn *column)
{
    const char *refusal = NULL;
    foreach (constraint, &table->constraints) {
        if (refusal == NULL && constraint->kind == CONSTRAINT_CHECK)
            refusal = refuse_expression(c, op, column, constraint->expression);
    }
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        if (refusal == NULL)
            refusal = refuse_expression(c, op, column, index->index.predicate);
    }
    return refusal;
}

/* A statement that drops what stands in the way first is not looked into. */
static bool
drops_something(const RefusalCase *c)
{
    if (c->statement == NULL)
        return false;
    foreach (op, &c->statement->ops) {
        if (op->kind == OP_DROP_CONSTRAINT || op->kind == OP_DROP_COLUMN)
            return true;
    }
    return false;
}

const char *
refuse_what_new_type_breaks(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->saw_code ? NULL : c->target;
    const SimColumn *column =
        table != NULL ? relation_find_column(table, op->alter_type.column) : NULL;
    if (column == NULL || !column->type_known || column->type.name.name == NULL ||
        schema_has_casts(c->schema) || c->saw_methods || drops_something(c))
        return NULL;
    const char *refusal = refuse_indexes(c, op, table);
    return refusal != NULL ? refusal : refuse_comparisons(c, op, table, column);
}
