/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

/* The application only reads a materialized view. */
static bool
is_felt(const LockEffect *effect)
{
    return effect->kind != RELATION_MATERIALIZED_VIEW || lock_blocks_reads(effect->level);
}

/* What no rule of its own has words for: whatever the lock model says is work. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    (void)op;
    if (ctx->claimed || !is_felt(effect))
        return NULL;
    const char *doing = effect->rewrites ? "all of it is written anew"
                        : effect->scans  ? "every row is read"
                                         : "an index is built";
    return recipe_message(ctx, effect, "%s", doing);
}

const Rule rule_works_under_lock = {
    .id = "works-under-lock",
    .name = "a statement reads, rewrites or indexes a whole table under a lock that blocks writes",
    .severity = SEVERITY_ERROR,
    .on_any = RULE_ANY_THAT_BLOCKS,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "The work takes as long as the table is large, and the application waits for all of it.",
    .instead = "Look for a way in several steps: first what is brief, then the work under a lock "
               "that lets reads and writes through.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY) PARTITION BY RANGE (id);\n"
             "CREATE TABLE orders_old PARTITION OF orders FOR VALUES FROM (0) TO (1000);\n"
             "CREATE TABLE order_items (order_id bigint REFERENCES orders, line_no integer);\n"
             "INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;\n"
             "INSERT INTO order_items SELECT NULL, n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders DETACH PARTITION orders_old;",
    .good = "ALTER TABLE orders DETACH PARTITION orders_old CONCURRENTLY;",
    .check = check,
};
