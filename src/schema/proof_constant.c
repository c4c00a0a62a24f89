/* SPDX-License-Identifier: MIT */
#include "schema/proof_constant.h"

#include <string.h>

#include "schema/coercion.h"
#include "schema/formula.h"
#include "schema/value_order.h"

/* ---- types */

/* Types whose operators are in one family of btree operators that compares them with each other
 * (pg_amop), or whose constants are cast implicitly to the other's before. timestamptz is compared
 * with dates in the session's time zone, so that nothing is proven. */
static const char *const mates[][2] = {
    {"int2",      "int4"     },
    {"int2",      "int8"     },
    {"int4",      "int2"     },
    {"int4",      "int8"     },
    {"int8",      "int2"     },
    {"int8",      "int4"     },
    {"numeric",   "int2"     },
    {"numeric",   "int4"     },
    {"numeric",   "int8"     },
    {"float4",    "int2"     },
    {"float4",    "int4"     },
    {"float4",    "int8"     },
    {"float4",    "numeric"  },
    {"float4",    "float8"   },
    {"float8",    "int2"     },
    {"float8",    "int4"     },
    {"float8",    "int8"     },
    {"float8",    "numeric"  },
    {"float8",    "float4"   },
    {"date",      "timestamp"},
    {"timestamp", "date"     },
    {"text",      "varchar"  },
    {"varchar",   "text"     },
};

/* NULL for a type of the history's own, and for arrays. */
static const char *
built_in_name(const SqlType *type)
{
    bool is_own = type->name.schema != NULL && strcmp(type->name.schema, "pg_catalog") != 0;
    return is_own || type->array_dimensions > 0 ? NULL : type->name.name;
}

static bool
are_mates(const char *column, const char *constant)
{
    for (size_t i = 0; i < sizeof mates / sizeof *mates; i++) {
        if (strcmp(mates[i][0], column) == 0 && strcmp(mates[i][1], constant) == 0)
            return true;
    }
    return strcmp(column, constant) == 0;
}

static bool
is_text(const char *name)
{
    return name != NULL && (strcmp(name, "text") == 0 || strcmp(name, "varchar") == 0);
}

/* The type of an expression, below domains; name.name is NULL where it is not known. */
static SqlType
type_of(const Schema *schema, const SimRelation *relation, const SqlFormula *expression)
{
    const SimColumn *column = NULL;
    if (expression->kind == FORMULA_COLUMN)
        column = relation_find_column(relation, expression->name.name);
    return column != NULL && column->type_known ? coercion_base_type(schema, &column->type)
                                                : (SqlType){0};
}

const SqlFormula *
proof_bare(const Schema *schema, const SimRelation *relation, const SqlFormula *expression,
           bool in_comparison)
{
    if (expression->kind != FORMULA_CAST)
        return expression;
    const SqlFormula *inner =
        proof_bare(schema, relation, expression->parts.items[0], in_comparison);
    const SqlType type = type_of(schema, relation, inner);
    const char *from = built_in_name(&type);
    const char *to = built_in_name(&expression->type);
    if (from == NULL || to == NULL)
        return expression;
    if (expression->type.modifier_count > 0)
        return formula_is_same_type(&type, &expression->type) ? inner : expression;
    bool is_same = strcmp(from, to) == 0 && (type.modifier_count == 0 || in_comparison);
    bool is_relabelled = in_comparison && is_text(from) && is_text(to);
    return is_same || is_relabelled ? inner : expression;
}

/* ---- constants */

static bool
is_literal(const SqlFormula *value)
{
    return value->type.name.name == NULL;
}

static bool
is_date_alone(const char *text)
{
    enum { LENGTH = 10 };
    return strlen(text) == LENGTH;
}

/* In what type the two are compared; name.name is NULL where the column is cast, or values are
 * rounded on the way. */
static SqlType
common_type(const SqlType *column, const SqlFormula *wanted, const SqlFormula *given)
{
    const char *own = built_in_name(column);
    const char *other = built_in_name(&given->type);
    bool is_of_it = given->type.modifier_count == 0 && formula_is_same_type(column, &given->type);
    if (is_literal(given) || is_of_it)
        return *column;
    if (own == NULL || other == NULL || given->type.modifier_count > 0 || !are_mates(own, other))
        return (SqlType){0};
    bool is_float4 = strcmp(own, "float4") == 0 || strcmp(other, "float4") == 0;
    if (is_float4 &&
        (strchr(wanted->value.text, '.') != NULL || strchr(given->value.text, '.') != NULL))
        return (SqlType){0};
    if (strcmp(other, "date") == 0 && !is_date_alone(given->value.text))
        return (SqlType){0};
    bool as_timestamp = strcmp(own, "date") == 0 && strcmp(other, "timestamp") == 0;
    if (as_timestamp && !is_date_alone(wanted->value.text))
        return (SqlType){0};
    return as_timestamp ? given->type : *column;
}

/* Of an expression of which nobody knows the type: whole numbers are so in every type of numbers.
 */
static bool
compare_untyped(const Schema *schema, const SqlFormula *wanted, const SqlFormula *given, int *order)
{
    bool are_literals = is_literal(given) && !wanted->value.is_integer;
    bool are_numbers = wanted->value.is_integer && given->value.is_integer;
    *order = 0;
    if (are_numbers)
        return value_compare(schema, NULL, &wanted->value, &given->value, order);
    return are_literals && value_is_same(schema, NULL, &wanted->value, &given->value);
}

bool
proof_compare(const Schema *schema, const SimRelation *relation, const SqlFormula *expression,
              const SqlFormula *wanted, const SqlFormula *given, int *order)
{
    const SqlType column = type_of(schema, relation, expression);
    if (wanted->value.text == NULL || given->value.text == NULL)
        return false;
    if (column.name.name == NULL)
        return compare_untyped(schema, wanted, given, order);
    const SqlType type = common_type(&column, wanted, given);
    if (type.name.name == NULL)
        return false;
    *order = 0;
    return value_compare(schema, &type, &wanted->value, &given->value, order) ||
           value_is_same(schema, &type, &wanted->value, &given->value);
}
