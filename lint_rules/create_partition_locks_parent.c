/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"
#include "lockstep/recipe.h"

static bool
concerns(const Op *op)
{
    return op->create_table.partition_of.name != NULL && !hazard_makes_temporary(op);
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = recipe_effect_beside(ctx, LOCK_ACCESS_EXCLUSIVE);

    (void)op;
    if (effect == NULL || ctx->blocking != NULL)
        return NULL;
    return recipe_brief_message(ctx, effect);
}

const Rule rule_create_partition_locks_parent = {
    .id = "create-partition-locks-parent",
    .name = "CREATE TABLE … PARTITION OF locks the partitioned table",
    .severity = SEVERITY_WARNING,
    .on = {OP_CREATE_TABLE},
    .concerns = concerns,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .brief = true,
    .why = "PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table, and so waits for every "
           "query on any partition, and every query waits behind it, until "
           "the end of the transaction.",
    .instead = "Create the table by itself, with LIKE, and attach it: that lets reads and writes "
               "through.",
    .given = "CREATE TABLE orders (id bigint NOT NULL, placed_on date NOT NULL)\n"
             "    PARTITION BY RANGE (placed_on);",
    .bad = "CREATE TABLE orders_2025 PARTITION OF orders\n"
           "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .good = "CREATE TABLE orders_2025 (LIKE orders INCLUDING ALL);\n"
            "ALTER TABLE orders ATTACH PARTITION orders_2025\n"
            "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .check = check,
    .rewrite = recipe_create_partition,
};
