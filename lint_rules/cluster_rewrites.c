/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    (void)op;
    return recipe_message(ctx, effect, "its rows are put into the order of an index");
}

const Rule rule_cluster_rewrites = {
    .id = "cluster-rewrites",
    .name = "CLUSTER writes the whole table anew while nobody can use it",
    .severity = SEVERITY_ERROR,
    .on = {OP_CLUSTER},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "CLUSTER copies every row into a new file, in the order of an index, and builds all "
           "indexes anew, under ACCESS EXCLUSIVE: every query on the table waits for all of it.",
    .instead = "Let pg_repack or pg_squeeze write the table anew beside the traffic.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "CLUSTER orders USING orders_pkey;",
    .good = "ALTER TABLE orders CLUSTER ON orders_pkey;",
    .check = check,
};
