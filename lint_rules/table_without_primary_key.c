/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/hazard.h"

/* What replication could take instead: unique, of all rows, without nulls. */
static bool
identifies_rows(const LintContext *ctx, const SimRelation *table)
{
    StringList present = {0};

    foreach (column, &table->columns) {
        if (column->not_null)
            LIST_APPEND(ctx->arena, &present, column->name);
    }
    return hazard_has_key_in(ctx, table, &present);
}

static bool
is_judged(const SimRelation *table)
{
    return table != NULL &&
           (table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED_TABLE) &&
           table->persistence == PERSISTENCE_PERMANENT && table->parent == 0 &&
           table->columns_known && !table->is_typed;
}

static bool
drops_key(const LintContext *ctx, const Op *op)
{
    const SimConstraint *key = ctx->found != NULL ? relation_primary_key(ctx->found) : NULL;
    return key != NULL && !ctx->has_gap && strcmp(key->name, op->constraint.name) == 0;
}

/* One that is made with a key has lost it since: whatever has dropped it answers for that. */
static bool
concerns(const Op *op)
{
    if (op->kind == OP_DROP_CONSTRAINT)
        return op->constraint.name != NULL;
    return !hazard_makes_temporary(op) && !hazard_table_declares(op, CONSTRAINT_PRIMARY_KEY);
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const bool is_drop = op->kind == OP_DROP_CONSTRAINT;
    const SimRelation *table = is_drop ? ctx->table : schema_find_relation(ctx->schema, op->target);

    if (!is_judged(table) || hazard_is_of_a_tool(table) || relation_primary_key(table) != NULL ||
        identifies_rows(ctx, table) || (is_drop && !drops_key(ctx, op)))
        return NULL;
    return arena_printf(ctx->arena,
                        "%s has no primary key%s: nothing tells its rows apart, and logical "
                        "replication cannot carry its UPDATE and DELETE",
                        sql_qualified(ctx->arena, table->name),
                        is_drop ? " any more, and none follows" : "");
}

const Rule rule_table_without_primary_key = {
    .id = "table-without-primary-key",
    .name = "a table without a primary key",
    .severity = SEVERITY_WARNING,
    .on = {OP_CREATE_TABLE, OP_DROP_CONSTRAINT},
    .concerns = concerns,
    .when = RULE_AFTER_ALL,
    .why = "A row that is there twice cannot be mended by a statement that means one of them, "
           "batches have no key to go by, and with logical replication every UPDATE and DELETE of "
           "a published table fails.",
    .instead = "Give it a primary key; where no column is one, GENERATED ALWAYS AS IDENTITY.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE visits (customer_id bigint NOT NULL, at timestamptz NOT NULL);",
    .good = "CREATE TABLE visits (\n"
            "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
            "    customer_id bigint NOT NULL,\n"
            "    at timestamptz NOT NULL\n"
            ");",
    .check = check,
};
