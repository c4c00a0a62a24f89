/* SPDX-License-Identifier: MIT */
#include "lockstep/call.h"
#include "lockstep/hazard.h"

/* Where a function of the name is there after the file, only a call of another shape misses it. */
static const char *
check_function(const LintContext *ctx, const Op *op)
{
    const SimFunction *gone = ctx->function;
    const SimFunction *left = schema_find_function(ctx->schema, op->target);

    if (gone == NULL ? op->if_exists || left != NULL : gone->signature.for_triggers)
        return NULL;
    if (gone != NULL && call_is_taken(left, &gone->signature))
        return NULL;
    return arena_printf(ctx->arena, "calls of %s by the running application fail from now on%s",
                        sql_qualified(ctx->arena, gone != NULL ? gone->name : op->target),
                        left != NULL ? ": the function of that name takes other arguments" : "");
}

/* Of the columns that are dropped with it, another rule speaks. */
static const char *
check_type(const LintContext *ctx, const Op *op)
{
    if (op->if_exists || ctx->columns_are_gone ||
        schema_find_enum(ctx->schema, op->target) != NULL ||
        schema_find_domain(ctx->schema, op->target) != NULL ||
        schema_find_composite(ctx->schema, op->target) != NULL)
        return NULL;
    return arena_printf(ctx->arena,
                        "casts to %s in statements of the running application fail from now on",
                        sql_qualified(ctx->arena, op->target));
}

/* The numbers of a column are drawn by its default. */
static const char *
check_sequence(const LintContext *ctx, const Op *op)
{
    if (ctx->found == NULL || ctx->found->owner_table != 0 ||
        (op->if_exists && ctx->found->assumed) ||
        schema_find_relation(ctx->schema, ctx->found->name) != NULL)
        return NULL;
    return arena_printf(ctx->arena,
                        "nextval of %s fails from now on, and instances of the running application "
                        "may draw their keys from it",
                        sql_qualified(ctx->arena, ctx->found->name));
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->is_down || ctx->is_own || ctx->table_is_new)
        return NULL;
    if (op->kind == OP_DROP_TYPE)
        return check_type(ctx, op);
    return op->kind == OP_DROP_SEQUENCE ? check_sequence(ctx, op) : check_function(ctx, op);
}

const Rule rule_drop_object = {
    .id = "drop-object",
    .name = "a function, sequence or type goes while the application may still name it",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_FUNCTION, OP_DROP_SEQUENCE, OP_DROP_TYPE},
    .when = RULE_AFTER_FILE,
    .why = "Instances that run during the migration, jobs and reports call functions, draw numbers "
           "and cast to types by name; the server does not know of them and drops the object all "
           "the same.",
    .instead =
        "Deploy the code that no longer names it first. A function that gets other arguments "
        "is made beside the old one, which goes in a later migration.",
    .given = "CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql\n"
             "    AS 'SELECT 1.0';",
    .bad = "DROP FUNCTION order_total(bigint);",
    .good = "CREATE OR REPLACE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql\n"
            "    AS 'SELECT 2.0';",
    .check = check,
};
