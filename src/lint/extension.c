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
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        if (text_equals(without[i], extension))
            return false;
    }
    return true;
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
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (text_equals(kinds[i], statement->kind))
            return first->target.name == NULL || strcmp(first->target.name, "plpgsql") != 0;
    }
    return false;
}
