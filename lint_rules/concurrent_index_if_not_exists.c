/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static const SimRelation *
find_namesake(const LintContext *ctx, const Op *op)
{
    const QualifiedName table = schema_resolve(ctx->schema, op->target);

    return schema_find_relation(ctx->schema, (QualifiedName){table.schema, op->create_index.name});
}

static bool
concerns(const Op *op)
{
    return op->concurrently && op->if_exists && op->create_index.name != NULL;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table_is_new)
        return NULL;
    const char *name = sql_ident(ctx->arena, op->create_index.name);
    const SimRelation *namesake = find_namesake(ctx, op);
    if (namesake != NULL && !namesake->assumed)
        return arena_printf(ctx->arena,
                            "%s exists already%s, so this does nothing, whatever it says of keys "
                            "and conditions%s",
                            name, namesake->index.valid ? "" : " and is INVALID",
                            namesake->index.valid
                                ? "; if its build has failed, it is INVALID and stays so: drop it "
                                  "first"
                                : ": drop it first");
    return arena_printf(ctx->arena,
                        "if a build of %s has failed before, its INVALID rest stays, and this "
                        "takes it for the index; `up` drops such a rest first, other tools do not",
                        name);
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const QualifiedName index = {op->target.schema, op->create_index.name};
    const Span all = ctx->statement->span;
    const Span word = slice_find(ctx->source, all, "if");
    const Span rest = slice_after(all, slice_find(ctx->source, all, "exists"));
    const Span name = slice_next(ctx->source, rest);

    rewrite_outside(out, "DROP INDEX CONCURRENTLY IF EXISTS %s;", sql_qualified(ctx->arena, index));
    rewrite_outside(out, "%s%s;",
                    slice_text(ctx->arena, ctx->source, (Span){all.start, word.start}),
                    slice_text(ctx->arena, ctx->source, (Span){name.start, rest.end}));
}

const Rule rule_concurrent_index_if_not_exists = {
    .id = "concurrent-index-if-not-exists",
    .name = "CREATE INDEX CONCURRENTLY IF NOT EXISTS accepts an INVALID index",
    .severity = SEVERITY_INFO,
    .on = {OP_CREATE_INDEX},
    .concerns = concerns,
    .why = "A concurrent build that fails or is cancelled leaves an INVALID index behind, which "
           "costs every write and helps no query. IF NOT EXISTS looks at the name only: run again, "
           "the migration succeeds and the index is never built.",
    .instead = "Drop a rest first: DROP INDEX CONCURRENTLY IF EXISTS, then build without IF NOT "
               "EXISTS.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);",
    .bad = "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note_idx ON orders (note);",
    .good = "DROP INDEX CONCURRENTLY IF EXISTS orders_note_idx;\n"
            "-- next migration\n"
            "CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);",
    .check = check,
    .rewrite = rewrite,
};
