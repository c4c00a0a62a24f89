/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

/* After the file: whoever drops a view to make it anew leaves one. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table_is_new || ctx->is_own || ctx->is_down || op->if_exists ||
        schema_find_relation(ctx->schema, op->target) != NULL)
        return NULL;
    return arena_printf(ctx->arena,
                        "queries of the running application that read %s fail from now on",
                        sql_qualified(ctx->arena, op->target));
}

const Rule rule_drop_view = {
    .id = "drop-view",
    .name = "a view goes while the application may still read it",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_VIEW, OP_DROP_MATERIALIZED_VIEW},
    .when = RULE_AFTER_FILE,
    .why = "A view is an interface: instances that run during the migration, and reports that "
           "nobody deploys, read it by name.",
    .instead = "Deploy the code that no longer reads the view first. A view that only changes is "
               "dropped and made again in one transaction.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\n"
             "CREATE VIEW order_totals AS SELECT sum(total) AS total FROM orders;",
    .bad = "DROP VIEW order_totals;",
    .good = "DROP VIEW order_totals;\n"
            "CREATE VIEW order_totals AS SELECT sum(total) AS total, count(*) AS orders "
            "FROM orders;",
    .check = check,
};
