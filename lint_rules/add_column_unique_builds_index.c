/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    /* A rewrite is the greater evil, and has a rule of its own. */
    if (effect->rewrites || !effect->builds_index)
        return NULL;
    return recipe_message(ctx, effect, "the unique index on the new column %s is built",
                          sql_ident(ctx->arena, op->add_column.name));
}

const Rule rule_add_column_unique_builds_index = {
    .id = "add-column-unique-builds-index",
    .name = "ADD COLUMN with UNIQUE or PRIMARY KEY builds an index while nobody can use the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The new column is added in an instant, but the index of a UNIQUE or PRIMARY KEY "
           "written with it is built at once, from all rows, under ACCESS EXCLUSIVE.",
    .instead = "Add the column alone, build a unique index CONCURRENTLY and adopt it as the "
               "constraint.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN invoice_no text UNIQUE;",
    .good = "ALTER TABLE orders ADD COLUMN invoice_no text;\n"
            "-- next migration\n"
            "CREATE UNIQUE INDEX CONCURRENTLY orders_invoice_no_key ON orders (invoice_no);\n"
            "-- next migration\n"
            "ALTER TABLE orders ADD CONSTRAINT orders_invoice_no_key\n"
            "    UNIQUE USING INDEX orders_invoice_no_key;",
    .check = check,
    .rewrite = recipe_add_column,
};
