/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = recipe_work_under_held_lock(ctx);

    if (effect == NULL || !effect->scans)
        return NULL;

    /* The table's reason tells of VALIDATE alone, under its own lock. */
    LockEffect words = *effect;
    words.reason = NULL;
    return recipe_message(ctx, &words,
                          "%s is proved for every row, in one transaction with what took that lock",
                          sql_ident(ctx->arena, op->constraint.name));
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    recipe_siblings(ctx, op, out);
    rewrite_step(out, "ALTER TABLE %s%s VALIDATE CONSTRAINT %s;", op->only ? "ONLY " : "",
                 sql_qualified(ctx->arena, op->target), sql_ident(ctx->arena, op->constraint.name));
    recipe_prove_siblings(ctx, op, out);
}

const Rule rule_validate_under_lock = {
    .id = "validate-under-lock",
    .name = "VALIDATE CONSTRAINT reads the table under a lock that was taken for something else",
    .severity = SEVERITY_ERROR,
    .on = {OP_VALIDATE_CONSTRAINT},
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "VALIDATE itself lets reads and writes through. In one statement or transaction with "
           "something that does not, it reads every row under that stronger lock, which is kept "
           "until the end of the transaction.",
    .instead = "Put VALIDATE into a migration of its own, after the one that takes the lock.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;\n"
             "-- next migration\n"
             "ALTER TABLE orders ADD CONSTRAINT note_short CHECK (length(note) < 100) NOT VALID;",
    .bad = "ALTER TABLE orders ALTER COLUMN note SET DEFAULT '', VALIDATE CONSTRAINT note_short;",
    .good = "ALTER TABLE orders ALTER COLUMN note SET DEFAULT '';\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT note_short;",
    .check = check,
    .rewrite = rewrite,
};
