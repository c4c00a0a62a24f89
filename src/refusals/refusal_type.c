/* SPDX-License-Identifier: MIT */
#include "refusals/refusal_type.h"

#include <string.h>
#include <strings.h>

#include "schema/coercion.h"
#include "schema/type_catalog.h"

typedef struct KnownResult {
    const char *call;
    const char *type;
} KnownResult;

/* What defaults call most: from the name to the end or the opening bracket. */
static const KnownResult results[] = {
    {"clock_timestamp()",     "timestamptz"},
    {"current_date",          "date"       },
    {"current_timestamp",     "timestamptz"},
    {"false",                 "bool"       },
    {"gen_random_uuid()",     "uuid"       },
    {"localtimestamp",        "timestamp"  },
    {"now()",                 "timestamptz"},
    {"random()",              "float8"     },
    {"statement_timestamp()", "timestamptz"},
    {"true",                  "bool"       },
};

static bool
named_type(const char *name, SqlType *out)
{
    *out = (SqlType){
        .name = {"pg_catalog", name},
          .modifiers_known = true
    };
    return true;
}

/* parse_node.c, make_const() */
static bool
number_type(const char *text, SqlType *out)
{
    enum { DIGITS_OF_INT4 = 9 };
    if (*text == '-' || *text == '+')
        text++;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0)
        return false;
    if (text[digits] == '\0')
        return digits <= DIGITS_OF_INT4 && named_type("int4", out);
    return text[digits] == '.' &&
           text[digits + 1 + strspn(text + digits + 1, "0123456789")] == '\0' &&
           named_type("numeric", out);
}

static bool
is_one_string(const char *text)
{
    const char *end = text + 1;
    if (*text != '\'')
        return false;
    while ((end = strchr(end, '\'')) != NULL && end[1] == '\'')
        end += 2;
    return end != NULL && end[1] == '\0';
}

bool
refusal_expression_type(const SqlExpr *expression, const SqlType *column, SqlType *out)
{
    const char *text = expression->text;
    if (expression->has_subquery || expression->is_null_constant)
        return false;
    if (expression->is_constant && expression->casts.count == 1 && *text == '\'') {
        *out = expression->casts.items[0];
        return true;
    }
    if (expression->casts.count > 0)
        return false;
    if (is_one_string(text)) {
        *out = *column;
        return true;
    }
    if (expression->is_constant && number_type(text, out))
        return true;
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        if (strcasecmp(results[i].call, text) == 0)
            return named_type(results[i].type, out);
    }
    return strncasecmp(text, "nextval(", 8) == 0 && strchr(text, ')') != NULL &&
           strchr(text, ')')[1] == '\0' && named_type("int8", out);
}

/* Most columns get what they are made of. */
static bool
is_same(const SqlType *a, const SqlType *b)
{
    return text_equals_or_null(a->name.name, b->name.name) &&
           text_equals_or_null(a->name.schema, b->name.schema) &&
           (a->array_dimensions > 0) == (b->array_dimensions > 0);
}

bool
refusal_cannot_assign(const RefusalCase *c, const SqlType *from, const SqlType *to)
{
    return !is_same(from, to) &&
           coercion_find(c->schema, from, to, COERCE_IN_ASSIGNMENT, c->pg_version) == COERCION_NONE;
}

bool
refusal_cannot_cast(const RefusalCase *c, const SqlType *from, const SqlType *to)
{
    return !is_same(from, to) &&
           coercion_find(c->schema, from, to, COERCE_EXPLICITLY, c->pg_version) == COERCION_NONE;
}

bool
refusal_is_uncollatable(const RefusalCase *c, const SqlType *type)
{
    SqlType base = coercion_base_type(c->schema, type);
    const CatalogType *known = type_catalog_find(base.name);
    if (schema_find_enum(c->schema, base.name) != NULL)
        return base.array_dimensions == 0;
    return known != NULL && !known->collatable;
}

bool
refusal_may_be_identity(const SqlType *type)
{
    static const char *const names[] = {"int2", "int4", "int8"};
    return type->array_dimensions == 0 && TEXT_IS_ONE_OF(type->name.name, names);
}
