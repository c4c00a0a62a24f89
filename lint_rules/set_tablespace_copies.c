/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    (void)op;
    return recipe_message_of_one(ctx, effect, "its files are copied");
}

const Rule rule_set_tablespace_copies = {
    .id = "set-tablespace-copies",
    .name = "SET TABLESPACE copies the whole table while nobody can use it",
    .severity = SEVERITY_ERROR,
    .on = {OP_SET_TABLESPACE, OP_MOVE_ALL},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The files are copied to the other tablespace under ACCESS EXCLUSIVE: every query on "
           "the table waits for as long as the copy takes.",
    .instead = "Let pg_repack or pg_squeeze move it beside the traffic.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders SET TABLESPACE fast_disk;",
    .good = "CREATE TABLE orders_new (id bigint PRIMARY KEY, note text) TABLESPACE fast_disk;",
    .check = check,
};
