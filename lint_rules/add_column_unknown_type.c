/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

/* With a schema file, a type that is nowhere is no type. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    (void)op;
    if (ctx->has_schema || ctx->table_is_new || ctx->table_is_empty || ctx->effect.known ||
        !ctx->effect.existed || ctx->effect.rewrites || ctx->effect.scans)
        return NULL;
    return recipe_brief_message(ctx, &ctx->effect);
}

const Rule rule_add_column_unknown_type = {
    .id = "add-column-unknown-type",
    .name = "a column gets a type that the history does not have",
    .severity = SEVERITY_INFO,
    .on = {OP_ADD_COLUMN},
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why =
        "A new column costs a moment, unless its type is a domain with a CHECK or NOT NULL: then "
        "every row is written anew under ACCESS EXCLUSIVE. Of a type that no migration makes it "
        "is not known which of the two it is.",
    .instead = "Hand over the schema with --schema, or make the type in a migration.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .unseen = "CREATE SCHEMA app;\n"
              "CREATE TYPE app.mood AS ENUM ('calm');",
    .bad = "ALTER TABLE orders ADD COLUMN mood app.mood;",
    .good = "ALTER TABLE orders ADD COLUMN mood text;",
    .check = check,
};
