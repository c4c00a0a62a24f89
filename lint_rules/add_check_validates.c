/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    const bool concerns_rows =
        constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_NOT_NULL;
    const LockEffect *effect = ctx->blocking;

    if (!concerns_rows || !effect->scans)
        return NULL;
    return recipe_message(ctx, effect, "every row is checked against %s",
                          sql_ident(ctx->arena, recipe_constraint_name(ctx, op, constraint)));
}

const Rule rule_add_check_validates = {
    .id = "add-check-validates",
    .name = "ADD CONSTRAINT reads the whole table to check it",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_CONSTRAINT},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "A CHECK or NOT NULL constraint is proved for every row while ACCESS EXCLUSIVE is "
           "held. Every query on the table waits for the length of a sequential scan.",
    .instead = "Add it NOT VALID, which concerns new rows only, and VALIDATE it in a migration of "
               "its own, under a lock that lets reads and writes through.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, total_cents integer NOT NULL);\n"
             "INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total_cents > 0);",
    .good = "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total_cents > 0) "
            "NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;",
    .check = check,
    .rewrite = recipe_add_proven,
};
