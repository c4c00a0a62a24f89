/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->add_constraint.kind != CONSTRAINT_UNIQUE || !effect->builds_index)
        return NULL;
    return recipe_message(
        ctx, effect, "the unique index %s is built",
        sql_ident(ctx->arena, recipe_constraint_name(ctx, op, &op->add_constraint)));
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    recipe_siblings(ctx, op, out);
    recipe_add_key(ctx, op, &op->add_constraint, false, recipe_replaced(ctx, op, op), out);
    recipe_prove_siblings(ctx, op, out);
}

const Rule rule_add_unique_builds_index = {
    .id = "add-unique-builds-index",
    .name = "ADD UNIQUE builds its index while nobody can use the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_CONSTRAINT},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The constraint stands on a unique index, and that is built under ACCESS EXCLUSIVE: "
           "every query on the table waits for the build.",
    .instead = "Build a unique index CONCURRENTLY and adopt it: ADD CONSTRAINT … UNIQUE USING "
               "INDEX.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);\n"
             "INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);",
    .good = "CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);\n"
            "-- next migration\n"
            "ALTER TABLE customers ADD CONSTRAINT customers_email_key\n"
            "    UNIQUE USING INDEX customers_email_key;",
    .check = check,
    .rewrite = rewrite,
};
