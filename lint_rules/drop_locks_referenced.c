/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static bool
is_dropped_too(const LintContext *ctx, RelationId relation)
{
    foreach (op, &ctx->statement->ops) {
        const SimRelation *other =
            op->kind == OP_DROP_TABLE ? schema_find_relation(ctx->schema, op->target) : NULL;
        if (other != NULL && other->id == relation)
            return true;
    }
    return false;
}

static const LockEffect *
effect_on_referenced(const LintContext *ctx, const SimConstraint *constraint)
{
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->referenced == ctx->table->id ||
        is_dropped_too(ctx, constraint->referenced))
        return NULL;
    foreach (effect, &ctx->effects) {
        if (effect->relation_id == constraint->referenced && effect->existed &&
            lock_blocks_reads(effect->level))
            return effect;
    }
    return NULL;
}

static bool
goes_along(const Op *op, const SimConstraint *constraint)
{
    return op->kind == OP_DROP_TABLE || string_list_has(&constraint->columns, op->column.column);
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    /* A down file takes back what its up has made: in one go or not at all. */
    if (ctx->table == NULL || (ctx->is_down && ctx->is_own))
        return NULL;
    foreach (constraint, &ctx->table->constraints) {
        const LockEffect *other = effect_on_referenced(ctx, constraint);
        if (other != NULL && goes_along(op, constraint))
            return arena_printf(ctx->arena, "to drop the foreign key %s of %s, %s",
                                sql_ident(ctx->arena, constraint->name),
                                sql_qualified(ctx->arena, ctx->table->name),
                                recipe_brief_message(ctx, other));
    }
    return NULL;
}

/* Each foreign key in a transaction of its own; a part of the one of a partitioned table has none.
 */
static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const char *table = sql_qualified(ctx->arena, op->target);

    if (ctx->statement->ops.count > 1 || ctx->table->is_partition)
        return;
    foreach (constraint, &ctx->table->constraints) {
        if (effect_on_referenced(ctx, constraint) != NULL && goes_along(op, constraint))
            rewrite_step(out, "ALTER TABLE %s DROP CONSTRAINT %s;", table,
                         sql_ident(ctx->arena, constraint->name));
    }
    rewrite_step(out, "%s;", slice_text(ctx->arena, ctx->source, ctx->statement->span));
}

const Rule rule_drop_locks_referenced = {
    .id = "drop-locks-referenced",
    .name = "dropping the child side of a foreign key locks the table that it refers to",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_TABLE, OP_DROP_COLUMN},
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .subject = SUBJECT_BESIDE,
    .brief = true,
    .why = "The foreign key has triggers on the table that it refers to. To drop them, ACCESS "
           "EXCLUSIVE is taken there as well, and kept until the end of the transaction: queries "
           "on a table that the statement does not name have to wait.",
    .instead = "Drop the foreign key in a migration of its own, which is brief; then the rest "
               "concerns one table.",
    .given = "CREATE TABLE customers (id bigint PRIMARY KEY);\n"
             "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint,\n"
             "    CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers);",
    .bad = "DROP TABLE orders;",
    .good = "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey;\n"
            "-- next migration\n"
            "DROP TABLE orders;",
    .check = check,
    .rewrite = rewrite,
};
