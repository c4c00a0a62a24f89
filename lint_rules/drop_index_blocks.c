/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static bool
can_go_concurrently(const SimRelation *index)
{
    return index == NULL ||
           (index->kind == RELATION_INDEX && index->parent == 0 && !index->index.is_constraint);
}

static bool
concerns(const Op *op)
{
    return !op->concurrently;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimRelation *index = schema_find_relation(ctx->schema, op->target);

    if (ctx->table_is_new || !can_go_concurrently(index))
        return NULL;
    if (lock_blocks_reads(ctx->effect.level) && ctx->effect.existed)
        return recipe_brief_message(ctx, &ctx->effect);
    if (index == NULL || !index->assumed || ctx->table != NULL)
        return NULL;
    return arena_printf(ctx->arena, "%s on the table of %s blocks %s for a moment",
                        lock_words(LOCK_ACCESS_EXCLUSIVE), sql_qualified(ctx->arena, op->target),
                        lock_blocks(LOCK_ACCESS_EXCLUSIVE));
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    foreach (other, &ctx->statement->ops) {
        if (other->kind == OP_DROP_INDEX)
            rewrite_outside(out, "DROP INDEX CONCURRENTLY %s%s;", op->if_exists ? "IF EXISTS " : "",
                            sql_qualified(ctx->arena, other->target));
    }
}

const Rule rule_drop_index_blocks = {
    .id = "drop-index-blocks",
    .name = "DROP INDEX locks the table",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_INDEX},
    .concerns = concerns,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .brief = true,
    .why = "It takes ACCESS EXCLUSIVE on the index's table: it waits for every query there, and "
           "later queries wait behind it until the transaction ends.",
    .instead = "DROP INDEX CONCURRENTLY, outside of a transaction.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "CREATE INDEX orders_note_idx ON orders (note);",
    .bad = "DROP INDEX orders_note_idx;",
    .good = "DROP INDEX CONCURRENTLY orders_note_idx;",
    .check = check,
    .rewrite = rewrite,
};
