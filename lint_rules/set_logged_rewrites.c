/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    (void)op;
    return recipe_message(ctx, effect, "all of it is written anew");
}

const Rule rule_set_logged_rewrites = {
    .id = "set-logged-rewrites",
    .name = "SET LOGGED and SET UNLOGGED write the whole table anew",
    .severity = SEVERITY_ERROR,
    .on = {OP_SET_LOGGED, OP_SET_UNLOGGED},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The table and its indexes are copied into new files under ACCESS EXCLUSIVE, and SET "
           "LOGGED writes them to the write-ahead log too. Every query on the table waits for all "
           "of it.",
    .instead = "Choose it when the table is made; for one that is in use, copy the rows in batches "
               "into a new table and let the two change names.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders SET UNLOGGED;",
    .good = "CREATE UNLOGGED TABLE orders_cache (id bigint PRIMARY KEY, note text);",
    .check = check,
};
