/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->create_table.partition_of.name == NULL || !effect->scans)
        return NULL;
    return recipe_message_of_one(ctx, effect, "every row is checked not to belong to %s",
                                 sql_qualified(ctx->arena, op->target));
}

const Rule rule_create_partition_scans_default = {
    .id = "create-partition-scans-default",
    .name = "a new partition has the whole DEFAULT partition read",
    .severity = SEVERITY_ERROR,
    .on = {OP_CREATE_TABLE},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "No row of the DEFAULT partition may belong to the new one, so each of them is looked "
           "at, while ACCESS EXCLUSIVE is held on it and on the partitioned table.",
    .instead = "Prove that the DEFAULT partition has no such row, with a CHECK that is added NOT "
               "VALID and validated; then create the table by itself and attach it.",
    .given = "CREATE TABLE orders (id bigint NOT NULL, placed_on date NOT NULL)\n"
             "    PARTITION BY RANGE (placed_on);\n"
             "CREATE TABLE orders_other PARTITION OF orders DEFAULT;\n"
             "INSERT INTO orders SELECT n, '2024-02-03' FROM generate_series(1, 100) AS n;",
    .bad = "CREATE TABLE orders_2025 PARTITION OF orders\n"
           "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .good = "ALTER TABLE orders_other ADD CONSTRAINT no_2025 CHECK (NOT (\n"
            "    placed_on >= '2025-01-01' AND placed_on < '2026-01-01')) NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders_other VALIDATE CONSTRAINT no_2025;\n"
            "-- next migration\n"
            "CREATE TABLE orders_2025 (LIKE orders INCLUDING ALL);\n"
            "ALTER TABLE orders ATTACH PARTITION orders_2025\n"
            "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    .check = check,
    .rewrite = recipe_create_partition,
};
