/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static const LockEffect *
effect_on(const LintContext *ctx, RelationId relation)
{
    foreach (effect, &ctx->effects) {
        if (effect->relation_id == relation)
            return effect;
    }
    return NULL;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    (void)op;
    if (ctx->table == NULL || !ctx->table->is_partition)
        return NULL;
    const LockEffect *parent = effect_on(ctx, ctx->table->parent);
    if (parent == NULL || !parent->existed || !lock_blocks_reads(parent->level))
        return NULL;
    return arena_printf(ctx->arena, "to drop %s, %s", sql_qualified(ctx->arena, ctx->table->name),
                        recipe_brief_message(ctx, parent));
}

static bool
has_default(const LintContext *ctx)
{
    const RelationIdList siblings = schema_children_of(ctx->arena, ctx->schema, ctx->table->parent);

    foreach (id, &siblings) {
        const SimRelation *sibling = schema_relation_by_id(ctx->schema, *id);
        if (sibling != NULL && sibling->is_default_partition)
            return true;
    }
    return false;
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const SimRelation *parent = schema_relation_by_id(ctx->schema, ctx->table->parent);

    if (parent == NULL || ctx->statement->ops.count > 1 || op->if_exists || has_default(ctx))
        return;
    rewrite_outside(out, "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY;",
                    sql_qualified(ctx->arena, parent->name), sql_qualified(ctx->arena, op->target));
    rewrite_step(out, "%s;", slice_text(ctx->arena, ctx->source, ctx->statement->span));
}

const Rule rule_drop_partition_locks_parent = {
    .id = "drop-partition-locks-parent",
    .name = "dropping a partition locks the partitioned table",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_TABLE},
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .subject = SUBJECT_BESIDE,
    .brief = true,
    .why = "The list of partitions changes, so ACCESS EXCLUSIVE is taken on the partitioned table "
           "and on its DEFAULT partition too: every query on any partition waits, until the end of "
           "the transaction.",
    .instead = "First DETACH PARTITION … CONCURRENTLY, outside of a transaction; then drop what is "
               "a table of its own.",
    .given = "CREATE TABLE orders (id bigint NOT NULL, placed_on date NOT NULL)\n"
             "    PARTITION BY RANGE (placed_on);\n"
             "CREATE TABLE orders_2020 PARTITION OF orders\n"
             "    FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
    .bad = "DROP TABLE orders_2020;",
    .good = "ALTER TABLE orders DETACH PARTITION orders_2020 CONCURRENTLY;\n"
            "-- next migration\n"
            "DROP TABLE orders_2020;",
    .check = check,
    .rewrite = rewrite,
};
