/* SPDX-License-Identifier: MIT */
#include "schema/type_catalog.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { LAST_VERSION = INT_MAX };

#define TYPE(name, category, kind, collatable, storage, modifiers, opclass)
#define CAST(from, to, context, method, first, last)

static const CatalogType types[] = {
#undef TYPE
#define TYPE(name, category, kind, collatable, storage, modifiers, opclass)                        \
    {name, category, kind, collatable, storage, modifiers, opclass},
#include "schema/type_catalog.def"
#undef TYPE
#define TYPE(name, category, kind, collatable, storage, modifiers, opclass)
};

static const CatalogCast casts[] = {
#undef CAST
#define CAST(from, to, context, method, first, last) {from, to, context, method, first, last},
#include "schema/type_catalog.def"
#undef CAST
};

#undef TYPE

/* Most steps of a search are decided by the first byte. */
static inline int
text_order(const char *a, const char *b)
{
    int order = (unsigned char)*a - (unsigned char)*b;
    return order != 0 ? order : strcmp(a, b);
}

static int
compare_cast(const void *wanted, const void *row)
{
    const CatalogCast *a = wanted;
    const CatalogCast *b = row;
    int order = text_order(a->from, b->from);
    return order != 0 ? order : strcmp(a->to, b->to);
}

static bool
is_of_extension(const char *name)
{
    return text_equals(name, "citext") || text_equals(name, "hstore");
}

const CatalogType *
type_catalog_find(QualifiedName name)
{
    if (name.name == NULL || (name.schema != NULL && !text_equals(name.schema, "pg_catalog") &&
                              !is_of_extension(name.name)))
        return NULL;
    size_t low = 0;
    size_t high = sizeof types / sizeof *types;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_order(name.name, types[middle].name);
        if (order == 0)
            return &types[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const CatalogCast *
type_catalog_cast(const char *from, const char *to, int pg_version)
{
    CatalogCast wanted = {.from = from, .to = to};
    const CatalogCast *cast =
        bsearch(&wanted, casts, sizeof casts / sizeof *casts, sizeof *casts, compare_cast);
    bool has = cast != NULL && pg_version >= cast->from_version && pg_version <= cast->to_version;
    return has ? cast : NULL;
}
