/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

/* Where something is read under the lock too, works-under-lock says so. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    if (op->concurrently || op->partition.finalize || ctx->table_is_new ||
        !lock_blocks_reads(ctx->effect.level) || ctx->blocking != NULL)
        return NULL;
    return recipe_brief_message(ctx, &ctx->effect);
}

const Rule rule_detach_partition_blocks = {
    .id = "detach-partition-blocks",
    .name = "DETACH PARTITION locks the partitioned table",
    .severity = SEVERITY_WARNING,
    .on = {OP_DETACH_PARTITION},
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "It takes ACCESS EXCLUSIVE on the partitioned table and so waits for every query on any "
           "partition; every query that comes later waits behind it.",
    .instead = "DETACH PARTITION … CONCURRENTLY, outside of a transaction; only a table with a "
               "DEFAULT partition cannot have that.",
    .given = "CREATE TABLE orders (id bigint NOT NULL, placed_on date NOT NULL)\n"
             "    PARTITION BY RANGE (placed_on);\n"
             "CREATE TABLE orders_2020 PARTITION OF orders\n"
             "    FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
    .bad = "ALTER TABLE orders DETACH PARTITION orders_2020;",
    .good = "ALTER TABLE orders DETACH PARTITION orders_2020 CONCURRENTLY;",
    .check = check,
};
