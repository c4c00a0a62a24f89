/* SPDX-License-Identifier: MIT */
#include "refusals/refusal_expression.h"

#include <string.h>

#include "schema/coercion.h"
#include "schema/type_catalog.h"
#include "schema/volatility.h"

/* parse_expr.c, transformSubLink(); parse_agg.c, check_agglevels_and_constraints() and
 * transformWindowFuncCall(); parse_func.c, check_srf_call_placement() */
typedef struct PlaceRow {
    const char *one;      /* "cannot use subquery in …"; NULL where it may have one */
    const char *several;  /* "aggregate functions are not allowed in …" */
    const char *argument; /* "argument of … must be type boolean"; NULL for any type */
} PlaceRow;

static const PlaceRow places[] = {
    [PLACE_DEFAULT] = {"DEFAULT expression",           "DEFAULT expressions",           NULL    },
    [PLACE_CHECK] = {"check constraint",             "check constraints",             "CHECK" },
    [PLACE_GENERATION] = {"column generation expression", "column generation expressions", NULL    },
    [PLACE_INDEX] = {"index expression",             "index expressions",             NULL    },
    [PLACE_PREDICATE] = {"index predicate",              "index predicates",              "WHERE" },
    [PLACE_PARTITION_KEY] = {"partition key expression",     "partition key expressions",     NULL    },
    [PLACE_USING] = {"transform expression",         "transform expressions",         NULL    },
    [PLACE_TRIGGER] = {"trigger WHEN condition",       "trigger WHEN conditions",       "WHEN"  },
    [PLACE_POLICY] = {NULL,                           "policy expressions",            "POLICY"},
};

ExpressionScope
refusal_scope(const SimRelation *table)
{
    return (ExpressionScope){
        .table = table, .name = table->name.name, .all_known = table->columns_known};
}

ExpressionScope
refusal_scope_of_new(const RefusalCase *c, const Op *op)
{
    const NameList *parents = &op->create_table.inherits;
    ExpressionScope scope = {.columns = &op->create_table.columns, .name = op->target.name};
    QualifiedName parent = op->create_table.partition_of;
    if (parents->count == 1)
        parent = parents->items[0];
    scope.table = parent.name != NULL ? refusal_known(c, parent) : NULL;
    bool knows_parents =
        parents->count <= 1 &&
        (parent.name == NULL || (scope.table != NULL && scope.table->columns_known));
    scope.all_known =
        knows_parents && op->create_table.like.count == 0 && op->create_table.of_type.name == NULL;
    return scope;
}

/* ---- columns */

static const ColumnDefinition *
find_new(const ExpressionScope *scope, const char *name)
{
    if (scope->added != NULL && text_equals(scope->added->name, name))
        return scope->added;
    if (scope->columns == NULL)
        return NULL;
    foreach (column, scope->columns) {
        if (text_equals(column->name, name))
            return column;
    }
    return NULL;
}

const SqlType *
refusal_type_in(const ExpressionScope *scope, const char *name)
{
    const ColumnDefinition *new = find_new(scope, name);
    if (new != NULL)
        return new->type.name.name != NULL ? &new->type : NULL;
    const SimColumn *column =
        scope->table != NULL ? relation_find_column(scope->table, name) : NULL;
    return column != NULL && column->type_known && column->type.name.name != NULL ? &column->type
                                                                                  : NULL;
}

/* ALTER TABLE adds columns before everything else that stands behind them or before
 * (tablecmds.c, ATRewriteCatalogs()). */
static bool
is_made_beside(const RefusalCase *c, const char *name)
{
    if (c->statement == NULL)
        return false;
    foreach (op, &c->statement->ops) {
        if (op->kind == OP_ADD_COLUMN && text_equals(op->add_column.name, name))
            return true;
    }
    return false;
}

bool
refusal_lacks(const RefusalCase *c, const ExpressionScope *scope, const char *name)
{
    bool has = find_new(scope, name) != NULL ||
               (scope->table != NULL && relation_find_column(scope->table, name) != NULL);
    return !has && scope->all_known && !c->saw_code && !refusal_is_system_column(name) &&
           !is_made_beside(c, name);
}

/* A name that is no column may be the row as a whole, or a function of it. */
static const char *
refuse_columns(const RefusalCase *c, const ExpressionScope *scope, const SqlExpr *expression)
{
    foreach (name, &expression->columns) {
        bool is_row = scope->name != NULL && text_equals(scope->name, *name);
        if (!is_row && refusal_lacks(c, scope, *name) &&
            schema_find_function(c->schema, (QualifiedName){NULL, *name}) == NULL)
            return arena_printf(c->arena, "column \"%s\" does not exist", *name);
    }
    return NULL;
}

/* ---- functions */

static const char *
refuse_kinds(const RefusalCase *c, const SqlExpr *expression, const PlaceRow *place)
{
    foreach (name, &expression->functions) {
        switch (function_kind(c->schema, *name)) {
        case FUNCTION_AGGREGATE:
            return arena_printf(c->arena, "aggregate functions are not allowed in %s",
                                place->several);
        case FUNCTION_WINDOW:
            return arena_printf(c->arena, "window functions are not allowed in %s", place->several);
        case FUNCTION_OF_SETS:
            return arena_printf(c->arena, "set-returning functions are not allowed in %s",
                                place->several);
        case FUNCTION_OTHER:
            break;
        }
    }
    return NULL;
}

