/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static bool
is_missing(const LintContext *ctx, const Op *op)
{
    return op->if_exists && relation_find_column(ctx->table, op->column.column) == NULL;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table == NULL || !hazard_is_in_use(ctx) || is_missing(ctx, op))
        return NULL;
    const StringList lost = hazard_lost(ctx, op, true);
    const char *with = lost.count > 0 ? arena_printf(ctx->arena, "; with it %s %s",
                                                     lost.count == 1 ? "goes" : "go",
                                                     hazard_list(ctx->arena, &lost))
                                      : "";
    return arena_printf(ctx->arena,
                        "the values of %s.%s are gone for good, and statements of the running "
                        "application that name it fail%s",
                        hazard_target(ctx, op), sql_ident(ctx->arena, op->column.column), with);
}

const Rule rule_drop_column = {
    .id = "drop-column",
    .name = "DROP COLUMN throws values away, and whatever still names the column fails",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_COLUMN},
    .why = "Many libraries list every column that they knew at their start, so instances that run "
           "during the migration fail. Indexes and constraints over the column go silently, those "
           "over several columns too.",
    .instead = "Deploy code that ignores the column first, then drop it; if the column is part of "
               "an index or constraint over several columns, make the one that replaces it first.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY, email text, fax text);\n"
             "INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 10) AS n;",
    .bad = "ALTER TABLE customers DROP COLUMN fax;",
    .good = "-- lockstep: allow drop-column: no release since 41 names it\n"
            "ALTER TABLE customers DROP COLUMN fax;",
    .check = check,
};
