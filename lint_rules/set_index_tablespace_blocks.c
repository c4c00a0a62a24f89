/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimRelation *index = schema_find_relation(ctx->schema, op->target);

    if (index == NULL || index->kind != RELATION_INDEX || ctx->table_is_new ||
        (!index->assumed && relation_is_in_tablespace(index, op->assigned.name)))
        return NULL;
    foreach (effect, &ctx->effects) {
        if (effect->relation_id == index->id && effect->existed)
            return arena_printf(
                ctx->arena,
                "%s on %s blocks %s of %s while its file is copied: planning a "
                "query looks at every index of the table",
                lock_words(effect->level), sql_qualified(ctx->arena, effect->relation),
                lock_blocks(effect->level),
                ctx->table != NULL ? sql_qualified(ctx->arena, ctx->table->name) : "its table");
    }
    return NULL;
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    if (ctx->statement->ops.count == 1 && !op->target_if_exists)
        rewrite_outside(out, "REINDEX (TABLESPACE %s) INDEX CONCURRENTLY %s;",
                        sql_ident(ctx->arena, op->assigned.name),
                        sql_qualified(ctx->arena, op->target));
}

const Rule rule_set_index_tablespace_blocks = {
    .id = "set-index-tablespace-blocks",
    .name = "ALTER INDEX … SET TABLESPACE keeps queries from the table",
    .severity = SEVERITY_WARNING,
    .on = {OP_SET_TABLESPACE},
    .why = "The index is copied under ACCESS EXCLUSIVE. Whoever plans a query on its table looks "
           "at the index too, and so waits for the copy.",
    .instead = "REINDEX (TABLESPACE …) INDEX CONCURRENTLY, outside of a transaction.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
             "CREATE INDEX orders_note_idx ON orders (note);",
    .bad = "ALTER INDEX orders_note_idx SET TABLESPACE fast_disk;",
    .good = "REINDEX (TABLESPACE fast_disk) INDEX CONCURRENTLY orders_note_idx;",
    .check = check,
    .rewrite = rewrite,
};
