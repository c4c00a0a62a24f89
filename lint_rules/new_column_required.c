/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static bool
has_value(const LintContext *ctx, const SimColumn *column)
{
    const SimDomain *domain = schema_find_domain(ctx->schema, column->type.name);
    return column->default_value != NULL || column->generated != GENERATED_NOT ||
           column->sequence != 0 || (domain != NULL && domain->default_value != NULL);
}

/* It may fill the column in. */
static bool
has_insert_trigger(const SimRelation *table)
{
    foreach (attached, &table->attached) {
        const SimAttached *trigger = *attached;
        if (trigger->kind == SIM_TRIGGER && trigger->for_each_row && trigger->events.on_insert)
            return true;
    }
    return false;
}

/* Of the two operations that make it required, the one that comes last. */
static bool
makes_required(const LintContext *ctx, const Op *op)
{
    const SimColumn *found =
        ctx->found != NULL ? relation_find_column(ctx->found, op->column.column) : NULL;
    if (found == NULL || !found->type_known)
        return false;
    return op->kind == OP_DROP_DEFAULT ? found->not_null : !has_value(ctx, found);
}

/* It may be one of the columns that the file has found, by another name. */
static bool
may_be_renamed(const LintContext *ctx, const SimColumn *column)
{
    if (ctx->table_before == NULL)
        return false;
    foreach (before, &ctx->table_before->columns) {
        if (relation_find_column(ctx->table, before->name) == NULL &&
            name_equals(before->type.name, column->type.name))
            return true;
    }
    return false;
}

/* A table that nobody has made is known from its first statement on. */
static bool
had_column(const LintContext *ctx, const char *name)
{
    if (ctx->table_before == NULL)
        return !ctx->table->assumed;
    return relation_find_column(ctx->table_before, name) != NULL;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const char *name = op->column.column;
    if (ctx->is_down || ctx->table == NULL || op->guarded || !hazard_is_in_use(ctx) ||
        had_column(ctx, name))
        return NULL;
    const SimColumn *column = relation_find_column(ctx->table, name);
    if (column == NULL || !column->not_null || has_value(ctx, column) || !makes_required(ctx, op) ||
        has_insert_trigger(ctx->table) || may_be_renamed(ctx, column))
        return NULL;
    return arena_printf(ctx->arena,
                        "INSERTs of the running application, which does not know %s.%s, fail until "
                        "its new release is everywhere: the column is new, NOT NULL and has no "
                        "default",
                        hazard_target(ctx, op), sql_ident(ctx->arena, name));
}

const Rule rule_new_column_required = {
    .id = "new-column-required",
    .name = "a new column is made to need a value before the application knows it",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_DEFAULT, OP_SET_NOT_NULL},
    .when = RULE_AFTER_FILE,
    .why = "During every deploy the old release goes on to insert rows, without the new column. A "
           "default gives them a value; where the same migration drops it again, or fills the "
           "column and makes it NOT NULL without one, they are refused.",
    .instead = "Keep the default, and drop it in a migration of a later deploy, when every release "
               "that runs writes the column.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'shop';\n"
           "ALTER TABLE orders ALTER COLUMN channel DROP DEFAULT;",
    .good = "ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'shop';\n"
            "-- next migration\n"
            "ALTER TABLE orders ALTER COLUMN channel DROP DEFAULT;",
    .check = check,
};
