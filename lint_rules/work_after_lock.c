/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"
#include "lockstep/recipe.h"

/* Work that lets the table it is done on go on: what else is held makes it a hazard. */
static const LockEffect *
find_work(const LintContext *ctx)
{
    foreach (effect, &ctx->effects) {
        if (effect->existed && relation_kind_has_rows(effect->kind) &&
            (effect->scans || effect->rewrites || effect->builds_index))
            return effect;
    }
    return NULL;
}

/* A LIMIT that lets through what is written in no time. */
static bool
is_bounded(const LintContext *ctx, const Op *op)
{
    return op->data.is_limited && op->data.limit <= ctx->number;
}

/* A few rows that a key names are no work. */
static bool
writes_many_rows(const LintContext *ctx, const Op *op)
{
    if (op->kind != OP_UPDATE && op->kind != OP_DELETE)
        return false;
    return op->data.phase == DATA_RUNS && !is_bounded(ctx, op) && ctx->table != NULL &&
           !ctx->table_is_new && !hazard_is_of_a_tool(ctx->table) &&
           !hazard_has_key_in(ctx, ctx->table, &op->data.fixed) &&
           !hazard_is_short_range(ctx, ctx->table, op, ctx->number) &&
           (ctx->table->columns_known || op->data.fixed.count == 0);
}

/* The first table with rows from before that INSERT … SELECT reads all of, or NULL. */
static const SimRelation *
find_copied(const LintContext *ctx, const Op *op)
{
    if (op->kind != OP_INSERT || op->data.phase != DATA_RUNS || is_bounded(ctx, op))
        return NULL;
    foreach (name, &op->data.from) {
        const SimRelation *source = schema_find_relation(ctx->schema, *name);
        if (source != NULL && source->kind != RELATION_VIEW &&
            !relation_is_new(ctx->schema, source) && source->persistence != PERSISTENCE_TEMPORARY)
            return source;
    }
    return NULL;
}

static const char *
duration(const LintContext *ctx, const Op *op)
{
    const LockEffect *work = find_work(ctx);
    const SimRelation *copied = find_copied(ctx, op);

    if (work != NULL)
        return effect_duration(ctx->arena, work);
    if (copied != NULL)
        return arena_printf(ctx->arena, "for as long as it takes to copy rows of %s",
                            sql_qualified(ctx->arena, copied->name));
    if (!writes_many_rows(ctx, op))
        return NULL;
    return arena_printf(ctx->arena, "for as long as it takes to %s rows of %s",
                        op->kind == OP_UPDATE ? "write" : "delete",
                        sql_qualified(ctx->arena, ctx->table->name));
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->claimed || ctx->blocking != NULL || recipe_work_under_held_lock(ctx) != NULL)
        return NULL;
    const char *lasts = duration(ctx, op);
    if (lasts == NULL)
        return NULL;
    return arena_printf(
        ctx->arena, "%s on %s, which this transaction has taken before, goes on to block %s %s",
        lock_words(ctx->stopped.level), sql_qualified(ctx->arena, ctx->stopped.relation),
        lock_blocks(ctx->stopped.level), lasts);
}

const Rule rule_work_after_lock = {
    .id = "work-after-lock",
    .name = "long work in a transaction that holds a strong lock already",
    .severity = SEVERITY_ERROR,
    .on = {OP_INSERT, OP_UPDATE, OP_DELETE, OP_VALIDATE_CONSTRAINT, OP_CREATE_TABLE_AS,
           OP_CREATE_MATERIALIZED_VIEW, OP_ANALYZE},
    .needs = RULE_NEEDS_STOPPED,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .subject = SUBJECT_STOPPED,
    .number = {.name = "rows",
           .what = "rows that a LIMIT or a range of the key may hold under such a lock",
           .initial = 10000,
           .least = 1,
           .most = 1000000000},
    .why = "A lock is kept until the transaction ends. What is brief by itself, such as ADD "
           "COLUMN, blocks the table for as long as everything that follows in the transaction.",
    .instead = "Put the work into a migration of its own, before or after the one that takes the "
               "lock.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN state text;\n"
           "UPDATE orders SET state = 'new';",
    .good = "ALTER TABLE orders ADD COLUMN state text;\n"
            "-- next migration\n"
            "UPDATE orders SET state = 'new' WHERE state IS NULL;",
    .check = check,
};
