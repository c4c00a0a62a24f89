/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->concurrently || !lock_blocks_reads(effect->level))
        return NULL;

    /* In words: it lasts as long as writing the view's rows, which are not its old ones. */
    LockEffect words = *effect;
    words.rewrites = true;
    return recipe_message(ctx, &words, "its query runs");
}

/* CONCURRENTLY compares old and new rows by a unique index over plain columns of all rows. */
static bool
has_unique_index(const LintContext *ctx)
{
    const RelationIdList indexes = schema_indexes_of(ctx->arena, ctx->schema, ctx->table->id);

    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(ctx->schema, *id);
        bool fits = index != NULL && index->index.unique && index->index.valid &&
                    index->index.predicate == NULL;
        if (fits)
            foreach (key, &index->index.keys)
                fits = fits && key->column != NULL;
        if (fits)
            return true;
    }
    return false;
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    if (ctx->table != NULL && has_unique_index(ctx))
        rewrite_step(out, "REFRESH MATERIALIZED VIEW CONCURRENTLY %s;",
                     sql_qualified(ctx->arena, op->target));
}

const Rule rule_refresh_view_blocks = {
    .id = "refresh-view-blocks",
    .name = "REFRESH MATERIALIZED VIEW keeps readers out while the query runs",
    .severity = SEVERITY_ERROR,
    .on = {OP_REFRESH_MATERIALIZED_VIEW},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The view is filled anew under ACCESS EXCLUSIVE: whoever reads it waits until its query "
           "has run to the end.",
    .instead = "Give the view a unique index and refresh it CONCURRENTLY: readers go on.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, placed_on date NOT NULL);\n"
             "INSERT INTO orders SELECT n, current_date - n FROM generate_series(1, 100) AS n;\n"
             "CREATE MATERIALIZED VIEW daily_sales AS\n"
             "    SELECT placed_on, count(*) AS orders FROM orders GROUP BY placed_on;\n"
             "CREATE UNIQUE INDEX daily_sales_placed_on_key ON daily_sales (placed_on);",
    .bad = "REFRESH MATERIALIZED VIEW daily_sales;",
    .good = "REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales;",
    .check = check,
    .rewrite = rewrite,
};
