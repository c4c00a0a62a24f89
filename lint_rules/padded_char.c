/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const StringList columns = hazard_columns_of_type(ctx, op, "bpchar");

    if (ctx->is_down || columns.count == 0)
        return NULL;
    return arena_printf(
        ctx->arena,
        "%s of %s: char(n) pads with blanks, which some comparisons see and some do not",
        hazard_list(ctx->arena, &columns), hazard_target(ctx, op));
}

const Rule rule_padded_char = {
    .id = "padded-char",
    .name = "a char(n) column, which pads with blanks",
    .severity = SEVERITY_OFF,
    .on = {OP_CREATE_TABLE, OP_ADD_COLUMN, OP_ALTER_COLUMN_TYPE},
    .why = "Values are stored with blanks up to n, blanks at the end are lost in comparisons and "
           "casts, and neither space nor time is saved.",
    .instead = "Use text, with a CHECK where the length matters.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE countries (code char(2) PRIMARY KEY, name text);",
    .good =
        "CREATE TABLE countries (code text PRIMARY KEY CHECK (char_length(code) = 2), name text);",
    .check = check,
};