/* A type's name may be called as well. */
static bool
is_type(const RefusalCase *c, QualifiedName name)
{
    return type_catalog_find(name) != NULL || schema_find_enum(c->schema, name) != NULL ||
           schema_find_domain(c->schema, name) != NULL ||
           schema_find_composite(c->schema, name) != NULL ||
           schema_find_relation(c->schema, name) != NULL;
}

static bool
may_be_of_system(QualifiedName name)
{
    return strncmp(name.name, "pg_", 3) == 0 ||
           (name.schema != NULL && (strncmp(name.schema, "pg_", 3) == 0 ||
                                    text_equals(name.schema, "information_schema")));
}

/* parse_func.c, ParseFuncOrColumn() */
const char *
refusal_of_functions(const RefusalCase *c, const NameList *functions)
{
    if (!c->knows_all || c->saw_code || c->saw_extension || c->saw_methods)
        return NULL;
    foreach (name, functions) {
        if (name->name == NULL || function_is_built_in(name->name) || may_be_of_system(*name) ||
            is_type(c, *name) || schema_find_function(c->schema, *name) != NULL)
            continue;
        return arena_printf(c->arena, "function %s() does not exist", name->name);
    }
    return NULL;
}

/* ---- what changes by itself */

static bool
is_string(const CatalogType *type)
{
    return type != NULL && type->category == 'S';
}

/* pg_cast and pg_proc; through text, it is the input and output functions that count. */
static bool
is_mutable_cast(const RefusalCase *c, const SqlType *from, const SqlType *to)
{
    static const char *const casts[][2] = {
        {"date",        "timestamptz"},
        {"timestamp",   "timestamptz"},
        {"timestamptz", "date"       },
        {"timestamptz", "time"       },
        {"timestamptz", "timestamp"  },
        {"timestamptz", "timetz"     },
        {"time",        "timetz"     },
    };
    static const char *const spoken[] = {"date", "timestamp", "timestamptz"};
    if (from == NULL || from->array_dimensions > 0 || to->array_dimensions > 0)
        return false;
    const SqlType base = coercion_base_type(c->schema, from);
    const CatalogType *source = type_catalog_find(base.name);
    const CatalogType *target = type_catalog_find(to->name);
    bool from_enum = schema_find_enum(c->schema, base.name) != NULL;
    bool to_enum = schema_find_enum(c->schema, to->name) != NULL;
    if (schema_has_casts(c->schema) || (from_enum && to_enum))
        return false;
    if (from_enum || to_enum)
        return is_string(from_enum ? target : source);
    if (source == NULL || target == NULL)
        return false;
    for (size_t i = 0; i < sizeof casts / sizeof *casts; i++) {
        if (text_equals(casts[i][0], source->name) && text_equals(casts[i][1], target->name))
            return true;
    }
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
        if ((is_string(source) && text_equals(spoken[i], target->name)) ||
            (is_string(target) && text_equals(spoken[i], source->name)))
            return true;
    }
    return false;
}

/* Where there are overloads, another one may be meant. The body of a function in SQL counts, not
 * what the function says of itself (clauses.c, inline_function): that is not looked into here. */
static bool
is_own_mutable(const RefusalCase *c, QualifiedName name)
{
    const SimFunction *own = schema_find_function(c->schema, name);
    return own != NULL && own->overload == NULL && own->language != NULL &&
           !text_equals(own->language, "sql") &&
           (own->volatility == VOLATILITY_VOLATILE || own->volatility == VOLATILITY_STABLE);
}

bool
refusal_is_mutable(const RefusalCase *c, const ExpressionScope *scope, const SqlExpr *expression)
{
    if (expression == NULL || expression->has_subquery)
        return false;
    if (expression->asks_session)
        return true;
    foreach (name, &expression->functions) {
        if (function_is_mutable(c->schema, *name) || is_own_mutable(c, *name))
            return true;
    }
    foreach (cast, &expression->column_casts) {
        if (is_mutable_cast(c, refusal_type_in(scope, cast->column), &cast->type))
            return true;
    }
    return false;
}

/* ---- the whole */

/* parse_coerce.c, coerce_to_boolean(): of an expression that is nothing but a column. */
static const char *
refuse_argument(const RefusalCase *c, const ExpressionScope *scope, const SqlExpr *expression,
                const char *argument)
{
    bool is_column = argument != NULL && expression->columns.count == 1 &&
                     text_equals(expression->columns.items[0], expression->text);
    const SqlType *type = is_column ? refusal_type_in(scope, expression->text) : NULL;
    if (type == NULL)
        return NULL;
    const SqlType base = coercion_base_type(c->schema, type);
    const CatalogType *known = type_catalog_find(base.name);
    if (base.array_dimensions == 0 && (known == NULL || text_equals(known->name, "bool")))
        return NULL;
    return arena_printf(c->arena, "argument of %s must be type boolean, not type %s", argument,
                        coercion_type_name(c->arena, c->schema, type));
}

const char *
refusal_of_expression(const RefusalCase *c, const ExpressionScope *scope, const SqlExpr *expression,
                      ExpressionPlace place)
{
    if (expression == NULL)
        return NULL;
    const PlaceRow *row = &places[place];
    if (expression->has_subquery)
        return row->one == NULL ? NULL
                                : arena_printf(c->arena, "cannot use subquery in %s", row->one);
    const char *refusal = refuse_kinds(c, expression, row);
    if (refusal == NULL && place != PLACE_DEFAULT && place != PLACE_TRIGGER)
        refusal = refuse_columns(c, scope, expression);
    if (refusal == NULL)
        refusal = refusal_of_functions(c, &expression->functions);
    if (refusal == NULL)
        refusal = refuse_argument(c, scope, expression, row->argument);
    return refusal;
}
