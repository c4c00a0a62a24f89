/* SPDX-License-Identifier: MIT */
/* Functions that are not there, and such as an index cannot use. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/volatility.h"

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

/* What an index computes has to stay what it is. The body of a function in SQL counts, not what the
 * function says of itself (clauses.c, inline_function): that is not looked into here. */
static bool
is_mutable(const RefusalCase *c, const SqlExpr *expression)
{
    if (expression == NULL || expression->has_subquery)
        return false;
    QualifiedName culprit;
    const Volatility worst = expression_volatility(c->schema, expression, &culprit);
    const SimFunction *own = culprit.name != NULL ? schema_find_function(c->schema, culprit) : NULL;
    bool is_inlined = own != NULL && (own->language == NULL || strcmp(own->language, "sql") == 0);
    return worst == VOLATILITY_VOLATILE && !is_inlined;
}

/* indexcmds.c, ComputeIndexAttrs() and CheckPredicate(). Of two built-in overloads one may be
 * immutable: only what is volatile is certain. */
const char *
refuse_index_expression(const RefusalCase *c, const Op *op)
{
    if (is_mutable(c, op->create_index.predicate))
        return "functions in index predicate must be marked IMMUTABLE";
    foreach (key, &op->create_index.keys) {
        if (is_mutable(c, key->expression))
            return "functions in index expression must be marked IMMUTABLE";
    }
    return NULL;
}
