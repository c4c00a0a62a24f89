/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (!effect->scans)
        return NULL;
    return recipe_message(ctx, effect, "every row is checked against %s",
                          sql_ident(ctx->arena, op->add_constraint.name));
}

const Rule rule_alter_constraint_validates = {
    .id = "alter-constraint-validates",
    .name = "ALTER CONSTRAINT … ENFORCED reads both tables of a foreign key",
    .severity = SEVERITY_ERROR,
    .on = {OP_ALTER_CONSTRAINT},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "What was not enforced is proved for every row when it is: under ACCESS EXCLUSIVE on "
           "the table, and SHARE ROW EXCLUSIVE on the one that it refers to.",
    .instead = "Drop the constraint and add it again NOT VALID, both brief, and VALIDATE it in a "
               "migration of its own.",
    .since = 18,
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint,\n"
             "    CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers\n"
             "    NOT ENFORCED);\n"
             "INSERT INTO orders SELECT n, NULL FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ALTER CONSTRAINT orders_customer_fkey ENFORCED;",
    .good = "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey;\n"
            "ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id)\n"
            "    REFERENCES customers NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fkey;",
    .check = check,
};
