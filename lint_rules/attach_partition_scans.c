/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
work(const LintContext *ctx, const Op *op, const LockEffect *effect)
{
    const QualifiedName partition = schema_resolve(ctx->schema, op->partition.partition);

    if (!name_equals(effect->relation, partition))
        return "its rows are compared with the new partition";
    return effect->builds_index ? "an index that the partitioned table has is built"
                                : "every row is checked against the bound";
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;
    return recipe_message_of_one(ctx, effect, "%s", work(ctx, op, effect));
}

const Rule rule_attach_partition_scans = {
    .id = "attach-partition-scans",
    .name = "ATTACH PARTITION reads whole tables to see that the bound holds",
    .severity = SEVERITY_ERROR,
    .on = {OP_ATTACH_PARTITION},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "Each row of the new partition is checked against the bound, and each row of the "
           "DEFAULT partition not to belong to the new one, both under ACCESS EXCLUSIVE. An index "
           "that the partitioned table has and the new partition lacks is built at once.",
    .instead = "Before it, prove the bound with a CHECK that is added NOT VALID and validated, "
               "with IS NOT NULL for the key, and its opposite for the DEFAULT partition; build "
               "missing indexes CONCURRENTLY.",
    .given = "CREATE TABLE orders (id bigint NOT NULL, placed_on date NOT NULL)\n"
             "    PARTITION BY RANGE (placed_on);\n"
             "CREATE TABLE orders_other PARTITION OF orders DEFAULT;\n"
             "CREATE TABLE orders_2024 (id bigint NOT NULL, placed_on date NOT NULL);\n"
             "INSERT INTO orders_2024 SELECT n, '2024-02-03' FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ATTACH PARTITION orders_2024\n"
           "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    .good = "ALTER TABLE orders_2024 ADD CONSTRAINT fits CHECK (placed_on IS NOT NULL\n"
            "    AND placed_on >= '2024-01-01' AND placed_on < '2025-01-01') NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders_2024 VALIDATE CONSTRAINT fits;\n"
            "-- next migration\n"
            "ALTER TABLE orders_other ADD CONSTRAINT no_2024 CHECK (NOT (\n"
            "    placed_on >= '2024-01-01' AND placed_on < '2025-01-01')) NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders_other VALIDATE CONSTRAINT no_2024;\n"
            "-- next migration\n"
            "ALTER TABLE orders ATTACH PARTITION orders_2024\n"
            "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    .check = check,
    .rewrite = recipe_attach_partition,
};
