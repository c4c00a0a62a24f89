/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (!effect->rewrites || !recipe_column_fills_itself(ctx, op))
        return NULL;
    return recipe_message(ctx, effect, "every row is written anew with its own value of %s",
                          sql_ident(ctx->arena, op->add_column.name));
}

const Rule rule_add_column_volatile_default = {
    .id = "add-column-volatile-default",
    .name = "ADD COLUMN with a default that differs from row to row rewrites the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "A constant or stable default is stored once in the catalog. A volatile one (random(), "
           "clock_timestamp(), nextval(), so also serial and identity) is computed for each row: "
           "the table and all its indexes are written anew while nobody can read or write.",
    .instead = "Add the column without it, then set the default for new rows, fill the old ones in "
               "batches, and only then require a value.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();",
    .good = "ALTER TABLE orders ADD COLUMN public_id uuid;\n"
            "ALTER TABLE orders ALTER COLUMN public_id SET DEFAULT gen_random_uuid();",
    .check = check,
    .rewrite = recipe_add_column,
};
