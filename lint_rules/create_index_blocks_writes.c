/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (!effect->builds_index)
        return NULL;
    if (op->create_index.name == NULL)
        return recipe_message(ctx, effect, "the index is built");
    return recipe_message(ctx, effect, "the index %s is built",
                          sql_ident(ctx->arena, op->create_index.name));
}

/* What follows the table's name in the user's statement. */
static const char *
tail(const LintContext *ctx, const Op *op)
{
    const Span statement = ctx->statement->span;
    Span rest = slice_after(statement, slice_find(ctx->source, statement, "on"));

    /* The index itself may be called "on" only in quotes, so this ON is the keyword. */
    if (op->only && slice_is(ctx->source, slice_next(ctx->source, rest), "only"))
        rest = slice_after(rest, slice_next(ctx->source, rest));
    rest = slice_skip_name(ctx->source, rest);
    rest = slice_trim(ctx->source, rest);
    return slice_text(ctx->arena, ctx->source, rest);
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    IndexPlan plan = {.unique = op->create_index.unique,
                      .if_not_exists = op->if_exists,
                      .name = op->create_index.name,
                      .label = "idx",
                      .tail = tail(ctx, op)};

    foreach (key, &op->create_index.keys)
        LIST_APPEND(ctx->arena, &plan.columns, key->column != NULL ? key->column : "expr");
    recipe_build_index(ctx, op->target, &plan, out);
}

const Rule rule_create_index_blocks_writes = {
    .id = "create-index-blocks-writes",
    .name = "CREATE INDEX keeps writers out while it reads the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_CREATE_INDEX},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_SHARE,
    .why = "A plain CREATE INDEX holds SHARE on the table until the index is complete. Every "
           "INSERT, UPDATE and DELETE waits for as long as the build takes.",
    .instead = "Build it with CONCURRENTLY, outside of a transaction; on a partitioned table, "
               "partition by partition.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz NOT NULL);\n"
             "INSERT INTO orders SELECT n, '2026-01-01' FROM generate_series(1, 100) AS n;",
    .bad = "CREATE INDEX orders_placed_at_idx ON orders (placed_at DESC) WHERE id > 10;",
    .good = "CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at DESC) "
            "WHERE id > 10;",
    .check = check,
    .rewrite = rewrite,
};
