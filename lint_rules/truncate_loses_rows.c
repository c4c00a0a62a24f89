/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

/* CASCADE goes on from table to table (tablecmds.c, ExecuteTruncateGuts). */
static void
add_referencing(const LintContext *ctx, RelationId table, RelationIdList *out)
{
    const RelationIdList direct = schema_referencing(ctx->arena, ctx->schema, table);

    foreach (id, &direct) {
        bool seen = false;
        foreach (known, out)
            seen = seen || *known == *id;
        if (!seen)
            LIST_APPEND(ctx->arena, out, *id);
    }
}

static const char *
others(const LintContext *ctx)
{
    RelationIdList tables = {0};
    StringList names = {0};

    LIST_APPEND(ctx->arena, &tables, ctx->table->id);
    for (size_t i = 0; i < tables.count; i++)
        add_referencing(ctx, tables.items[i], &tables);
    for (size_t i = 1; i < tables.count; i++) {
        const SimRelation *table = schema_relation_by_id(ctx->schema, tables.items[i]);
        if (table != NULL)
            LIST_APPEND(ctx->arena, &names, sql_qualified(ctx->arena, table->name));
    }
    if (names.count == 0)
        return "";
    return arena_printf(ctx->arena, ", and with CASCADE those of %s",
                        hazard_list(ctx->arena, &names));
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table == NULL || !hazard_is_in_use(ctx))
        return NULL;
    return arena_printf(ctx->arena, "all rows of %s are gone for good%s", hazard_target(ctx, op),
                        op->cascade ? others(ctx) : "");
}

const Rule rule_truncate_loses_rows = {
    .id = "truncate-loses-rows",
    .name = "TRUNCATE throws every row away, with CASCADE those of other tables too",
    .severity = SEVERITY_WARNING,
    .on = {OP_TRUNCATE},
    .why = "Only a backup has the rows afterwards. CASCADE empties every table with a foreign key "
           "to this one, whatever the key says for DELETE.",
    .instead = "Delete the rows that are meant, with a condition, in batches; name each table "
               "instead of CASCADE.",
    .given = "CREATE TABLE carts (id bigint PRIMARY KEY, updated timestamptz NOT NULL);\n"
             "CREATE INDEX carts_updated_idx ON carts (updated);",
    .bad = "TRUNCATE carts;",
    .good = "-- lockstep: allow truncate-loses-rows: a cache, filled again at the next start\n"
            "TRUNCATE carts;",
    .check = check,
};
