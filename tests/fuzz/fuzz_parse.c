/* SPDX-License-Identifier: MIT */
/* Any text goes through the parser; what comes out must keep what lockstep/op.h promises. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(), which a release build leaves out. */
static void
must(bool claim)
{
    if (!claim)
        abort();
}

static void
check_within(Span inner, Span outer)
{
    must(inner.start >= outer.start && inner.end <= outer.end && inner.start < inner.end);
}

static void
check_expression(const SqlExpr *expression, Span within)
{
    if (expression == NULL)
        return;
    check_within(expression->span, within);
    must(strlen(expression->text) == expression->span.end - expression->span.start);
}

static void
check_constraints(const ConstraintList *constraints, Span within)
{
    foreach (constraint, constraints) {
        check_within(constraint->span, within);
        check_expression(constraint->expression, constraint->span);
    }
}

static void
check_column(const ColumnDefinition *column, Span within)
{
    must(column->name != NULL);
    check_within(column->span, within);
    check_expression(column->default_value, column->span);
    check_expression(column->generated_as, column->span);
    check_constraints(&column->constraints, column->span);
}

static void
check_op(const Op *op, Span within)
{
    must(op->kind < OP_KIND_COUNT);
    check_within(op->span, within);
    if (op->kind == OP_ADD_COLUMN)
        check_column(&op->add_column, op->span);
    if (op->kind == OP_ADD_CONSTRAINT)
        check_within(op->add_constraint.span, op->span);
    if (op->kind == OP_ALTER_COLUMN_TYPE)
        check_expression(op->alter_type.using, op->span);
    if (op->kind == OP_CREATE_INDEX) {
        check_expression(op->create_index.predicate, op->span);
        foreach (key, &op->create_index.keys)
            check_expression(key->expression, op->span);
    }
    if (op->kind == OP_CREATE_TABLE) {
        foreach (column, &op->create_table.columns)
            check_column(column, op->span);
        check_constraints(&op->create_table.constraints, op->span);
    }
}

static void
check_script(const Script *script, size_t length)
{
    Span text = {0, length};
    Span data = {0, 0};
    size_t at = 0;

    foreach (statement, &script->statements) {
        must(statement->leading.start >= at && statement->leading.end == statement->span.start);
        must(statement->leading.start <= statement->leading.end);
        check_within(statement->span, text);
        must(statement->kind != NULL && statement->ops.count > 0);
        must((statement->use == TRANSACTION_USE_OUTSIDE) == (statement->outside_why != NULL));
        foreach (op, &statement->ops)
            check_op(op, statement->span);
        at = statement->span.end;
        must(statement->leading.end <= data.start || statement->leading.start >= data.end);
        if (statement->copy_data.end > statement->copy_data.start) {
            data = statement->copy_data;
            must(data.start >= at && data.end <= length);
        }
    }
    foreach (error, &script->errors)
        must(error->span.start <= error->span.end && error->span.end <= length);
    must(script->trailing.start >= at && script->trailing.end == length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;

    /* parse.h asks for valid UTF-8 without NUL bytes, but for one behind it. */
    if (size == 0 || memchr(bytes, '\0', size) != NULL || utf8_valid_length(bytes, size) != size)
        return 0;
    Arena *arena = arena_new();
    check_script(parse_script(arena, arena_strndup(arena, bytes, size), size), size);
    arena_free(arena);
    return 0;
}
