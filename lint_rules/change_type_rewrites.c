/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static const char *
check(const LintContext *ctx, const Op *op)
{
    const LockEffect *effect = ctx->blocking;
    const char *column = sql_ident(ctx->arena, op->alter_type.column);
    if (effect->rewrites)
        return recipe_message(ctx, effect, "every row is written anew with %s as %s", column,
                              recipe_new_type(ctx, op));
    if (effect->scans && effect->builds_index)
        return recipe_message(ctx, effect,
                              "constraints on %s are checked for every row and its indexes are "
                              "built anew, though no row changes",
                              column);
    if (effect->builds_index)
        return recipe_message(ctx, effect, "indexes on %s are built anew, though no row changes",
                              column);
    return recipe_message(
        ctx, effect, "constraints on %s are checked for every row, though no row changes", column);
}

static bool
type_is(const SqlType *type, const char *name)
{
    return type->name.name != NULL && type->array_dimensions == 0 &&
           strcmp(type->name.name, name) == 0;
}

static bool
has_index(const LintContext *ctx, const char *column)
{
    const RelationIdList indexes = schema_indexes_of(ctx->arena, ctx->schema, ctx->table->id);

    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(ctx->schema, *id);
        if (index != NULL && recipe_index_mentions(index, column))
            return true;
    }
    return false;
}

/* "c AT TIME ZONE 'UTC'": what a plain change does in a session whose time zone is UTC. */
static bool
is_utc_conversion(const LintContext *ctx, const SqlExpr *using, const char *column)
{
    static const char *const words[] = {"at", "time", "zone", "'utc'", ""};
    if (using == NULL || using->columns.count != 1 || !string_list_has(&using->columns, column))
        return false;

    Span token = slice_next(ctx->source, using->span);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        token = slice_next(ctx->source, slice_after(using->span, token));
        if (!slice_is(ctx->source, token, words[i]))
            return false;
    }
    return true;
}

/* timestamp and timestamptz hold the same bytes for the same moment in UTC: no row changes. */
static bool
rewrite_in_utc(const LintContext *ctx, const Op *op, const SimColumn *column, Rewrite *out)
{
    const SqlType *type = &op->alter_type.type;
    const bool converts = (type_is(&column->type, "timestamp") && type_is(type, "timestamptz")) ||
                          (type_is(&column->type, "timestamptz") && type_is(type, "timestamp"));

    if (!converts || column->type.modifier_count > 0 || type->modifier_count > 0 ||
        !is_utc_conversion(ctx, op->alter_type.using, column->name) || has_index(ctx, column->name))
        return false;
    recipe_siblings(ctx, op, out);
    rewrite_step(out, "SET LOCAL timezone = 'UTC';");
    rewrite_and(out, "ALTER TABLE %s%s ALTER COLUMN %s TYPE %s;", op->only ? "ONLY " : "",
                sql_qualified(ctx->arena, op->target), sql_ident(ctx->arena, column->name),
                recipe_new_type(ctx, op));
    return true;
}

/* A smaller limit is a claim about the rows: a CHECK makes it without changing the type. */
static bool
rewrite_as_limit(const LintContext *ctx, const Op *op, const SimColumn *column, Rewrite *out)
{
    const SqlType *type = &op->alter_type.type;
    const bool limits = type_is(type, "varchar") && type->modifier_count == 1 &&
                        type->modifiers_known && op->alter_type.using == NULL &&
                        op->alter_type.collation.name == NULL &&
                        (type_is(&column->type, "varchar") || type_is(&column->type, "text"));
    StringList columns = {0};
    if (!limits)
        return false;

    LIST_APPEND(ctx->arena, &columns, column->name);
    const char *table = sql_qualified(ctx->arena, op->target);
    const char *name = sql_ident(ctx->arena, recipe_new_name(ctx, op->target, &columns, "length"));
    recipe_siblings(ctx, op, out);
    rewrite_step(out,
                 "-- The column keeps its type; the limit is a constraint.\n"
                 "ALTER TABLE %s ADD CONSTRAINT %s CHECK (length(%s) <= %d) NOT VALID;",
                 table, name, sql_ident(ctx->arena, column->name), (int)type->modifiers[0]);
    rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, name);
    return true;
}

/* Constraints that stand in the way are dropped in the same statement, and proved again under a
 * weaker lock. */
static void
rewrite_around_checks(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const char *table = sql_qualified(ctx->arena, op->target);
    const char *drop = "";
    const char *add = "";
    RewriteStepList proofs = {0};

    foreach (constraint, &ctx->table->constraints) {
        if (constraint->kind != CONSTRAINT_CHECK || constraint->expression == NULL ||
            !string_list_has(&constraint->expression->columns, op->alter_type.column))
            continue;
        const char *name = sql_ident(ctx->arena, constraint->name);
        drop = arena_printf(ctx->arena, "%sDROP CONSTRAINT %s, ", drop, name);
        add =
            arena_printf(ctx->arena, "%s, ADD CONSTRAINT %s CHECK (%s)%s NOT VALID", add, name,
                         constraint->expression->text, constraint->no_inherit ? " NO INHERIT" : "");
        if (constraint->valid)
            LIST_APPEND(ctx->arena, &proofs, (RewriteStep){.sql = name});
    }
    recipe_siblings(ctx, op, out);
    rewrite_step(out, "ALTER TABLE %s%s %s%s%s;", op->only ? "ONLY " : "", table, drop,
                 slice_text(ctx->arena, ctx->source, op->span), add);
    foreach (proof, &proofs)
        rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, proof->sql);
}

static void
rewrite(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const LockEffect *effect = ctx->blocking;
    const SimColumn *column =
        ctx->table == NULL ? NULL : relation_find_column(ctx->table, op->alter_type.column);

    if (column != NULL && effect->rewrites &&
        (rewrite_in_utc(ctx, op, column, out) || rewrite_as_limit(ctx, op, column, out))) {
        recipe_prove_siblings(ctx, op, out);
        return;
    }
    if (column != NULL && !effect->rewrites && !effect->builds_index) {
        rewrite_around_checks(ctx, op, out);
        recipe_prove_siblings(ctx, op, out);
        return;
    }
    recipe_exchange_column(ctx, op, out);
}

const Rule rule_change_type_rewrites = {
    .id = "change-type-rewrites",
    .name = "ALTER COLUMN TYPE works through the table while nobody can use it",
    .severity = SEVERITY_ERROR,
    .on = {OP_ALTER_COLUMN_TYPE},
    .needs = RULE_NEEDS_BLOCKING,
    .lock = LOCK_ACCESS_EXCLUSIVE,
    .why = "Unless old and new type are stored alike, every row and every index is written anew "
           "under ACCESS EXCLUSIVE. Even where they are, indexes may be built and constraints "
           "checked again.",
    .instead = "Add a second column, keep it up to date by a trigger, fill it in batches, and let "
               "the two change places in one brief transaction.",
    .given =
        "CREATE TABLE orders (id bigint PRIMARY KEY, total_cents integer NOT NULL DEFAULT 0);\n"
        "INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;",
    .bad = "ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;",
    .good = "ALTER TABLE orders ADD COLUMN total_cents_new bigint;",
    .check = check,
    .rewrite = rewrite,
};
