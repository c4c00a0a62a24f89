/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/recipe.h"

static bool
same_columns(const StringList *a, const StringList *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    }
    return true;
}

/* As the history leaves it; one without a name is known by its columns. */
static const SimConstraint *
find_constraint(const LintContext *ctx, const Op *op)
{
    const ConstraintDefinition *wanted = &op->add_constraint;

    if (wanted->name != NULL)
        return relation_find_constraint(ctx->table, wanted->name);
    foreach (constraint, &ctx->table->constraints) {
        if (constraint->kind == wanted->kind &&
            same_columns(&constraint->columns, &wanted->columns))
            return constraint;
    }
    return NULL;
}

static const SimConstraint *
find_unproven(const LintContext *ctx, const Op *op)
{
    const SimConstraint *found = ctx->table != NULL ? find_constraint(ctx, op) : NULL;

    return found != NULL && found->kind == op->add_constraint.kind && !found->valid &&
                   found->enforced
               ? found
               : NULL;
}

static bool
concerns(const Op *op)
{
    return op->add_constraint.not_valid;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const SimConstraint *constraint = find_unproven(ctx, op);

    if (constraint == NULL)
        return NULL;
    return arena_printf(ctx->arena,
                        "%s of %s is NOT VALID, and no migration validates it: rows from before "
                        "may break it, and the planner does not count on it",
                        sql_ident(ctx->arena, constraint->name),
                        sql_qualified(ctx->arena, ctx->table->name));
}

const Rule rule_not_valid_forever = {
    .id = "not-valid-forever",
    .name = "a NOT VALID constraint is never validated",
    .severity = SEVERITY_WARNING,
    .on = {OP_ADD_CONSTRAINT},
    .concerns = concerns,
    .when = RULE_AFTER_ALL,
    .why = "NOT VALID is meant for the time between two migrations. Rows from before it may still "
           "break the constraint, a dump of them cannot be restored, and SET NOT NULL or ATTACH "
           "PARTITION cannot make use of it.",
    .instead = "Add a migration with VALIDATE CONSTRAINT; it lets reads and writes through.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, total_cents integer);",
    .bad = "ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total_cents > 0) NOT VALID;",
    .good = "ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total_cents > 0) NOT VALID;\n"
            "-- next migration\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT total_positive;",
    .check = check,
};
