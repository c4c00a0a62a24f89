/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const StringList columns = hazard_columns_of_type(ctx, op, "timestamp");

    if (ctx->is_down || columns.count == 0)
        return NULL;
    return arena_printf(ctx->arena,
                        "%s of %s: which moment it means depends on the time zone of who wrote it",
                        hazard_list(ctx->arena, &columns), hazard_target(ctx, op));
}

const Rule rule_timestamp_without_time_zone = {
    .id = "timestamp-without-time-zone",
    .name = "a timestamp without time zone",
    .severity = SEVERITY_OFF,
    .on = {OP_CREATE_TABLE, OP_ADD_COLUMN, OP_ALTER_COLUMN_TYPE},
    .why = "It is a wall clock without a place: what it means depends on the settings of who wrote "
           "it and of who reads it, and twice a year an hour is ambiguous or missing.",
    .instead = "Use timestamptz, which is a point in time and needs no more space.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);",
    .bad = "CREATE TABLE visits (id bigint PRIMARY KEY, at timestamp);",
    .good = "CREATE TABLE visits (id bigint PRIMARY KEY, at timestamptz);",
    .check = check,
};
