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
    if (known == NULL || strcmp(known->name, "citext") == 0 || strcmp(known->name, "hstore") == 0)
        return NULL;
    return known->kind == 'r' ? "anyrange" : known->kind == 'm' ? "anymultirange" : known->name;
}

/* parse_coerce.c, IsBinaryCoercible() */
static bool
takes(const RefusalCase *c, const OpclassRow *row, const char *type)
{
    const CatalogCast *cast = type_catalog_cast(type, row->type, c->pg_version);
    return strcmp(row->type, type) == 0 ||
           (cast != NULL && cast->method == 'b' && cast->context == 'i');
}

static bool
is_known_method(const char *method)
{
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        if (strcmp(classes[i].method, method) == 0)
            return true;
    }
    return false;
}

static const char *
refuse_unnamed(const RefusalCase *c, const char *method, const SqlType *type)
{
    const char *indexed = indexed_type(c, type);
    /* The server's own have all classes that anybody makes for them; others come by extension. */
    bool is_certain = strcmp(method, "btree") == 0 || strcmp(method, "hash") == 0 || c->knows_all;
    if (indexed == NULL || !is_certain)
        return NULL;
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        if (classes[i].is_default && strcmp(classes[i].method, method) == 0 &&
            takes(c, &classes[i], indexed))
            return NULL;
    }
    return arena_printf(c->arena,
                        "data type %s has no default operator class for access method \"%s\"",
                        coercion_type_name(c->arena, c->schema, type), method);
}

static const char *
refuse_named(const RefusalCase *c, const char *method, QualifiedName opclass, const SqlType *type)
{
    const char *indexed = type != NULL ? indexed_type(c, type) : NULL;
    bool exists = false;
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        if (strcmp(classes[i].method, method) != 0 || strcmp(classes[i].name, opclass.name) != 0)
            continue;
        exists = true;
        if (indexed == NULL || takes(c, &classes[i], indexed))
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

const char *
refusal_of_opclass(const RefusalCase *c, const char *method, QualifiedName opclass,
                   const SqlType *type)
{
    bool elsewhere = opclass.schema != NULL && strcmp(opclass.schema, "pg_catalog") != 0;
    if (c->saw_methods || c->saw_code || elsewhere)
        return NULL;
    if (!is_known_method(method))
        return c->knows_all ? arena_printf(c->arena, "access method \"%s\" does not exist", method)
                            : NULL;
    if (opclass.name != NULL)
        return refuse_named(c, method, opclass, type);
    return type != NULL ? refuse_unnamed(c, method, type) : NULL;
}
