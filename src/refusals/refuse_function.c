/* SPDX-License-Identifier: MIT */
/* Functions that are not there, and such as an index cannot use. */
#include <string.h>

#include "refusals/refusal_check.h"

/* Names that begin so are the server's; a few of its trigger functions do not. */
static bool
may_be_built_in(QualifiedName name)
{
    static const char *const triggers[] = {"suppress_redundant_updates_trigger",
                                           "tsvector_update_trigger",
                                           "tsvector_update_trigger_column"};
    if (name.schema != NULL && strncmp(name.schema, "pg_", 3) == 0)
        return true;
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++) {
        if (strcmp(triggers[i], name.name) == 0)
            return true;
    }
    return strncmp(name.name, "pg_", 3) == 0 || strncmp(name.name, "RI_", 3) == 0;
}

static bool
is_missing(const RefusalCase *c, QualifiedName name)
{
    return c->knows_all && !c->saw_code && !c->saw_extension && name.name != NULL &&
           !may_be_built_in(name) && schema_find_function(c->schema, name) == NULL;
}

/* parse_func.c, LookupFuncName() */
const char *
refuse_trigger_function(const RefusalCase *c, const Op *op)
{
    if (!is_missing(c, op->attached.function))
        return NULL;
    return arena_printf(c->arena, "function %s() does not exist", op->attached.function.name);
}

/* parse_func.c, LookupFuncWithArgs(); with the name, all its overloads are missing. */
const char *
refuse_drop_function(const RefusalCase *c, const Op *op)
{
    if (op->if_exists || !is_missing(c, op->target))
        return NULL;
    return arena_printf(c->arena, "function %s() does not exist", op->target.name);
}
