/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static bool
concerns(const Op *op)
{
    return op->function.runs_as_owner && !op->function.sets_search_path;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->is_down)
        return NULL;
    return arena_printf(ctx->arena,
                        "%s runs with its owner's rights and with its caller's search_path: who "
                        "can create objects in a schema of that path decides what it calls",
                        sql_qualified(ctx->arena, op->target));
}

const Rule rule_definer_without_search_path = {
    .id = "definer-without-search-path",
    .name = "a SECURITY DEFINER function without a search_path of its own",
    .severity = SEVERITY_WARNING,
    .on = {OP_CREATE_FUNCTION},
    .concerns = concerns,
    .why = "Names without a schema in its body are looked up along the caller's path: a caller who "
           "puts a function or table of the same name in front takes over the owner's rights.",
    .instead = "Add SET search_path to the function, with pg_temp at its end or empty, and write "
               "the schemas.",
    .given = "CREATE TABLE secrets (id bigint PRIMARY KEY, value text);",
    .bad = "CREATE FUNCTION secret(wanted bigint) RETURNS text LANGUAGE sql SECURITY DEFINER\n"
           "    AS 'SELECT value FROM secrets WHERE id = wanted';",
    .good = "CREATE FUNCTION secret(wanted bigint) RETURNS text LANGUAGE sql SECURITY DEFINER\n"
            "    SET search_path = ''\n"
            "    AS 'SELECT value FROM public.secrets WHERE id = wanted';",
    .check = check,
};
