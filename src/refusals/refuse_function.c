/* SPDX-License-Identifier: MIT */
/* Functions that are not there, and such as an index cannot use. */
#include <string.h>

#include "lockstep/call.h"

#include "refusals/refusal_check.h"
#include "schema/type_catalog.h"

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

static const char *const routine_words[] = {
    [ROUTINE_ANY] = "routine",
    [ROUTINE_FUNCTION] = "function",
    [ROUTINE_PROCEDURE] = "procedure",
    [ROUTINE_AGGREGATE] = "aggregate",
};

/* A window function cannot be made in SQL, so that one that is no function is one of the others. */
static const char *
refuse_routine_kind(const RefusalCase *c, const SimFunction *found, RoutineKind wanted)
{
    const char *name = found->name.name;
    if (wanted == ROUTINE_ANY || wanted == found->kind)
        return NULL;
    if (wanted == ROUTINE_FUNCTION && found->kind == ROUTINE_AGGREGATE)
        return arena_printf(c->arena, "\"%s\" is an aggregate function", name);
    if (wanted == ROUTINE_AGGREGATE)
        return arena_printf(c->arena, "function %s() is not an aggregate", name);
    return arena_printf(c->arena, "%s() is not a %s", name, routine_words[wanted]);
}

/* parse_func.c, LookupFuncWithArgs(), and dropcmds.c, RemoveObjects(); with the name, all its
 * overloads are missing. */
const char *
refuse_drop_function(const RefusalCase *c, const Op *op)
{
    const SimFunction *found = schema_find_function(c->schema, op->target);
    if (found != NULL)
        return found->overload == NULL && !c->saw_code
                   ? refuse_routine_kind(c, found, op->function.kind)
                   : NULL;
    if (op->if_exists || !is_missing(c, op->target))
        return NULL;
    return arena_printf(c->arena, "%s %s() does not exist", routine_words[op->function.kind],
                        op->target.name);
}

/* The types that the history makes may be known by several names. */
static const SqlType *
result_of(const TypeList *types, const Signature *signature)
{
    if (types->count != signature->types.count + 1)
        return NULL;
    const SqlType *result = &types->items[signature->types.count];
    bool is_known = result->name.name != NULL && type_catalog_find(result->name) != NULL;
    return is_known ? result : NULL;
}

static bool
same_type(const SqlType *a, const SqlType *b)
{
    return (a->array_dimensions > 0) == (b->array_dimensions > 0) && a->is_set == b->is_set &&
           strcmp(a->name.name, b->name.name) == 0;
}

/* pg_proc.c, ProcedureCreate() */
const char *
refuse_replaced_function(const RefusalCase *c, const Op *op)
{
    const Signature *signature = &op->function.signature;
    const SimFunction *found = NULL;
    if (op->if_exists && signature->is_written && !c->saw_code)
        found = call_find(schema_find_function(c->schema, op->target), signature);
    if (found == NULL || !call_has_same_types(&found->signature, signature))
        return NULL;
    if (found->kind != op->function.kind)
        return "cannot change routine kind";
    const SqlType *before = result_of(&found->types, &found->signature);
    const SqlType *now = result_of(&op->function.types, signature);
    return before == NULL || now == NULL || same_type(before, now)
               ? NULL
               : "cannot change return type of existing function";
}
