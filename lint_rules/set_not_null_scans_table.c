/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

/* Dropped constraints go first, whatever the order in which they are written (tablecmds.c,
 * ATRewriteCatalogs). */
static bool
drops_proof(const LintContext *ctx, const char *column)
{
    foreach (other, &ctx->statement->ops) {
        const SimConstraint *dropped =
            other->kind == OP_DROP_CONSTRAINT && ctx->table_before != NULL
                ? relation_find_constraint(ctx->table_before, other->constraint.name)
                : NULL;
        if (dropped != NULL && dropped->kind == CONSTRAINT_CHECK && dropped->valid &&
            dropped->expression != NULL && string_list_has(&dropped->expression->columns, column))
            return true;
    }
    return false;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    /* The lock model has already looked for a valid CHECK, which spares the reading. */
    const LockEffect *effect = ctx->blocking;

    if (!effect->scans)
        return NULL;
    return recipe_message(
        ctx, effect, "%s is searched for nulls%s", sql_ident(ctx->arena, op->column.column),
        drops_proof(ctx, op->column.column) ? ", for which a CHECK that the same statement "
                                              "drops is no proof any more"
                                            : "");
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    recipe_siblings(ctx, op, out);
    recipe_set_not_null(ctx, op->target, op->column.column, out);
    recipe_prove_siblings(ctx, op, out);
}

const Rule rule_set_not_null_scans_table = {
    .id = "set-not-null-scans-table",
    .name = "SET NOT NULL reads the whole table",
    .severity = SEVERITY_ERROR,
    .on = {OP_SET_NOT_NULL},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The server looks at every row while it holds ACCESS EXCLUSIVE. Every query on the "
           "table waits for the length of a sequential scan.",
    .instead = "Prove that there is no null under a lock that lets reads and writes through; then "
               "SET NOT NULL has nothing left to read.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
    .good = "ALTER TABLE orders ADD CONSTRAINT note_present CHECK (note IS NOT NULL) NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT note_present;\n"
            "-- next migration\n"
            "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
    .check = check,
    .rewrite = rewrite,
};
