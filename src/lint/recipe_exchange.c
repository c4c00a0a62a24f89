/* SPDX-License-Identifier: MIT */
/*
 * A type change that would rewrite the table, done through a second column: add it, keep it up to
 * date by a trigger, fill it, index it, and let the two change places in one brief transaction.
 */
#include <string.h>

#include "lockstep/recipe.h"
#include "lockstep/slice.h"

typedef struct Exchange {
    const LintContext *ctx;
    const Op *op;
    Rewrite *out;
    const SimColumn *column; /* NULL where the history does not show it */
    const char *table;       /* as SQL, like all that follows */
    const char *name;
    const char *fresh;
    const char *old;
    const char *value; /* of the new column, out of the row */
    const char *sync;  /* trigger and function */
    const char *raw_name;
    const char *raw_fresh;
    RelationIdList indexes;
} Exchange;

const char *
recipe_new_type(const LintContext *ctx, const Op *op)
{
    Span rest = op->span;

    rest = slice_after(rest, slice_next(ctx->source, rest)); /* ALTER */
    const Span word = slice_next(ctx->source, rest);
    if (slice_is(ctx->source, word, "column"))
        rest = slice_after(rest, word);
    rest = slice_skip_name(ctx->source, rest);
    rest = slice_after(rest, slice_find(ctx->source, rest, "type"));
    return slice_text(ctx->arena, ctx->source, slice_type(ctx->source, rest));
}

static const char *
free_column(const LintContext *ctx, const char *name, const char *label)
{
    const char *column = sql_new_name(ctx->arena, name, NULL, label);

    for (unsigned number = 1;
         ctx->table != NULL && relation_find_column(ctx->table, column) != NULL; number++)
        column =
            sql_new_name(ctx->arena, name, NULL, arena_printf(ctx->arena, "%s%u", label, number));
    return column;
}

static Exchange
plan_exchange(const LintContext *ctx, const Op *op, Rewrite *out)
{
    Arena *arena = ctx->arena;
    const char *name = op->alter_type.column;
    const char *fresh = free_column(ctx, name, "new");
    const char *sync = sql_new_name(arena, op->target.name, name, "sync");
    Exchange it = {
        .ctx = ctx,
        .op = op,
        .out = out,
        .column = ctx->table == NULL ? NULL : relation_find_column(ctx->table, name),
        .table = sql_qualified(arena, op->target),
        .name = sql_ident(arena, name),
        .fresh = sql_ident(arena, fresh),
        .old = sql_ident(arena, free_column(ctx, name, "old")),
        .value = op->alter_type.using != NULL ? op->alter_type.using->text : sql_ident(arena, name),
        .sync = sql_ident(arena, sync),
        .raw_name = name,
        .raw_fresh = fresh,
    };

    if (ctx->table != NULL)
        it.indexes = schema_indexes_of(arena, ctx->schema, ctx->table->id);
    return it;
}

static const char *
qualified_sync(const Exchange *it)
{
    if (it->op->target.schema == NULL)
        return it->sync;
    return arena_printf(it->ctx->arena, "%s.%s", sql_ident(it->ctx->arena, it->op->target.schema),
                        it->sync);
}

static void
begin(const Exchange *it)
{
    Arena *arena = it->ctx->arena;
    const QualifiedName collation = it->op->alter_type.collation;
    const char *doubt =
        it->ctx->table != NULL && it->ctx->table->columns_known
            ? ""
            : arena_printf(arena,
                           "-- The history does not show all of %s: NOT NULL, default, indexes and "
                           "constraints of %s have to be carried over as well.\n",
                           it->table, it->name);

    rewrite_step(it->out, "%sALTER TABLE %s%s ADD COLUMN %s %s%s%s;", doubt,
                 it->op->only ? "ONLY " : "", it->table, it->fresh,
                 recipe_new_type(it->ctx, it->op), collation.name != NULL ? " COLLATE " : "",
                 collation.name != NULL ? sql_qualified(arena, collation) : "");

    /* The row as a table of its name: an expression of the user's may call its columns by it. */
    rewrite_and(it->out,
                "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $sync$\n"
                "BEGIN\n"
                "    SELECT %s INTO NEW.%s FROM (SELECT NEW.*) AS %s;\n"
                "    RETURN NEW;\n"
                "END\n"
                "$sync$;",
                qualified_sync(it), it->value, it->fresh, sql_ident(arena, it->op->target.name));
    rewrite_and(it->out,
                "CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON %s\n"
                "    FOR EACH ROW EXECUTE FUNCTION %s();",
                it->sync, it->table, qualified_sync(it));
}

static void
fill(const Exchange *it)
{
    const char *and_where = it->op->alter_type.using != NULL
                                ? ""
                                : arena_printf(it->ctx->arena, " AND %s IS NOT NULL", it->name);

    recipe_fill_nulls(it->table, it->fresh, it->value, and_where, it->out);
    if (it->column != NULL && it->column->not_null)
        recipe_set_not_null(it->ctx, it->op->target, it->raw_fresh, it->out);
}

