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

/* One that would read the table under the statement's lock; added unproven, it is proved later. */
static bool
is_proven_later(const LintContext *ctx, const Op *op)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    if (op->kind != OP_ADD_CONSTRAINT || constraint->not_valid || constraint->not_enforced)
        return false;
    if (constraint->kind == CONSTRAINT_CHECK)
        return true;

    const bool partitioned = ctx->table != NULL && ctx->table->kind == RELATION_PARTITIONED_TABLE;
    return constraint->kind == CONSTRAINT_FOREIGN_KEY && (ctx->pg_version >= 18 || !partitioned);
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

/* NULL for what gets a step of its own. */
static const char *
sibling_text(const LintContext *ctx, const Op *op, const Op *other)
{
    const char *text = slice_text(ctx->arena, ctx->source, other->span);

    if (other->kind == OP_VALIDATE_CONSTRAINT || searches_nulls(ctx, op, other))
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
recipe_prove_siblings(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const char *table = sql_qualified(ctx->arena, op->target);

    foreach (other, &ctx->statement->ops) {
        if (same_span(other->span, op->span))
            continue;
        if (searches_nulls(ctx, op, other))
            recipe_set_not_null(ctx, op->target, other->column.column, out);
        const char *name = NULL;
        if (other->kind == OP_VALIDATE_CONSTRAINT)
            name = other->constraint.name;
        else if (is_proven_later(ctx, other))
            name = recipe_constraint_name(ctx, other, &other->add_constraint);
        if (name != NULL)
            rewrite_step(out, "ALTER TABLE %s%s VALIDATE CONSTRAINT %s;", op->only ? "ONLY " : "",
                         table, sql_ident(ctx->arena, name));
    }
}

static bool
concerns_default(const Op *op, const char *column)
{
    return (op->kind == OP_SET_DEFAULT || op->kind == OP_DROP_DEFAULT) &&
           strcmp(op->column.column, column) == 0;
}

/* Where there is a column, those that set its default, or all but those. */
static const char *
list_siblings(const LintContext *ctx, const Op *op, const char *column, bool of_column)
{
    StringList others = {0};
    Span last = op->span;

    foreach (other, &ctx->statement->ops) {
        /* A subcommand can be lowered to more than one operation. */
        if (same_span(other->span, op->span) || same_span(other->span, last))
            continue;
        if (column != NULL && concerns_default(other, column) != of_column)
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
    const char *others = list_siblings(ctx, op, NULL, false);

    if (others != NULL)
        rewrite_step(out, "%s", alter_table(ctx, op, others));
}

void
recipe_siblings_but_default(const LintContext *ctx, const Op *op, const char *column, Rewrite *out)
{
    const char *others = list_siblings(ctx, op, column, false);

    if (others != NULL)
        rewrite_step(out, "%s", alter_table(ctx, op, others));
}

void
recipe_and_default(const LintContext *ctx, const Op *op, const char *column, Rewrite *out)
{
    const char *others = list_siblings(ctx, op, column, true);

    if (others != NULL)
        rewrite_and(out, "%s", alter_table(ctx, op, others));
}
