/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;

    if (op->add_constraint.kind != CONSTRAINT_EXCLUDE || !effect->builds_index)
        return NULL;
    return recipe_message(
        ctx, effect, "the index %s is built and every row is compared with it",
        sql_ident(ctx->arena, recipe_constraint_name(ctx, op, &op->add_constraint)));
}

const Rule rule_add_exclusion_constraint = {
    .id = "add-exclusion-constraint",
    .name = "ADD EXCLUDE builds its index while nobody can use the table",
    .severity = SEVERITY_ERROR,
    .on = {OP_ADD_CONSTRAINT},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "An exclusion constraint builds its index under ACCESS EXCLUSIVE. Unlike UNIQUE it can "
           "neither adopt an index that was built CONCURRENTLY nor be NOT VALID.",
    .instead = "Create the table with the constraint and move the rows over, or plan a time in "
               "which the table may stand still.",
    .given = "CREATE TABLE bookings (id bigint PRIMARY KEY, at tstzrange NOT NULL);\n"
             "INSERT INTO bookings SELECT n, tstzrange(now() + n * interval '1 day',\n"
             "    now() + n * interval '1 day' + interval '1 hour')\n"
             "FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE bookings ADD CONSTRAINT bookings_at_excl EXCLUDE USING gist (at WITH &&);",
    .good = "CREATE TABLE new_bookings (id bigint PRIMARY KEY, at tstzrange NOT NULL,\n"
            "    EXCLUDE USING gist (at WITH &&));",
    .check = check,
};
