/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static bool
concerns(const Op *op)
{
    return op->data.phase == DATA_RUNS && op->data.from.count == 0 &&
           (!op->data.has_where || op->data.is_always_true);
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const bool is_delete = op->kind == OP_DELETE;

    if (ctx->table == NULL || !hazard_is_in_use(ctx))
        return NULL;
    const char *where = op->data.has_where ? "WHERE is always true" : "there is no WHERE";
    if (is_delete)
        return arena_printf(ctx->arena, "%s: all rows of %s are gone for good", where,
                            hazard_target(ctx, op));
    return arena_printf(ctx->arena,
                        "%s: every row of %s is written anew in one transaction, and stays "
                        "locked until it ends; %s",
                        where, hazard_target(ctx, op),
                        "the table grows to about twice its size, and replicas fall behind");
}

const Rule rule_write_without_where = {
    .id = "write-without-where",
    .name = "UPDATE or DELETE of every row of a table",
    .severity = SEVERITY_WARNING,
    .on = {OP_UPDATE, OP_DELETE},
    .concerns = concerns,
    .why = "A DELETE without condition is data loss. An UPDATE of every row writes the table a "
           "second time and keeps each row locked until the transaction is committed.",
    .instead = "Say which rows are meant. To fill a new column, give it a constant DEFAULT, which "
               "costs nothing, or write it in batches by key, each its own transaction.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, state text);\n"
             "INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 100) AS n;",
    .bad = "UPDATE orders SET state = 'open';",
    .good = "UPDATE orders SET state = 'open' WHERE id = 17;",
    .check = check,
};
