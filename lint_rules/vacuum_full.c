/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (!op->vacuum.full || !effect->rewrites)
        return NULL;
    return recipe_message(ctx, effect, "the table and its indexes are written anew");
}

const Rule rule_vacuum_full = {
    .id = "vacuum-full",
    .name = "VACUUM FULL rewrites the table while nobody can use it",
    .severity = SEVERITY_ERROR,
    .on = {OP_VACUUM},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "VACUUM FULL copies every live row to a new file and builds all indexes again, under "
           "ACCESS EXCLUSIVE from the first row to the last.",
    .instead = "Leave it to plain VACUUM, or use an extension that repacks the table beside the "
               "traffic.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "VACUUM FULL orders;",
    .good = "VACUUM orders;",
    .check = check,
};
