/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"
#include "lockstep/recipe.h"

static bool
refers_to(const LintContext *ctx, const ConstraintList *constraints, QualifiedName other)
{
    foreach (constraint, constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
            name_equals(schema_resolve(ctx->schema, constraint->referenced), other))
            return true;
    }
    return false;
}

static bool
table_refers_to(const LintContext *ctx, const Op *op, QualifiedName other)
{
    if (refers_to(ctx, &op->create_table.constraints, other))
        return true;
    foreach (column, &op->create_table.columns) {
        if (refers_to(ctx, &column->constraints, other))
            return true;
    }
    return false;
}

/* Some tools write it behind the table, as an ALTER TABLE; what has to look up rows has a rule of
 * its own. */
static bool
is_of_new_table(const LintContext *ctx, const Op *op, const LockEffect *effect)
{
    if (op->kind == OP_CREATE_TABLE)
        return table_refers_to(ctx, op, effect->relation);
    return ctx->table_is_new && !effect->scans &&
           name_equals(schema_resolve(ctx->schema, op->add_constraint.referenced),
                       effect->relation);
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    foreach (effect, &ctx->effects) {
        if (effect->existed && lock_blocks_writes(effect->level) &&
            is_of_new_table(ctx, op, effect))
            return recipe_brief_message(ctx, effect);
    }
    return NULL;
}

const Rule rule_create_table_locks_referenced = {
    .id = "create-table-locks-referenced",
    .name = "a new table's foreign key locks the table that it refers to",
    .severity = SEVERITY_INFO,
    .on = {OP_CREATE_TABLE, OP_ADD_CONSTRAINT},
    .concerns = hazard_makes_foreign_key,
    .lock = LOCK_SHARE_ROW_EXCLUSIVE,
    .brief = true,
    .why = "The new table is nobody's yet, but its foreign key puts triggers on a table that is in "
           "use: SHARE ROW EXCLUSIVE waits for its writers, and later ones wait behind it until "
           "the transaction ends.",
    .instead = "Keep the migration short: nothing that takes long in the same transaction; or add "
               "the foreign key in a migration of its own.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);\n"
            "-- next migration\n"
            "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;",
    .check = check,
};
