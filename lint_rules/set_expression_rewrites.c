/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    (void)op;
    return recipe_message(ctx, effect, "the column is computed anew for every row");
}

const Rule rule_set_expression_rewrites = {
    .id = "set-expression-rewrites",
    .name = "SET EXPRESSION computes a stored column anew for every row",
    .severity = SEVERITY_ERROR,
    .on = {OP_SET_EXPRESSION},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The whole table is written anew under ACCESS EXCLUSIVE, because every row stores the "
           "value that the expression gives it. Every query on the table waits for all of it.",
    .instead = "Add a second column, fill it in batches and let the two change names; from 18 on, "
               "a VIRTUAL column stores nothing and its expression changes in a moment.",
    .since = 17,
    .given = "CREATE TABLE items (id bigint PRIMARY KEY, cents integer NOT NULL,\n"
             "    gross integer GENERATED ALWAYS AS (cents * 2) STORED);\n"
             "INSERT INTO items (id, cents) SELECT n, n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (cents * 3);",
    .good = "ALTER TABLE items ALTER COLUMN gross DROP EXPRESSION;",
    .check = check,
};
