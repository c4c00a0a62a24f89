/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const char *what = hazard_is_in_use(ctx) ? hazard_narrowing(ctx, op) : NULL;

    if (what == NULL || hazard_narrowing_is_prepared(ctx, op))
        return NULL;
    const SimColumn *column = relation_find_column(ctx->table, op->alter_type.column);
    return arena_printf(ctx->arena, "%s.%s becomes %s and was %s: %s", hazard_target(ctx, op),
                        sql_ident(ctx->arena, op->alter_type.column),
                        hazard_type_words(ctx->arena, &op->alter_type.type),
                        hazard_type_words(ctx->arena, &column->type), what);
}

const Rule rule_narrowing_type_change = {
    .id = "narrowing-type-change",
    .name = "a column gets a type that cannot hold all that the old one held",
    .severity = SEVERITY_WARNING,
    .on = {OP_ALTER_COLUMN_TYPE},
    .why = "Values that do not fit make the migration fail in production, where nobody tried it, "
           "or lose digits without a word. Old code that still writes them fails afterwards.",
    .instead = "Count the values that do not fit first, and mend them; or keep the type and add a "
               "CHECK for new rows.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, number bigint);\n"
             "INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;",
    .bad = "-- lockstep: allow change-type-rewrites: a small table\n"
           "ALTER TABLE orders ALTER COLUMN number TYPE integer;",
    .good = "ALTER TABLE orders ADD CONSTRAINT number_is_small\n"
            "    CHECK (number < 2147483648) NOT VALID;",
    .check = check,
};
