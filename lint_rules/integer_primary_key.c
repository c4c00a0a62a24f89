/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/hazard.h"

/* What is counted up; a key that comes from elsewhere has a range of its own. */
static bool
is_counted(const SimColumn *column)
{
    return column->sequence != 0 || column_is_identity(column);
}

/* A column that is added, or gets another type, is one that counts in few bytes from then on. */
static bool
concerns(const Op *op)
{
    if (op->kind == OP_CREATE_TABLE)
        return !hazard_makes_temporary(op);
    const bool is_altered = op->kind == OP_ALTER_COLUMN_TYPE;
    const SqlType *type = is_altered ? &op->alter_type.type : &op->add_column.type;
    const SerialType *serial = serial_type_of(type);
    if (serial != NULL)
        return type->array_dimensions == 0 && strcmp(serial->base, "int8") != 0;
    return hazard_is_type(type, "int2") || hazard_is_type(type, "int4");
}

/* Of one that was as small before, the statement that made it so is told. */
static bool
is_made_small(const LintContext *ctx, const Op *op, const char *key)
{
    if (op->kind == OP_CREATE_TABLE)
        return true;
    if (op->kind == OP_ADD_COLUMN)
        return text_equals(op->add_column.name, key);
    const SimColumn *before = ctx->found != NULL ? relation_find_column(ctx->found, key) : NULL;
    return text_equals(op->alter_type.column, key) && before != NULL && before->type_known &&
           hazard_is_type(&before->type, "int8");
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimRelation *table = schema_find_relation(ctx->schema, op->target);
    const SimConstraint *key = table != NULL ? relation_primary_key(table) : NULL;

    if (key == NULL || key->columns.count != 1 || table->persistence == PERSISTENCE_TEMPORARY)
        return NULL;
    const SimColumn *column = relation_find_column(table, key->columns.items[0]);
    if (column == NULL || !is_counted(column) || !is_made_small(ctx, op, column->name))
        return NULL;
    const bool is_small = hazard_is_type(&column->type, "int2");
    if (!is_small && !hazard_is_type(&column->type, "int4"))
        return NULL;
    return arena_printf(ctx->arena,
                        "the key %s.%s is %s: INSERT fails for good once %s numbers are used up, "
                        "deleted rows and rolled back transactions included",
                        sql_qualified(ctx->arena, table->name), sql_ident(ctx->arena, column->name),
                        is_small ? "smallint" : "integer", is_small ? "32767" : "2147483647");
}

const Rule rule_integer_primary_key = {
    .id = "integer-primary-key",
    .name = "a primary key that counts up and will overflow",
    .severity = SEVERITY_WARNING,
    .on = {OP_CREATE_TABLE, OP_ADD_COLUMN, OP_ALTER_COLUMN_TYPE},
    .concerns = concerns,
    .when = RULE_AFTER_ALL,
    .why = "On the day that the numbers end every INSERT fails, and changing the type of a key "
           "that large rewrites the table and all that refer to it. The four bytes saved are "
           "mostly lost to alignment.",
    .instead = "Declare it bigint GENERATED ALWAYS AS IDENTITY, or bigserial.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE orders (id serial PRIMARY KEY, note text);",
    .good = "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);",
    .check = check,
};
