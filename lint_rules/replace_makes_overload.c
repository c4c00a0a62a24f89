/* SPDX-License-Identifier: MIT */
#include "lockstep/call.h"
#include "lockstep/hazard.h"

static bool
has_overloads(const SimFunction *function)
{
    return function != NULL && function->overload != NULL;
}

/* Who has several of the name knows that they are told apart by their arguments. */
static bool
concerns(const Op *op)
{
    return op->if_exists;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimFunction *old = ctx->function;

    if (ctx->is_down || ctx->is_own || old == NULL || has_overloads(old) ||
        old->signature.for_triggers ||
        call_has_same_types(&old->signature, &op->function.signature))
        return NULL;
    const SimFunction *left = schema_find_function(ctx->schema, op->target);
    const SimFunction *still = call_find(left, &old->signature);
    if (still == NULL || !call_has_same_types(&still->signature, &old->signature))
        return NULL;
    return arena_printf(ctx->arena,
                        "%s has other arguments so far, and they are part of its name: nothing is "
                        "replaced, the old function stays and goes on to be called",
                        sql_qualified(ctx->arena, old->name));
}

const Rule rule_replace_makes_overload = {
    .id = "replace-makes-overload",
    .name = "CREATE OR REPLACE FUNCTION with other arguments replaces nothing",
    .severity = SEVERITY_WARNING,
    .on = {OP_CREATE_FUNCTION},
    .concerns = concerns,
    .when = RULE_AFTER_FILE,
    .why =
        "A function is known by its name and the types of its arguments. With others, OR REPLACE "
        "makes a second function: callers, triggers and views stay with the first, and a call "
        "that fits both may be refused as ambiguous.",
    .instead =
        "Write CREATE FUNCTION where a second one is meant. Else make the new one first, move "
        "the callers, and drop the old one, by its arguments, in a later migration.",
    .given = "CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql\n"
             "    AS 'SELECT 1.0';",
    .bad = "CREATE OR REPLACE FUNCTION order_total(order_id bigint, taxed boolean DEFAULT true)\n"
           "    RETURNS numeric LANGUAGE sql AS 'SELECT 2.0';",
    .good = "CREATE FUNCTION order_total(order_id bigint, taxed boolean) RETURNS numeric\n"
            "    LANGUAGE sql AS 'SELECT 2.0';",
    .check = check,
};
