/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;
    return recipe_message_of_one(ctx, effect, "each value of the domain %s is checked",
                                 sql_qualified(ctx->arena, op->target));
}

const Rule rule_alter_domain_scans = {
    .id = "alter-domain-scans",
    .name = "a domain's new constraint has every table that uses it read",
    .severity = SEVERITY_ERROR,
    .on = {OP_ALTER_DOMAIN},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_SHARE,
    .why = "Each table with a column of the domain is read under SHARE, which is kept until the "
           "end of the transaction: nobody writes to any of them meanwhile.",
    .instead = "Add the constraint NOT VALID, which locks no table and concerns new values; look "
               "for old ones with a query. VALIDATE reads under SHARE as well: leave it for a "
               "quiet hour.",
    .given = "CREATE DOMAIN email AS text;\n"
             "CREATE TABLE customers (id bigint PRIMARY KEY, address email);\n"
             "INSERT INTO customers SELECT n, n || '@example.com' FROM generate_series(1, 100) AS "
             "n;",
    .bad = "ALTER DOMAIN email ADD CONSTRAINT email_has_at CHECK (VALUE LIKE '%@%');",
    .good = "ALTER DOMAIN email ADD CONSTRAINT email_has_at CHECK (VALUE LIKE '%@%') NOT VALID;",
    .check = check,
};
