/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    (void)op;
    return recipe_message(ctx, effect, "all of it is written anew");
}

const Rule rule_set_access_method_rewrites = {
    .id = "set-access-method-rewrites",
    .name = "SET ACCESS METHOD writes the whole table anew while nobody can use it",
    .severity = SEVERITY_ERROR,
    .on = {OP_SET_ACCESS_METHOD},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "Every row is copied into a file of the other access method and every index is built "
           "anew under ACCESS EXCLUSIVE: every query on the table waits for all of it.",
    .instead = "Copy the rows in batches into a new table with that access method and let the two "
               "change names.",
    .since = 15,
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders SET ACCESS METHOD heap2;",
    .good = "CREATE TABLE orders_new (LIKE orders INCLUDING ALL) USING heap2;",
    .check = check,
};
