/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table == NULL || !hazard_is_in_use(ctx) || (op->if_exists && ctx->table->assumed))
        return NULL;
    const StringList lost = hazard_lost(ctx, op, false);
    const char *with = lost.count > 0 ? arena_printf(ctx->arena, ", and CASCADE drops %s",
                                                     hazard_list(ctx->arena, &lost))
                                      : "";
    return arena_printf(ctx->arena,
                        "the rows of %s are gone for good%s; statements of the running "
                        "application that name it fail",
                        hazard_target(ctx, op), with);
}

const Rule rule_drop_table = {
    .id = "drop-table",
    .name = "DROP TABLE throws rows away, and whatever still names the table fails",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_TABLE},
    .why = "Only a backup has the rows once the transaction is committed. Until every instance of "
           "the application runs code that does not know the table, some of its queries fail.",
    .instead = "Deploy the code that no longer uses the table first; rename the table and drop it "
               "in a later migration, when nobody has missed it.",
    .given = "CREATE TABLE coupons (id bigint PRIMARY KEY, code text);\n"
             "INSERT INTO coupons SELECT n, 'c' || n FROM generate_series(1, 10) AS n;",
    .bad = "DROP TABLE coupons;",
    .good = "-- lockstep: allow drop-table: nothing reads it since release 41\n"
            "DROP TABLE coupons;",
    .check = check,
};
