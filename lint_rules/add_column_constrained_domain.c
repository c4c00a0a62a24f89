/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;
    const ColumnDefinition *column = &op->add_column;

    if (!effect->rewrites || column->generated != GENERATED_NOT ||
        recipe_column_fills_itself(ctx, op))
        return NULL;
    return recipe_message(ctx, effect, "every row is written anew to check the new column %s",
                          sql_ident(ctx->arena, column->name));
}

const Rule rule_add_column_constrained_domain = {
    .id = "add-column-constrained-domain",
    .name = "ADD COLUMN of a domain with a constraint rewrites the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The server checks a domain's CHECK or NOT NULL by writing every row anew, even where "
           "the new column is null everywhere or has a constant default.",
    .instead = "Give the column the domain's base type and a CHECK of its own, NOT VALID first and "
               "validated in a migration of its own.",
    .given = "CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN discount percent;",
    .good =
        "ALTER TABLE orders ADD COLUMN discount integer,\n"
        "    ADD CONSTRAINT orders_discount_check CHECK (discount BETWEEN 0 AND 100) NOT VALID;\n"
        "-- next migration\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_discount_check;",
    .check = check,
};
