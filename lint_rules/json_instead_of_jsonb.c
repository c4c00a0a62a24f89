/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const StringList columns = hazard_columns_of_type(ctx, op, "json");

    if (ctx->is_down || columns.count == 0)
        return NULL;
    return arena_printf(
        ctx->arena, "%s of %s: json is parsed at every access and has no equality and no GIN index",
        hazard_list(ctx->arena, &columns), hazard_target(ctx, op));
}

const Rule rule_json_instead_of_jsonb = {
    .id = "json-instead-of-jsonb",
    .name = "a json column where jsonb would do",
    .severity = SEVERITY_OFF,
    .on = {OP_CREATE_TABLE, OP_ADD_COLUMN, OP_ALTER_COLUMN_TYPE},
    .why = "json keeps the text as it came and parses it at every access; it has no equality, so "
           "that DISTINCT and GROUP BY over it fail, and no GIN index.",
    .instead = "Use jsonb, unless the text itself has to come back byte by byte.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE events (id bigint PRIMARY KEY, body json);",
    .good = "CREATE TABLE events (id bigint PRIMARY KEY, body jsonb);",
    .check = check,
};