static const char *
fresh_index_name(const Exchange *it, const SimRelation *index)
{
    return sql_new_name(it->ctx->arena, index->name.name, NULL, "new");
}

static const char *
index_in_schema(const Exchange *it, const char *name)
{
    return sql_qualified(it->ctx->arena, (QualifiedName){it->op->target.schema, name});
}

/* An index whose expressions mention the column is built after the exchange, when the new column
 * has its name. */
static void
build_indexes(const Exchange *it, bool computed)
{
    foreach (id, &it->indexes) {
        const SimRelation *index = schema_relation_by_id(it->ctx->schema, *id);
        if (index == NULL || !recipe_index_mentions(index, it->raw_name) ||
            recipe_index_computes_from(index, it->raw_name) != computed)
            continue;
        const IndexPlan plan = {.unique = index->index.unique,
                                .name = computed ? index->name.name : fresh_index_name(it, index),
                                .label = "idx",
                                .tail = recipe_index_tail(it->ctx, index, it->raw_name,
                                                          computed ? it->raw_name : it->raw_fresh)};
        recipe_build_index(it->ctx, it->op->target, &plan, it->out);
    }
}

static const SimConstraint *
constraint_of_index(const Exchange *it, const SimRelation *index)
{
    foreach (constraint, &it->ctx->table->constraints) {
        if (constraint->index == index->id)
            return constraint;
    }
    return NULL;
}

/* The new index takes the old one's place; what refers to the key has to be dropped before. */
static void
exchange_index(const Exchange *it, const SimRelation *index)
{
    Arena *arena = it->ctx->arena;
    const char *fresh = fresh_index_name(it, index);
    const SimConstraint *constraint = constraint_of_index(it, index);

    if (constraint == NULL) {
        rewrite_and(it->out, "DROP INDEX %s;", index_in_schema(it, index->name.name));
        if (!recipe_index_computes_from(index, it->raw_name))
            rewrite_and(it->out, "ALTER INDEX %s RENAME TO %s;", index_in_schema(it, fresh),
                        sql_ident(arena, index->name.name));
        return;
    }
    const char *name = sql_ident(arena, constraint->name);
    rewrite_and(it->out, "ALTER TABLE %s DROP CONSTRAINT %s;", it->table, name);
    rewrite_and(it->out, "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s;", it->table, name,
                constraint->kind == CONSTRAINT_PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE",
                sql_ident(arena, fresh));
}

static const SimRelation *
own_sequence(const Exchange *it)
{
    const char *name = sql_new_name(it->ctx->arena, it->op->target.name, it->raw_name, "seq");
    const SimRelation *sequence =
        schema_find_relation(it->ctx->schema, (QualifiedName){it->op->target.schema, name});

    if (sequence == NULL || sequence->kind != RELATION_SEQUENCE ||
        sequence->owner_table != it->ctx->table->id)
        return NULL;
    return sequence;
}

/* The new identity goes on where the old one stood. */
static void
exchange_identity(const Exchange *it)
{
    Arena *arena = it->ctx->arena;
    const char *table = sql_literal(arena, it->table);
    const char *when = it->column->generated == GENERATED_IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT";
    const SimRelation *sequence = own_sequence(it);

    rewrite_and(it->out, "ALTER TABLE %s ALTER COLUMN %s ADD GENERATED %s AS IDENTITY;", it->table,
                it->fresh, when);
    rewrite_and(it->out,
                "SELECT setval(pg_get_serial_sequence(%s, %s), "
                "nextval(pg_get_serial_sequence(%s, %s)), false);",
                table, sql_literal(arena, it->raw_fresh), table, sql_literal(arena, it->raw_name));
    rewrite_and(it->out, "ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY;", it->table, it->name);
    if (sequence != NULL)
        rewrite_and(
            it->out, "ALTER SEQUENCE %s RENAME TO %s;",
            index_in_schema(it, sql_new_name(arena, it->op->target.name, it->raw_fresh, "seq")),
            sql_ident(arena, sequence->name.name));
}

static void
exchange_default(const Exchange *it)
{
    const SimRelation *sequence = own_sequence(it);
    const char *value = it->column->default_value != NULL ? it->column->default_value->text : NULL;

    if (value == NULL && sequence != NULL)
        value = arena_printf(it->ctx->arena, "nextval(%s)",
                             sql_literal(it->ctx->arena, index_in_schema(it, sequence->name.name)));
    if (value == NULL)
        return;
    rewrite_and(it->out,
                "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT, ALTER COLUMN %s SET DEFAULT %s;",
                it->table, it->old, it->name, value);
    if (sequence != NULL)
        rewrite_and(it->out, "ALTER SEQUENCE %s OWNED BY %s.%s;",
                    index_in_schema(it, sequence->name.name), it->table, it->name);
}

