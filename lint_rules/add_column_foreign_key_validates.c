/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const ConstraintDefinition *
find_reference(const ColumnDefinition *column)
{
    foreach (constraint, &column->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->not_enforced)
            return constraint;
    }
    return NULL;
}

static bool
has_check(const ColumnDefinition *column)
{
    foreach (constraint, &column->constraints) {
        if (constraint->kind == CONSTRAINT_CHECK && !constraint->not_enforced)
            return true;
    }
    return false;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;
    const ConstraintDefinition *reference = find_reference(&op->add_column);

    /* Only the values of a default are looked up; a CHECK or a rewrite has a rule of its own and
     * the same recipe. */
    if (ctx->table_is_new || effect->rewrites || !effect->scans || reference == NULL ||
        op->add_column.default_value == NULL || has_check(&op->add_column))
        return NULL;
    return recipe_message(ctx, effect,
                          "the default of every row is looked up in %s, where writes "
                          "wait too",
                          sql_qualified(ctx->arena, reference->referenced));
}

const Rule rule_add_column_foreign_key_validates = {
    .id = "add-column-foreign-key-validates",
    .name = "ADD COLUMN with a default and REFERENCES looks up every row",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_COLUMN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "Every row gets the default, so the server looks every row up in the referenced table, "
           "under ACCESS EXCLUSIVE here and SHARE ROW EXCLUSIVE there.",
    .instead = "Add the column with its default and, in the same statement, the foreign key as NOT "
               "VALID; VALIDATE it in a migration of its own.",
    .given = "CREATE TABLE countries (code text PRIMARY KEY);\n"
             "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
             "INSERT INTO countries VALUES ('DE'), ('FR');\n"
             "INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE customers ADD COLUMN country text NOT NULL DEFAULT 'DE' "
           "REFERENCES countries (code);",
    .good = "ALTER TABLE customers ADD COLUMN country text NOT NULL DEFAULT 'DE',\n"
            "    ADD CONSTRAINT customers_country_fkey FOREIGN KEY (country)\n"
            "    REFERENCES countries (code) NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE customers VALIDATE CONSTRAINT customers_country_fkey;",
    .check = check,
    .rewrite = recipe_add_column,
};
