/* SPDX-License-Identifier: MIT */
/* What pg_type and pg_cast say of the built-in types and of those of citext and hstore. */
#ifndef LOCKSTEP_SCHEMA_TYPE_CATALOG_H
#define LOCKSTEP_SCHEMA_TYPE_CATALOG_H

#include "lockstep/op.h"

typedef struct CatalogType {
    const char *name;
    char category; /* pg_type.typcategory: 'S' for strings, which convert to and from everything */
    char kind;     /* pg_type.typtype: 'b' base, 'r' range, 'm' multirange */
    bool collatable;
    char storage; /* pg_type.typstorage: 'p' is never stored out of line */
    bool takes_modifiers;
    const char *opclass; /* the default one of btree; "" for none */
} CatalogType;

typedef struct CatalogCast {
    const char *from;
    const char *to;
    char context; /* 'i' implicit, 'a' in assignment, 'e' only where it is written */
    char method;  /* 'b' same stored form, 'f' function, 'i' through text */
    int from_version;
    int to_version;
} CatalogCast;

/* NULL for a type that is not one of them; a name without a schema may be one. */
const CatalogType *type_catalog_find(QualifiedName name);

/* NULL where the version has no such cast. */
const CatalogCast *type_catalog_cast(const char *from, const char *to, int pg_version);

#endif
