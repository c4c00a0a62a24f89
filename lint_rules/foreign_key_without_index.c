/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static void
add_foreign_keys(const LintContext *ctx, const ConstraintList *from, ConstraintList *out)
{
    foreach (constraint, from) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->columns.count > 0)
            LIST_APPEND(ctx->arena, out, *constraint);
    }
}

static ConstraintList
foreign_keys_of(const LintContext *ctx, const Op *op)
{
    ConstraintList out = {0};

    if (op->kind == OP_CREATE_TABLE) {
        add_foreign_keys(ctx, &op->create_table.constraints, &out);
        foreach (column, &op->create_table.columns)
            add_foreign_keys(ctx, &column->constraints, &out);
    } else if (op->kind == OP_ADD_COLUMN) {
        add_foreign_keys(ctx, &op->add_column.constraints, &out);
    } else {
        ConstraintDefinition added = op->add_constraint;
        const ConstraintList one = {.items = &added, .count = 1};
        add_foreign_keys(ctx, &one, &out);
    }
    return out;
}

/* It may have been dropped, or its table renamed, since. */
static bool
is_still_there(const SimRelation *table, const ConstraintDefinition *key)
{
    foreach (constraint, &table->constraints) {
        bool same = constraint->kind == CONSTRAINT_FOREIGN_KEY &&
                    constraint->columns.count == key->columns.count;
        foreach (column, &key->columns)
            same = same && string_list_has(&constraint->columns, *column);
        if (same)
            return true;
    }
    return false;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimRelation *table = schema_find_relation(ctx->schema, op->target);
    StringList without = {0};

    if (hazard_makes_temporary(op) || table == NULL || table->assumed || !table->columns_known ||
        !relation_kind_has_rows(table->kind) || table->persistence == PERSISTENCE_TEMPORARY)
        return NULL;
    const ConstraintList keys = foreign_keys_of(ctx, op);
    foreach (key, &keys) {
        if (is_still_there(table, key) && !hazard_has_index_on(ctx, table, &key->columns))
            LIST_APPEND(
                ctx->arena, &without,
                arena_printf(ctx->arena, "(%s) to %s",
                             sql_ident_list(ctx->arena, key->columns.items, key->columns.count),
                             sql_qualified(ctx->arena, key->referenced)));
    }
    if (without.count == 0)
        return NULL;
    return arena_printf(ctx->arena,
                        "%s has no index for its foreign key%s %s: each DELETE of a row that it "
                        "refers to reads all of it",
                        sql_qualified(ctx->arena, table->name), without.count == 1 ? "" : "s",
                        hazard_list(ctx->arena, &without));
}

const Rule rule_foreign_key_without_index = {
    .id = "foreign-key-without-index",
    .name = "a foreign key whose columns have no index",
    .severity = SEVERITY_WARNING,
    .on = {OP_CREATE_TABLE, OP_ADD_COLUMN, OP_ADD_CONSTRAINT},
    .concerns = hazard_makes_foreign_key,
    .when = RULE_AFTER_ALL,
    .why = "Who deletes a referenced row, or changes its key, makes the server look for rows that "
           "refer to it. Without an index that reads the whole referring table once for each row "
           "deleted, while the row is locked.",
    .instead = "Create an index that begins with the referring columns.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE orders (\n"
           "    id bigint PRIMARY KEY,\n"
           "    customer_id bigint NOT NULL REFERENCES customers\n"
           ");",
    .good = "CREATE TABLE orders (\n"
            "    id bigint PRIMARY KEY,\n"
            "    customer_id bigint NOT NULL REFERENCES customers\n"
            ");\n"
            "CREATE INDEX orders_customer_id_idx ON orders (customer_id);",
    .check = check,
};
