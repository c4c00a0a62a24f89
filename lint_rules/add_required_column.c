/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"
#include "lockstep/recipe.h"

static bool
concerns(const Op *op)
{
    return op->add_column.not_null;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const ColumnDefinition *column = &op->add_column;

    if (ctx->table == NULL || !hazard_is_in_use(ctx) || ctx->table_is_empty ||
        hazard_column_has_value(ctx, column) ||
        relation_find_column(ctx->table, column->name) != NULL)
        return NULL;
    return arena_printf(ctx->arena,
                        "fails as soon as %s has a row, which would have no value for %s; and "
                        "where it has none, INSERTs of the running application fail",
                        hazard_target(ctx, op), sql_ident(ctx->arena, column->name));
}

const Rule rule_add_required_column = {
    .id = "add-required-column",
    .name = "a NOT NULL column without a default is added to a table that has rows",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .concerns = concerns,
    .why = "The server refuses it for a table with rows, so it passes on an empty test database "
           "and fails in production.",
    .instead = "Add it with a constant DEFAULT, which costs nothing, or add it nullable, fill it "
               "in batches, and make it NOT NULL at last.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
             "INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ADD COLUMN channel text NOT NULL;",
    .good = "ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'shop';",
    .check = check,
    .rewrite = recipe_add_required_column,
};
