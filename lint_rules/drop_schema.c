/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/hazard.h"

static bool
is_drop_database(const LintContext *ctx, const Op *op)
{
    return op->kind == OP_NO_RELATION && strcmp(ctx->statement->kind, "DROP DATABASE") == 0;
}

static const char *
what_goes(const LintContext *ctx, const Op *op)
{
    const StringList lost = hazard_lost(ctx, op, true);
    return lost.count > 0 ? arena_printf(ctx->arena, ": %s", hazard_list(ctx->arena, &lost))
                          : ", whatever that is: the history does not show it";
}

/* Without CASCADE the server drops only an empty schema. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    if (is_drop_database(ctx, op))
        return "a whole database and every row in it are gone, outside of any transaction";
    if (ctx->is_down || ctx->is_own || !op->cascade || op->kind == OP_NO_RELATION)
        return NULL;
    if (op->kind == OP_DROP_OWNED)
        return arena_printf(ctx->arena, "drops all that the role owns in this database%s",
                            what_goes(ctx, op));
    return arena_printf(ctx->arena, "CASCADE drops all that schema %s holds%s",
                        sql_ident(ctx->arena, op->target.name), what_goes(ctx, op));
}

const Rule rule_drop_schema = {
    .id = "drop-schema",
    .name = "a whole schema, or all that a role owns, is dropped without being named",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_SCHEMA, OP_DROP_OWNED, OP_NO_RELATION},
    .why = "CASCADE takes every table in it along, also those that were made since the migration "
           "was written. Only a backup has the rows afterwards.",
    .instead = "Drop the tables one by one, by name, and then the empty schema without CASCADE.",
    .given = "CREATE SCHEMA legacy;\n"
             "CREATE TABLE legacy.orders (id bigint PRIMARY KEY);",
    .bad = "DROP SCHEMA legacy CASCADE;",
    .good = "-- lockstep: allow drop-table: archived on 2026-03-01\n"
            "DROP TABLE legacy.orders;\n"
            "DROP SCHEMA legacy;",
    .check = check,
};
