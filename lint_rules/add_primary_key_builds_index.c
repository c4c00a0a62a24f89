/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->add_constraint.kind != CONSTRAINT_PRIMARY_KEY)
        return NULL;

    /* USING INDEX builds nothing, but reads all rows of columns that are not known to be NOT NULL.
     */
    if (!effect->builds_index && effect->scans)
        return recipe_message(ctx, effect, "every row is searched for nulls");
    if (!effect->builds_index)
        return NULL;
    return recipe_message(
        ctx, effect, "the index %s of the primary key is built",
        sql_ident(ctx->arena, recipe_constraint_name(ctx, op, &op->add_constraint)));
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    recipe_siblings(ctx, op, out);
    recipe_set_siblings_not_null(ctx, op, out);
    recipe_add_key(ctx, op, &op->add_constraint, false, recipe_replaced(ctx, op, op), out);
    recipe_validate_siblings(ctx, op, out);
}

const Rule rule_add_primary_key_builds_index = {
    .id = "add-primary-key-builds-index",
    .name = "ADD PRIMARY KEY builds its index while nobody can use the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_CONSTRAINT},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The index of the key is built, and columns that may be null are searched for nulls, "
           "while ACCESS EXCLUSIVE is held: every query on the table waits for both.",
    .instead = "Prove that the columns hold no null, build a unique index CONCURRENTLY and adopt "
               "it: ADD PRIMARY KEY USING INDEX.",
    .given = "CREATE TABLE order_items (order_id bigint NOT NULL, line_no smallint);\n"
             "INSERT INTO order_items SELECT n, 1 FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE order_items ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, "
           "line_no);",
    .good = "ALTER TABLE order_items ADD CONSTRAINT line_no_present CHECK (line_no IS NOT NULL) "
            "NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE order_items VALIDATE CONSTRAINT line_no_present;\n"
            "-- next migration\n"
            "CREATE UNIQUE INDEX CONCURRENTLY order_items_pkey ON order_items (order_id, "
            "line_no);\n"
            "-- next migration\n"
            "ALTER TABLE order_items ADD CONSTRAINT order_items_pkey\n"
            "    PRIMARY KEY USING INDEX order_items_pkey;",
    .check = check,
    .rewrite = rewrite,
};
