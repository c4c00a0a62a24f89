/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->concurrently || !effect->builds_index)
        return NULL;
    return recipe_message(ctx, effect, "%s built anew, and queries that plan with %s wait too",
                          op->reindex.is_index ? "the index is" : "its indexes are",
                          op->reindex.is_index ? "it" : "one");
}

/* The word that says what is built anew; the names behind it may be the same. */
static Span
kind_word(const LintContext *ctx)
{
    static const char *const kinds[] = {"index", "table", "schema", "database"};
    const Span statement = ctx->statement->span;
    Span first = {statement.end, statement.end};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const Span word = slice_find(ctx->source, statement, kinds[i]);
        if (word.start < first.start)
            first = word;
    }
    return first;
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const Span statement = ctx->statement->span;
    const Span word = kind_word(ctx);
    const Span head = {statement.start, word.end};
    const Span tail = slice_after(statement, word);

    (void)op;
    if (word.start == word.end) /* SYSTEM, which is never done concurrently */
        return;
    rewrite_outside(out, "%s CONCURRENTLY%s;", slice_text(ctx->arena, ctx->source, head),
                    slice_text(ctx->arena, ctx->source, tail));
}

const Rule rule_reindex_blocks = {
    .id = "reindex-blocks",
    .name = "REINDEX keeps writers out of the table while it builds",
    .severity = SEVERITY_ERROR,
    .on = {OP_REINDEX},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_SHARE,
    .why = "REINDEX holds SHARE on the table, so that no row can change, and ACCESS EXCLUSIVE on "
           "each index that it builds, so that queries that would use it wait as well.",
    .instead = "REINDEX … CONCURRENTLY, outside of a transaction.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "CREATE INDEX orders_note_idx ON orders (note);\n"
             "INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;",
    .bad = "REINDEX INDEX orders_note_idx;",
    .good = "REINDEX INDEX CONCURRENTLY orders_note_idx;",
    .check = check,
    .rewrite = rewrite,
};
