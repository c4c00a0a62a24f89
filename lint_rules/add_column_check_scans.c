/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static bool
has_check(const ColumnDefinition *column)
{
    foreach (constraint, &column->constraints) {
        if (constraint->kind == CONSTRAINT_CHECK && !constraint->not_enforced)
            return true;
    }
    return false;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    /* A rewrite is the greater evil, and has a rule of its own. */
    if (effect->rewrites || !effect->scans || !has_check(&op->add_column))
        return NULL;
    return recipe_message(ctx, effect, "every row is checked against the new column's CHECK");
}

const Rule rule_add_column_check_scans = {
    .id = "add-column-check-scans",
    .name = "ADD COLUMN with a CHECK reads the whole table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The new column is added in an instant, but a CHECK written with it is proved for every "
           "row, though all hold the same value. Every query on the table waits for that scan.",
    .instead = "Add the column and, in the same statement, the constraint as NOT VALID; VALIDATE "
               "it in a migration of its own.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN discount integer NOT NULL DEFAULT 0 "
           "CHECK (discount BETWEEN 0 AND 90);",
    .good =
        "ALTER TABLE orders ADD COLUMN discount integer NOT NULL DEFAULT 0,\n"
        "    ADD CONSTRAINT orders_discount_check CHECK (discount BETWEEN 0 AND 90) NOT VALID;\n"
        "-- next migration\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_discount_check;",
    .check = check,
    .rewrite = recipe_add_column,
};
