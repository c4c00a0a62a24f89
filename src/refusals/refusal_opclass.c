/* SPDX-License-Identifier: MIT */
/* indexcmds.c, ResolveOpClass() and GetDefaultOpClass(). */
#include "refusals/refusal_opclass.h"

#include <string.h>

#include "schema/coercion.h"
#include "schema/type_catalog.h"

typedef struct OpclassRow {
    const char *method;
    const char *name;
    const char *type;
    bool is_default;
} OpclassRow;

static const OpclassRow classes[] = {
#define OPCLASS(method, name, type, is_default) {method, name, type, is_default},
#include "refusals/operator_classes.def"
#undef OPCLASS
};

enum { CLASS_COUNT = sizeof classes / sizeof *classes };

/* The type as operator classes speak of it: "anyarray", "anyenum"; NULL where nothing is known. */
static const char *
indexed_type(const RefusalCase *c, const SqlType *type)
{
    const SqlType base = coercion_base_type(c->schema, type);
    if (base.array_dimensions > 0)
        return "anyarray";
    if (schema_find_enum(c->schema, base.name) != NULL)
        return "anyenum";
    if (schema_find_composite(c->schema, base.name) != NULL)
        return "record";
    const CatalogType *known = type_catalog_find(base.name);
    if (known == NULL || text_equals(known->name, "citext") || text_equals(known->name, "hstore"))
        return NULL;
    return known->kind == 'r' ? "anyrange" : known->kind == 'm' ? "anymultirange" : known->name;
}

/* parse_coerce.c, IsBinaryCoercible() */
static bool
is_coercible(const RefusalCase *c, const OpclassRow *row, const char *type)
{
    const CatalogCast *cast = type_catalog_cast(type, row->type, c->pg_version);
    return cast != NULL && cast->method == 'b' && cast->context == 'i';
}

/* The classes of one method: the rows are sorted by it. Empty where the method is not known. */
typedef struct OpclassRange {
    const OpclassRow *first;
    const OpclassRow *end;
} OpclassRange;

/* The first class of the method or of one behind it; with `after` of one behind it. */
static const OpclassRow *
bound_of(const char *method, bool after)
{
    size_t low = 0;
    size_t high = CLASS_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(classes[middle].method, method) < (after ? 1 : 0))
            low = middle + 1;
        else
            high = middle;
    }
    return classes + low;
}

static OpclassRange
classes_of(const char *method)
{
    return (OpclassRange){bound_of(method, false), bound_of(method, true)};
}

/* Most types have a class of their own. */
static bool
has_default(const RefusalCase *c, OpclassRange range, const char *type)
{
    for (const OpclassRow *row = range.first; row < range.end; row++) {
        if (row->is_default && text_equals(row->type, type))
            return true;
    }
    for (const OpclassRow *row = range.first; row < range.end; row++) {
        if (row->is_default && is_coercible(c, row, type))
            return true;
    }
    return false;
}

static const char *
refuse_unnamed(const RefusalCase *c, OpclassRange range, const char *method, const SqlType *type)
{
    const char *indexed = indexed_type(c, type);
    /* The server's own have all classes that anybody makes for them; others come by extension. */
    bool is_certain = text_equals(method, "btree") || text_equals(method, "hash") || c->knows_all;
    if (indexed == NULL || !is_certain || has_default(c, range, indexed))
        return NULL;
    return arena_printf(c->arena,
                        "data type %s has no default operator class for access method \"%s\"",
                        coercion_type_name(c->arena, c->schema, type), method);
}

static const char *
refuse_named(const RefusalCase *c, OpclassRange range, const char *method, QualifiedName opclass,
             const SqlType *type)
{
    const char *indexed = type != NULL ? indexed_type(c, type) : NULL;
    bool exists = false;
    for (const OpclassRow *row = range.first; row < range.end; row++) {
        if (!text_equals(row->name, opclass.name))
            continue;
        exists = true;
        if (indexed == NULL || text_equals(row->type, indexed) || is_coercible(c, row, indexed))
            return NULL;
    }
    if (exists)
        return arena_printf(c->arena, "operator class \"%s\" does not accept data type %s",
                            opclass.name, coercion_type_name(c->arena, c->schema, type));
    return c->knows_all
               ? arena_printf(c->arena,
                              "operator class \"%s\" does not exist for access method \"%s\"",
                              opclass.name, method)
               : NULL;
}

static bool
has_btree_class(const SqlType *type)
{
    const CatalogType *known = type->array_dimensions == 0 ? type_catalog_find(type->name) : NULL;
    return known != NULL && known->opclass[0] != '\0';
}

const char *
refusal_of_opclass(const RefusalCase *c, const char *method, QualifiedName opclass,
                   const SqlType *type)
{
    bool elsewhere = opclass.schema != NULL && !text_equals(opclass.schema, "pg_catalog");
    if (c->saw_methods || c->saw_code || elsewhere)
        return NULL;
    if (opclass.name == NULL && (type == NULL || has_btree_class(type)) &&
        text_equals(method, "btree"))
        return NULL;
    const OpclassRange range = classes_of(method);
    if (range.first == range.end)
        return c->knows_all ? arena_printf(c->arena, "access method \"%s\" does not exist", method)
                            : NULL;
    if (opclass.name != NULL)
        return refuse_named(c, range, method, opclass, type);
    return type != NULL ? refuse_unnamed(c, range, method, type) : NULL;
}
