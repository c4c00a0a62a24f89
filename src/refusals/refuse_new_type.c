/* SPDX-License-Identifier: MIT */
/* What stands on a column and does not work with its new type: ALTER COLUMN TYPE makes indexes and
 * constraints anew (tablecmds.c, ATPostAlterTypeCleanup()). */
#include <string.h>

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
constant_type(const CatalogType *old, const SqlLimit *limit)
{
    static const char *const numbers[][2] = {
        {"int2",    "integer"         },
        {"int4",    "integer"         },
        {"int8",    "integer"         },
        {"numeric", "numeric"         },
        {"float8",  "double precision"},
    };
    if (!limit->value.is_integer)
        return strcmp(old->name, "text") == 0 ? "text" : NULL;
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

static const char *
refuse_limits(const RefusalCase *c, const Op *op, const SimColumn *column,
              const SqlExpr *expression)
{
    static const char *const symbols[] = {[LIMIT_LESS] = "<",
                                          [LIMIT_LESS_OR_EQUAL] = "<=",
                                          [LIMIT_EQUAL] = "=",
                                          [LIMIT_GREATER_OR_EQUAL] = ">=",
                                          [LIMIT_GREATER] = ">"};
    const CatalogType *old =
        column->type.array_dimensions == 0 ? type_catalog_find(column->type.name) : NULL;
    if (expression == NULL || old == NULL || expression->casts.count > 0)
        return NULL;
    foreach (limit, &expression->limits) {
        const char *constant = constant_type(old, limit);
        if (strcmp(limit->column, column->name) != 0 || constant == NULL ||
            !cannot_be_compared(c, &op->alter_type.type, limit->value.is_integer))
            continue;
        return arena_printf(c->arena, "operator does not exist: %s %s %s",
                            coercion_type_name(c->arena, c->schema, &op->alter_type.type),
                            symbols[limit->kind], constant);
    }
    return NULL;
}

static const char *
refuse_comparisons(const RefusalCase *c, const Op *op, const SimRelation *table,
                   const SimColumn *column)
{
    const char *refusal = NULL;
    foreach (constraint, &table->constraints) {
        if (refusal == NULL && constraint->kind == CONSTRAINT_CHECK)
            refusal = refuse_limits(c, op, column, constraint->expression);
    }
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        if (refusal == NULL)
            refusal = refuse_limits(c, op, column, index->index.predicate);
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
    const SimRelation *table = c->saw_code ? NULL : refusal_known(c, op->target);
    const SimColumn *column =
        table != NULL ? relation_find_column(table, op->alter_type.column) : NULL;
    if (column == NULL || !column->type_known || column->type.name.name == NULL ||
        schema_has_casts(c->schema) || c->saw_methods || drops_something(c))
        return NULL;
    const char *refusal = refuse_indexes(c, op, table);
    return refusal != NULL ? refusal : refuse_comparisons(c, op, table, column);
}