static bool
is_check_on(const SimConstraint *constraint, const char *column)
{
    return constraint->kind == CONSTRAINT_CHECK && constraint->expression != NULL &&
           string_list_has(&constraint->expression->columns, column);
}

/* A CHECK follows its column: the one with the new name gets an equal one, proved afterwards. */
static void
exchange_checks(const Exchange *it)
{
    foreach (constraint, &it->ctx->table->constraints) {
        if (!is_check_on(constraint, it->raw_name))
            continue;
        const char *name = sql_ident(it->ctx->arena, constraint->name);
        rewrite_and(it->out,
                    "ALTER TABLE %s DROP CONSTRAINT %s, ADD CONSTRAINT %s CHECK (%s)%s NOT VALID;",
                    it->table, name, name, constraint->expression->text,
                    constraint->no_inherit ? " NO INHERIT" : "");
    }
}

/* A foreign key to a table whose key the history does not show may refer to any column. */
static bool
refers_to_column(const Exchange *it, const SimConstraint *constraint)
{
    return constraint->kind == CONSTRAINT_FOREIGN_KEY &&
           constraint->referenced == it->ctx->table->id &&
           (constraint->referenced_columns.count == 0 ||
            string_list_has(&constraint->referenced_columns, it->raw_name));
}

/* The history does not keep ON DELETE and the like: a person has to write these. */
static const char *
open_questions(const Exchange *it)
{
    Arena *arena = it->ctx->arena;
    const char *text = "";
    if (it->ctx->table == NULL)
        return text;

    foreach (constraint, &it->ctx->table->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
            string_list_has(&constraint->columns, it->raw_name))
            text =
                arena_printf(arena,
                             "%s-- Decide: foreign key %s has to be dropped here and added again "
                             "NOT VALID, then validated.\n",
                             text, sql_ident(arena, constraint->name));
    }
    const RelationIdList others = schema_referencing(arena, it->ctx->schema, it->ctx->table->id);
    foreach (id, &others) {
        const SimRelation *other = schema_relation_by_id(it->ctx->schema, *id);
        if (other == NULL)
            continue;
        foreach (constraint, &other->constraints) {
            if (refers_to_column(it, constraint))
                text = arena_printf(
                    arena,
                    "%s-- Decide: %s of %s refers to this column: drop it here, add "
                    "it again NOT VALID, then validate it.\n",
                    text, sql_ident(arena, constraint->name), sql_qualified(arena, other->name));
        }
    }
    return text;
}

static void
change_places(const Exchange *it)
{
    rewrite_step(it->out, "%sDROP TRIGGER %s ON %s;", open_questions(it), it->sync, it->table);
    rewrite_and(it->out, "DROP FUNCTION %s();", qualified_sync(it));
    if (it->column != NULL && (it->column->generated == GENERATED_IDENTITY_ALWAYS ||
                               it->column->generated == GENERATED_IDENTITY_BY_DEFAULT))
        exchange_identity(it);

    rewrite_and(it->out, "ALTER TABLE %s RENAME COLUMN %s TO %s;", it->table, it->name, it->old);
    rewrite_and(it->out, "ALTER TABLE %s RENAME COLUMN %s TO %s;", it->table, it->fresh, it->name);
    if (it->column != NULL && it->column->generated == GENERATED_NOT)
        exchange_default(it);
    recipe_and_default(it->ctx, it->op, it->raw_name, it->out);
    if (it->column == NULL)
        return;
    foreach (id, &it->indexes) {
        const SimRelation *index = schema_relation_by_id(it->ctx->schema, *id);
        if (index != NULL && recipe_index_mentions(index, it->raw_name))
            exchange_index(it, index);
    }
    if (it->column->not_null)
        rewrite_and(it->out, "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL;", it->table, it->old);
    exchange_checks(it);
}

static void
finish(const Exchange *it)
{
    if (it->column != NULL)
        foreach (constraint, &it->ctx->table->constraints)
            if (is_check_on(constraint, it->raw_name) && constraint->valid)
                rewrite_step(it->out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", it->table,
                             sql_ident(it->ctx->arena, constraint->name));
    build_indexes(it, true);
    rewrite_step(it->out,
                 "-- Once no running code reads %s any more:\nALTER TABLE %s DROP COLUMN %s;",
                 it->old, it->table, it->old);
}

void
recipe_exchange_column(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const Exchange it = plan_exchange(ctx, op, out);

    begin(&it);
    fill(&it);
    build_indexes(&it, false);
    change_places(&it);
    finish(&it);
    recipe_siblings_but_default(ctx, op, it.raw_name, out);
    recipe_prove_siblings(ctx, op, out);
}
