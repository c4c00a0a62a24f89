/* SPDX-License-Identifier: MIT */
#include "schema/coercion.h"

#include <string.h>

#include "schema/type_catalog.h"

enum { DOMAIN_DEPTH = 32 };

SqlType
coercion_base_type(const Schema *schema, const SqlType *type)
{
    SqlType base = *type;
    for (int i = 0; i < DOMAIN_DEPTH && base.array_dimensions == 0; i++) {
        const SimDomain *domain = schema_find_domain(schema, base.name);
        if (domain == NULL)
            break;
        base = domain->base;
    }
    return base;
}

/* ---- what is known of a type */

/* One type, domains taken off. */
typedef struct Side {
    const char *name; /* in pg_catalog; else the name of an enum or composite type */
    const char *schema;
    char category; /* 0: nothing is known of the type */
    bool is_built_in;
} Side;

static Side
look_at(const Schema *schema, QualifiedName name, int pg_version)
{
    const SimEnum *enumeration = schema_find_enum(schema, name);
    if (enumeration != NULL)
        return (Side){enumeration->name.name, enumeration->name.schema, 'E', false};
    const SimComposite *composite = schema_find_composite(schema, name);
    if (composite != NULL)
        return (Side){composite->name.name, composite->name.schema, 'C', false};
    const CatalogType *type = type_catalog_find(name);
    if (type == NULL)
        return (Side){0};
    /* "char" was a string until 15 took it out. */
    bool is_char = strcmp(type->name, "char") == 0;
    char category = is_char && pg_version < 15 ? 'S' : type->category;
    return (Side){type->name, "pg_catalog", category, true};
}

static bool
is_same(const Side *a, const Side *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->schema, b->schema) == 0;
}

static bool
allows(char written, CoercionContext context)
{
    switch (context) {
    case COERCE_IMPLICITLY:
        return written == 'i';
    case COERCE_IN_ASSIGNMENT:
        return written == 'i' || written == 'a';
    case COERCE_EXPLICITLY:
        return true;
    }
    return false;
}

static Coercion
way_of(char method)
{
    return method == 'b' ? COERCION_RELABEL
                         : (method == 'f' ? COERCION_FUNCTION : COERCION_THROUGH_TEXT);
}

static Coercion
find_between(const Schema *schema, const Side *from, const Side *to, CoercionContext context,
             int pg_version)
{
    if (is_same(from, to))
        return COERCION_RELABEL;
    if (from->is_built_in && to->is_built_in) {
        const CatalogCast *cast = type_catalog_cast(from->name, to->name, pg_version);
        if (cast != NULL)
            return allows(cast->context, context) ? way_of(cast->method) : COERCION_NONE;
    }
    if (schema_has_casts(schema))
        return COERCION_UNKNOWN;
    if (context != COERCE_IMPLICITLY && to->category == 'S')
        return COERCION_THROUGH_TEXT;
    if (context == COERCE_EXPLICITLY && from->category == 'S')
        return COERCION_THROUGH_TEXT;
    return COERCION_NONE;
}

static SqlType
element_of(const SqlType *type)
{
    SqlType element = *type;
    element.array_dimensions = 0;
    return element;
}

/* An array and something else: it goes through text, to and from strings. */
static Coercion
find_with_array(const Schema *schema, const SqlType *from, const SqlType *to,
                CoercionContext context, int pg_version)
{
    const SqlType *other = from->array_dimensions > 0 ? to : from;
    SqlType base = coercion_base_type(schema, other);
    if (base.array_dimensions > 0)
        return COERCION_UNKNOWN;
    Side side = look_at(schema, base.name, pg_version);
    if (side.category == 0 || side.category == 'A' || schema_has_casts(schema) ||
        strcmp(side.name, "hstore") == 0)
        return COERCION_UNKNOWN;
    bool to_text = other == to && side.category == 'S' && context != COERCE_IMPLICITLY;
    bool from_text = other == from && side.category == 'S' && context == COERCE_EXPLICITLY;
    return to_text || from_text ? COERCION_THROUGH_TEXT : COERCION_NONE;
}

Coercion
coercion_find(const Schema *schema, const SqlType *from, const SqlType *to, CoercionContext context,
              int pg_version)
{
    if (from->name.name == NULL || to->name.name == NULL || from->is_set || to->is_set)
        return COERCION_UNKNOWN;
    SqlType old = coercion_base_type(schema, from);
    SqlType new = coercion_base_type(schema, to);
    if (old.array_dimensions > 0 && new.array_dimensions > 0) {
        SqlType old_element = element_of(&old);
        SqlType new_element = element_of(&new);
        Coercion way = coercion_find(schema, &old_element, &new_element, context, pg_version);
        return way == COERCION_UNKNOWN || way == COERCION_NONE ? way : COERCION_ARRAY;
    }
    if (old.array_dimensions > 0 || new.array_dimensions > 0)
        return find_with_array(schema, &old, &new, context, pg_version);
    Side a = look_at(schema, old.name, pg_version);
    Side b = look_at(schema, new.name, pg_version);
    if (a.category == 0 || b.category == 0)
        return COERCION_UNKNOWN;
    return find_between(schema, &a, &b, context, pg_version);
}

/* ---- names */

static const char *
spoken_name(const char *name)
{
    static const char *const spoken[][2] = {
        {"bool",        "boolean"                    },
        {"bpchar",      "character"                  },
        {"char",        "\"char\""                   },
        {"float4",      "real"                       },
        {"float8",      "double precision"           },
        {"int2",        "smallint"                   },
        {"int4",        "integer"                    },
        {"int8",        "bigint"                     },
        {"time",        "time without time zone"     },
        {"timestamp",   "timestamp without time zone"},
        {"timestamptz", "timestamp with time zone"   },
        {"timetz",      "time with time zone"        },
        {"varbit",      "bit varying"                },
        {"varchar",     "character varying"          },
    };
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
        if (strcmp(spoken[i][0], name) == 0)
            return spoken[i][1];
    }
    return name;
}

const char *
coercion_type_name(Arena *arena, const Schema *schema, const SqlType *type)
{
    bool is_own = schema_find_enum(schema, type->name) != NULL ||
                  schema_find_composite(schema, type->name) != NULL ||
                  schema_find_domain(schema, type->name) != NULL;
    bool is_built_in = !is_own && type_catalog_find(type->name) != NULL;
    const char *words =
        is_built_in ? spoken_name(type->name.name) : sql_ident(arena, type->name.name);
    return type->array_dimensions > 0 ? arena_printf(arena, "%s[]", words) : words;
}
