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
        if (strcmp(without[i], extension) == 0)
            return false;
    }
    return true;
}
