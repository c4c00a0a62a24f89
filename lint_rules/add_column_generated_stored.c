/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (!effect->rewrites || op->add_column.generated != GENERATED_STORED)
        return NULL;
    return recipe_message(ctx, effect, "%s is computed for every row and the table is written anew",
                          sql_ident(ctx->arena, op->add_column.name));
}

const Rule rule_add_column_generated_stored = {
    .id = "add-column-generated-stored",
    .name = "ADD COLUMN … GENERATED … STORED rewrites the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The value is computed for each row and stored: the table and all its indexes are "
           "written anew while nobody can read or write.",
    .instead = "Let a view or an expression index compute it (from 18 on: a VIRTUAL column), or "
               "fill a plain column by a trigger and in batches.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, net integer, tax integer);\n"
             "INSERT INTO orders SELECT n, n, 1 FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN gross integer GENERATED ALWAYS AS (net + tax) STORED;",
    .good = "CREATE VIEW orders_with_gross AS SELECT *, net + tax AS gross FROM orders;",
    .check = check,
};
