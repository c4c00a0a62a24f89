/* SPDX-License-Identifier: MIT */
/* The other subcommands of the user's ALTER TABLE. */
#include <string.h>

#include "lockstep/recipe.h"
#include "lockstep/slice.h"

#include "schema/proof.h"

static bool
same_span(Span a, Span b)
{
    return a.start == b.start && a.end == b.end;
}

static bool
is_partitioned(const LintContext *ctx)
{
    return ctx->table != NULL && ctx->table->kind == RELATION_PARTITIONED_TABLE;
}

/* One that would read the table under the statement's lock; added unproven, it is proved later. */
static bool
is_proven_later(const LintContext *ctx, const Op *op)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    if (op->kind != OP_ADD_CONSTRAINT || constraint->not_valid || constraint->not_enforced)
        return false;
    if (constraint->kind == CONSTRAINT_CHECK)
        return true;

    return constraint->kind == CONSTRAINT_FOREIGN_KEY &&
           (ctx->pg_version >= 18 || !is_partitioned(ctx));
}

/*
 * SET NOT NULL of a column that may hold nulls: it would be searched. ctx->table already shows what
 * the operations before `op` do; of those it is taken to be so.
 */
static bool
searches_nulls(const LintContext *ctx, const Op *op, const Op *other)
{
    if (other->kind != OP_SET_NOT_NULL || other < op)
        return other->kind == OP_SET_NOT_NULL;

    const SimColumn *column =
        ctx->table == NULL ? NULL : relation_find_column(ctx->table, other->column.column);
    return (column == NULL || !column->not_null) &&
           (ctx->table == NULL ||
            !proof_of_not_null(ctx->schema, ctx->table, other->column.column));
}

/* ---- constraints that take the place of others */

/* UNIQUE or PRIMARY KEY that would build its index under the statement's lock. */
static bool
is_built_later(const LintContext *ctx, const Op *op)
{
    const ConstraintDefinition *key = &op->add_constraint;

    return op->kind == OP_ADD_CONSTRAINT && key->using_index == NULL && !key->without_overlaps &&
           (key->kind == CONSTRAINT_UNIQUE || key->kind == CONSTRAINT_PRIMARY_KEY) &&
           !is_partitioned(ctx);
}

/* A column that goes and comes back in another shape goes first. */
static bool
adds_dropped_column(const LintContext *ctx)
{
    foreach (drop, &ctx->statement->ops) {
        if (drop->kind != OP_DROP_COLUMN)
            continue;
        foreach (add, &ctx->statement->ops) {
            if (add->kind == OP_ADD_COLUMN &&
                text_equals(add->add_column.name, drop->column.column))
                return true;
        }
    }
    return false;
}

static bool
takes_name(const LintContext *ctx, const Op *adding, const char *dropped)
{
    return adding->kind == OP_ADD_CONSTRAINT &&
           text_equals(recipe_constraint_name(ctx, adding, &adding->add_constraint), dropped);
}

static bool
takes_dropped_name(const LintContext *ctx, const Op *adding)
{
    const char *name = NULL;
    if (adding->kind != OP_ADD_CONSTRAINT)
        return false;
    foreach (drop, &ctx->statement->ops) {
        if (drop->kind != OP_DROP_CONSTRAINT)
            continue;
        if (name == NULL)
            name = recipe_constraint_name(ctx, adding, &adding->add_constraint);
        if (text_equals(name, drop->constraint.name))
            return true;
    }
    return false;
}

/* The constraint that is added last but for those that have the name of another dropped one. */
static const Op *
companion_of_drop(const LintContext *ctx, const Op *op, const char *dropped)
{
    const Op *companion = op->kind == OP_ADD_CONSTRAINT ? op : NULL;

    foreach (key, &ctx->statement->ops) {
        if (!is_built_later(ctx, key))
            continue;
        if (dropped != NULL && takes_name(ctx, key, dropped))
            return key;
        if (companion == NULL)
            companion = key;
    }
    return companion;
}

/*
 * The new constraint of whose step `other` is a part, or NULL. A step of its own for DROP
 * CONSTRAINT would leave the table without the old constraint for as long as the new one is being
 * built; what needs the drop, and a drop that takes the old constraint along, goes with it.
 */
static const Op *
companion_of(const LintContext *ctx, const Op *op, const Op *other)
{
    if (other->kind == OP_DROP_CONSTRAINT)
        return companion_of_drop(ctx, op, other->constraint.name);
    if (other->kind == OP_DROP_COLUMN || takes_dropped_name(ctx, other))
        return companion_of_drop(ctx, op, NULL);
    return NULL;
}

/* ---- texts */

