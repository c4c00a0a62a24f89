/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

/* NULL where the model says nothing of the referenced table, or where it is the table itself. */
static const LockEffect *
effect_on_referenced(const LintContext *ctx, const Op *op)
{
    const QualifiedName referenced = schema_resolve(ctx->schema, op->add_constraint.referenced);

    if (name_equals(referenced, ctx->effect.relation))
        return NULL;
    foreach (effect, &ctx->effects) {
        if (name_equals(effect->relation, referenced))
            return effect;
    }
    return NULL;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->add_constraint.kind != CONSTRAINT_FOREIGN_KEY || !effect->scans)
        return NULL;
    /* What is new is nobody's yet, but it has been filled, and what it refers to is in use. */
    if (ctx->table_is_new)
        return recipe_message(ctx, effect, "every row of %s is looked up there",
                              sql_qualified(ctx->arena, ctx->table->name));

    const LockEffect *other = effect_on_referenced(ctx, op);
    if (other == NULL)
        return recipe_message(ctx, effect, "every row is looked up in %s",
                              sql_qualified(ctx->arena, op->add_constraint.referenced));
    return recipe_message(ctx, effect, "every row is looked up in %s, where %s blocks %s too",
                          sql_qualified(ctx->arena, other->relation), lock_words(other->level),
                          lock_blocks(other->level));
}

const Rule rule_add_foreign_key_validates = {
    .id = "add-foreign-key-validates",
    .name = "ADD FOREIGN KEY keeps writers out of two tables while it looks up every row",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_CONSTRAINT},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_SHARE_ROW_EXCLUSIVE,
    .why = "The key is proved for every row while SHARE ROW EXCLUSIVE is held on the table and on "
           "the one that it refers to. Writes to both wait for the length of the join.",
    .instead = "Add it NOT VALID, which concerns new rows only, and VALIDATE it in a migration of "
               "its own.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);\n"
             "INSERT INTO customers SELECT n FROM generate_series(1, 10) AS n;\n"
             "INSERT INTO orders SELECT n, 1 + n % 10 FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey\n"
           "    FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT;",
    .good = "ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey\n"
            "    FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT "
            "NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;",
    .check = check,
    .rewrite = recipe_add_proven,
};
