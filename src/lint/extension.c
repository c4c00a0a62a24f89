/* SPDX-License-Identifier: MIT */
#include "lint/extension.h"

#include <stddef.h>
#include <string.h>

bool
extension_may_bring_relations(const char *extension)
{
    static const char *const without[] = {
        "bloom",         "btree_gin",     "btree_gist", "citext",   "cube", "dict_int",
        "earthdistance", "fuzzystrmatch", "hstore",     "intarray", "isn",  "lo",
        "ltree",         "pg_trgm",       "pgcrypto",   "plpgsql",  "seg",  "tablefunc",
        "unaccent",      "uuid-ossp",     "xml2"};
    return !TEXT_IS_ONE_OF(extension, without);
}

/* What belongs to an extension is listed nowhere but for a few. */
bool
extension_brings_methods(const Statement *statement)
{
    static const char *const kinds[] = {"CREATE EXTENSION", "CREATE ACCESS METHOD",
                                        "CREATE OPERATOR CLASS", "CREATE OPERATOR"};
    const Op *first = &statement->ops.items[0];
    if (first->kind == OP_CREATE_TYPE)
        return !first->composite.is_composite; /* a range, or one that is made of functions */
    if (first->kind != OP_CREATE_EXTENSION && first->kind != OP_NO_RELATION &&
        first->kind != OP_UNKNOWN)
        return false;
    return TEXT_IS_ONE_OF(statement->kind, kinds) &&
           (first->target.name == NULL || strcmp(first->target.name, "plpgsql") != 0);
}
