/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (!op->cascade || !hazard_is_in_use(ctx))
        return NULL;
    const StringList lost = hazard_lost(ctx, op, false);
    if (lost.count == 0)
        return NULL;
    return arena_printf(ctx->arena, "CASCADE drops not only %s but also %s", hazard_target(ctx, op),
                        hazard_list(ctx->arena, &lost));
}

const Rule rule_drop_cascade = {
    .id = "drop-cascade",
    .name = "CASCADE drops what the statement does not name",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_VIEW, OP_DROP_MATERIALIZED_VIEW, OP_DROP_FUNCTION, OP_DROP_TYPE,
           OP_DROP_SEQUENCE, OP_DROP_EXTENSION},
    .why = "Whatever stands on the object goes with it: views that read it, defaults and triggers "
           "that call it, and with a type the columns that have it, with all their values.",
    .instead = "Change or drop those that use it first, by name; then the server itself refuses to "
               "drop more than is meant.",
    .given = "CREATE TYPE mood AS ENUM ('calm', 'busy');\n"
             "CREATE TABLE shops (id bigint PRIMARY KEY, mood mood);",
    .bad = "DROP TYPE mood CASCADE;",
    .good = "-- lockstep: allow drop-column: nobody fills it\n"
            "ALTER TABLE shops DROP COLUMN mood;\n"
            "DROP TYPE mood;",
    .check = check,
};
