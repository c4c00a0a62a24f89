/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"
#include "lockstep/slice.h"

static bool
has_policy(const SimRelation *table)
{
    foreach (attached, &table->attached) {
        if ((*attached)->kind == SIM_POLICY)
            return true;
    }
    return false;
}

/* Not DISABLE, FORCE or NO FORCE. */
static bool
is_enabled(const LintContext *ctx, const Op *op)
{
    return slice_is(ctx->source, slice_next(ctx->source, op->span), "enable");
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimRelation *table = schema_find_relation(ctx->schema, op->target);

    if (ctx->has_gap || table == NULL || table->assumed || !is_enabled(ctx, op) ||
        has_policy(table))
        return NULL;
    return arena_printf(ctx->arena,
                        "%s has no policy: from now on everybody but its owner sees no row of it "
                        "and can write none",
                        sql_qualified(ctx->arena, table->name));
}

const Rule rule_rls_without_policy = {
    .id = "rls-without-policy",
    .name = "row level security is enabled on a table without a policy",
    .severity = SEVERITY_WARNING,
    .on = {OP_SWITCH_ROW_SECURITY},
    .when = RULE_AFTER_ALL,
    .why = "Without a policy nothing is allowed: queries of other roles find the table empty, "
           "without an error, and their INSERTs fail.",
    .instead = "Create the policies first, in the same migration, and enable it after them.",
    .given = "CREATE TABLE notes (id bigint PRIMARY KEY, author text);",
    .bad = "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .good = "CREATE POLICY own_notes ON notes USING (author = current_user);\n"
            "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
    .check = check,
};
