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

static bool
are_built_in(const TypeList *types)
{
    foreach (type, types) {
        if (type->name.name == NULL || type_catalog_find(type->name) == NULL)
            return false;
    }
    return true;
}

/* Whether the arguments are certainly not those of any function of the name: what the history makes
 * may be known by several names. */
static bool
has_other_arguments(const SimFunction *first, const Signature *signature)
{
    if (!are_built_in(&signature->types) || call_has(first, signature))
        return false;
    for (; first != NULL; first = first->overload) {
        if (!are_built_in(&first->signature.types) || first->kind != ROUTINE_FUNCTION)
            return false;
    }
    return true;
}

static const char *
refuse_overload(const RefusalCase *c, const Op *op, const SimFunction *found)
{
    const Signature *signature = &op->function.signature;
    bool is_plain = op->kind != OP_DROP_FUNCTION || op->function.kind == ROUTINE_FUNCTION;
    if (is_plain && has_other_arguments(found, signature))
        return op->if_exists
                   ? NULL
                   : arena_printf(c->arena, "function %s with these arguments does not exist",
                                  op->target.name);
    if (found->overload != NULL && !signature->is_written)
        return arena_printf(c->arena, "function name \"%s\" is not unique", op->target.name);
    return found->overload == NULL && op->kind == OP_DROP_FUNCTION
               ? refuse_routine_kind(c, found, op->function.kind)
               : NULL;
}

/* parse_func.c, LookupFuncWithArgs(), and dropcmds.c, RemoveObjects(); with the name, all its
 * overloads are missing. */
const char *
refuse_drop_function(const RefusalCase *c, const Op *op)
{
    const SimFunction *found = schema_find_function(c->schema, op->target);
    if (found != NULL)
        return c->saw_code ? NULL : refuse_overload(c, op, found);
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

/* A name may be given to an argument that had none. */
static const char *
refuse_other_arguments(Arena *arena, const Signature *old, const Signature *now)
{
    for (size_t i = 0; i < old->names.count && i < now->names.count; i++) {
        const char *name = old->names.items[i];
        if (name != NULL && !text_equals_or_null(name, now->names.items[i]))
            return arena_printf(arena, "cannot change name of input parameter \"%s\"", name);
    }
    return now->defaulted < old->defaulted
               ? "cannot remove parameter defaults from existing function"
               : NULL;
}

/* pg_proc.c, ProcedureCreate() */
const char *
refuse_replaced_function(const RefusalCase *c, const Op *op)
{
    const Signature *signature = &op->function.signature;
    const SimFunction *found = NULL;
    const QualifiedName name = schema_new_name(c->schema, op->target, PERSISTENCE_PERMANENT);
    if (signature->is_written && !c->saw_code)
        found = call_find(schema_find_function(c->schema, name), signature);
    if (found == NULL || !call_has_same_types(&found->signature, signature))
        return NULL;
    if (!op->if_exists)
        return arena_printf(c->arena, "function \"%s\" already exists with same argument types",
                            name.name);
    if (found->kind != op->function.kind)
        return "cannot change routine kind";
    const SqlType *before = result_of(&found->types, &found->signature);
    const SqlType *now = result_of(&op->function.types, signature);
    if (before != NULL && now != NULL && !same_type(before, now))
        return "cannot change return type of existing function";
    return refuse_other_arguments(c->arena, &found->signature, signature);
}
