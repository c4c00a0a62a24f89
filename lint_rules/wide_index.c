/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

/* Columns of a unique key say what is unique; the others only how to find a row. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    const size_t columns = op->create_index.keys.count;

    if (ctx->is_down || op->create_index.unique || columns <= (size_t)ctx->number)
        return NULL;
    return arena_printf(ctx->arena,
                        "an index of %zu columns on %s: those behind column %lld hardly narrow a "
                        "search, and every write of any of them writes the index",
                        columns, hazard_target(ctx, op), (long long)ctx->number);
}

const Rule rule_wide_index = {
    .id = "wide-index",
    .name = "an index of many columns that is not unique",
    .severity = SEVERITY_OFF,
    .on = {OP_CREATE_INDEX},
    .number = {.name = "columns",
           .what = "columns of an index that is not unique; those of INCLUDE do not count",
           .initial = 3,
           .least = 1,
           .most = 32},
    .why = "The first columns find the rows; the further ones seldom leave fewer, make the index "
           "larger, and take away the cheap updates (HOT) that touch no indexed column.",
    .instead = "Begin with the columns that narrow most and leave out the rest, or carry what is "
               "only read in INCLUDE.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, day date, state text,\n"
             "    channel text);",
    .bad = "CREATE INDEX CONCURRENTLY orders_all_idx ON orders (shop, day, state, channel);",
    .good = "CREATE INDEX CONCURRENTLY orders_shop_day_idx ON orders (shop, day);",
    .check = check,
};