/* NULL for what gets a step of its own. */
static const char *
sibling_text(const LintContext *ctx, const Op *op, const Op *other)
{
    const char *text = slice_text(ctx->arena, ctx->source, other->span);

    if (other->kind == OP_VALIDATE_CONSTRAINT || searches_nulls(ctx, op, other) ||
        is_built_later(ctx, other))
        return NULL;
    if (!is_proven_later(ctx, other))
        return text;
    if (other->add_constraint.name != NULL)
        return arena_printf(ctx->arena, "%s NOT VALID", text);
    return arena_printf(
        ctx->arena, "ADD CONSTRAINT %s %s NOT VALID",
        sql_ident(ctx->arena, recipe_constraint_name(ctx, other, &other->add_constraint)),
        slice_text(ctx->arena, ctx->source, other->add_constraint.span));
}

void
recipe_set_siblings_not_null(const LintContext *ctx, const Op *op, Rewrite *out)
{
    foreach (other, &ctx->statement->ops) {
        if (!same_span(other->span, op->span) && searches_nulls(ctx, op, other))
            recipe_set_not_null(ctx, op->target, other->column.column, out);
    }
}

void
recipe_validate_siblings(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const char *table = sql_qualified(ctx->arena, op->target);

    foreach (other, &ctx->statement->ops) {
        if (same_span(other->span, op->span))
            continue;
        const char *name = NULL;
        if (is_built_later(ctx, other))
            recipe_add_key(ctx, other, &other->add_constraint, false,
                           recipe_replaced(ctx, op, other), out);
        if (other->kind == OP_VALIDATE_CONSTRAINT)
            name = other->constraint.name;
        else if (is_proven_later(ctx, other))
            name = recipe_constraint_name(ctx, other, &other->add_constraint);
        if (name != NULL)
            rewrite_step(out, "ALTER TABLE %s%s VALIDATE CONSTRAINT %s;", op->only ? "ONLY " : "",
                         table, sql_ident(ctx->arena, name));
    }
}

void
recipe_prove_siblings(const LintContext *ctx, const Op *op, Rewrite *out)
{
    recipe_set_siblings_not_null(ctx, op, out);
    recipe_validate_siblings(ctx, op, out);
}

static bool
concerns_default(const Op *op, const char *column)
{
    return (op->kind == OP_SET_DEFAULT || op->kind == OP_DROP_DEFAULT) &&
           strcmp(op->column.column, column) == 0;
}

/* Those that go with this constraint, or in a step before (NULL). Where there is a column, those
 * that set its default, or all but those. */
static const char *
list_siblings(const LintContext *ctx, const Op *op, const Op *with, const char *column,
              bool of_column)
{
    StringList others = {0};
    Span last = op->span;
    const bool has_companions = !is_partitioned(ctx) && !adds_dropped_column(ctx);

    foreach (other, &ctx->statement->ops) {
        /* A subcommand can be lowered to more than one operation. */
        if (same_span(other->span, op->span) || same_span(other->span, last))
            continue;
        const Op *companion = has_companions ? companion_of(ctx, op, other) : NULL;
        if (companion != with || (column != NULL && concerns_default(other, column) != of_column))
            continue;
        last = other->span;
        const char *text = sibling_text(ctx, op, other);
        if (text != NULL)
            LIST_APPEND(ctx->arena, &others, text);
    }
    return others.count > 0 ? string_list_join(ctx->arena, &others, ", ") : NULL;
}

static const char *
alter_table(const LintContext *ctx, const Op *op, const char *subcommands)
{
    return arena_printf(ctx->arena, "ALTER TABLE %s%s %s;", op->only ? "ONLY " : "",
                        sql_qualified(ctx->arena, op->target), subcommands);
}

void
recipe_siblings(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const char *others = list_siblings(ctx, op, NULL, NULL, false);

    if (others != NULL)
        rewrite_step(out, "%s", alter_table(ctx, op, others));
}

void
recipe_siblings_but_default(const LintContext *ctx, const Op *op, const char *column, Rewrite *out)
{
    const char *others = list_siblings(ctx, op, NULL, column, false);

    if (others != NULL)
        rewrite_step(out, "%s", alter_table(ctx, op, others));
}

void
recipe_and_default(const LintContext *ctx, const Op *op, const char *column, Rewrite *out)
{
    const char *others = list_siblings(ctx, op, NULL, column, true);

    if (others != NULL)
        rewrite_and(out, "%s", alter_table(ctx, op, others));
}

const char *
recipe_replaced(const LintContext *ctx, const Op *op, const Op *constraint)
{
    const char *others = list_siblings(ctx, op, constraint, NULL, false);

    return others != NULL ? arena_printf(ctx->arena, "%s, ", others) : "";
}
