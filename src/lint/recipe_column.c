/* SPDX-License-Identifier: MIT */
/* ADD COLUMN in steps, none of which works on the rows under a lock that keeps writers out. */
#include <string.h>

#include "lockstep/hazard.h"
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

static bool
is_identity(const ColumnDefinition *column)
{
    return column->generated == GENERATED_IDENTITY_ALWAYS ||
           column->generated == GENERATED_IDENTITY_BY_DEFAULT;
}

bool
recipe_has_constrained_domain(const LintContext *ctx, const ColumnDefinition *column)
{
    const SimDomain *domain =
        column->type.name.name == NULL ? NULL : schema_find_domain(ctx->schema, column->type.name);

    while (domain != NULL && column->type.array_dimensions == 0) {
        if (domain->not_null || domain->constraints.count > 0)
            return true;
        domain = domain->base.name.name == NULL
                     ? NULL
                     : schema_find_domain(ctx->schema, domain->base.name);
    }
    return false;
}

bool
recipe_column_fills_itself(const LintContext *ctx, const Op *op)
{
    const ColumnDefinition *column = &op->add_column;

    if (is_identity(column) || serial_type_of(&column->type) != NULL)
        return true;
    return ctx->effect.rewrites && column->generated == GENERATED_NOT &&
           column->default_value != NULL && !recipe_has_constrained_domain(ctx, column);
}

/* The pieces of the user's ADD COLUMN, as SQL. */
typedef struct ColumnPlan {
    const ColumnDefinition *definition;
    QualifiedName target;
    const char *table;
    const char *column;
    const char *type;
    const char *value;    /* the default; NULL for none */
    const char *sequence; /* of serial and identity; NULL for others */
    const char *owned_by; /* " OWNED BY t.c" of serial, or "" */
    const char *options;  /* of the identity's sequence: "(START WITH 100)", or "" */
    bool filled_later;
} ColumnPlan;

/* The options in parentheses behind AS IDENTITY. */
static const char *
identity_options(const LintContext *ctx, const ColumnDefinition *column)
{
    const Span word = slice_find(ctx->source, column->span, "identity");
    const Span options = slice_next(ctx->source, slice_after(column->span, word));
    const bool written = options.end > options.start && ctx->source[options.start] == '(';

    return written ? slice_text(ctx->arena, ctx->source, options) : "";
}

static void
plan_sequence(const LintContext *ctx, ColumnPlan *plan)
{
    const ColumnDefinition *column = plan->definition;
    const SerialType *serial = serial_type_of(&column->type);
    StringList columns = {0};

    LIST_APPEND(ctx->arena, &columns, column->name);
    const char *name =
        recipe_new_name(ctx, plan->target, &columns, serial != NULL ? "seq" : "fill");
    plan->sequence = sql_qualified(ctx->arena, (QualifiedName){plan->target.schema, name});
    plan->value = arena_printf(ctx->arena, "nextval(%s)", sql_literal(ctx->arena, plan->sequence));
    if (serial != NULL) {
        plan->type = serial->words;
        plan->owned_by = arena_printf(ctx->arena, " OWNED BY %s.%s", plan->table, plan->column);
    } else {
        plan->options = identity_options(ctx, column);
    }
}

static ColumnPlan
plan_column(const LintContext *ctx, const Op *op)
{
    const ColumnDefinition *column = &op->add_column;
    const Span name = slice_next(ctx->source, column->span);
    const Span type = slice_type(ctx->source, slice_after(column->span, name));
    ColumnPlan plan = {.definition = column,
                       .target = op->target,
                       .table = sql_qualified(ctx->arena, op->target),
                       .column = sql_ident(ctx->arena, column->name),
                       .type = slice_text(ctx->arena, ctx->source, type),
                       .value = column->default_value != NULL ? column->default_value->text : NULL,
                       .owned_by = "",
                       .options = "",
                       .filled_later = recipe_column_fills_itself(ctx, op)};

    if (is_identity(column) || serial_type_of(&column->type) != NULL)
        plan_sequence(ctx, &plan);
    if (column->collation.name != NULL)
        plan.type = arena_printf(ctx->arena, "%s COLLATE %s", plan.type,
                                 sql_qualified(ctx->arena, column->collation));
    return plan;
}

static bool
is_key(const ConstraintDefinition *constraint)
{
    return constraint->kind == CONSTRAINT_UNIQUE || constraint->kind == CONSTRAINT_PRIMARY_KEY;
}

static bool
is_proven_later(const ConstraintDefinition *constraint)
{
    return constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_FOREIGN_KEY;
}

/* A constraint of the column, written as one of the table. */
static const char *
constraint_text(const LintContext *ctx, const ColumnPlan *plan, const ConstraintDefinition *of)
{
    Arena *arena = ctx->arena;

    if (of->kind == CONSTRAINT_CHECK)
        return arena_printf(arena, "CHECK (%s)%s%s", of->expression->text,
                            of->no_inherit ? " NO INHERIT" : "",
                            of->not_enforced ? " NOT ENFORCED" : " NOT VALID");

    const Span words = {slice_find(ctx->source, of->span, "references").start, of->span.end};
    const bool written = slice_find(ctx->source, words, "deferrable").start < words.end ||
                         slice_find(ctx->source, words, "initially").start < words.end;
    const char *deferrable = written                  ? ""
                             : of->initially_deferred ? " DEFERRABLE INITIALLY DEFERRED"
                             : of->deferrable         ? " DEFERRABLE"
                                                      : "";
    return arena_printf(arena, "FOREIGN KEY (%s) %s%s%s", plan->column,
                        slice_text(arena, ctx->source, words), deferrable,
                        of->not_enforced ? "" : " NOT VALID");
}

static void
add_bare_column(const LintContext *ctx, const Op *op, const ColumnPlan *plan, Rewrite *out)
{
    Arena *arena = ctx->arena;
    const char *value = "";
    const char *constraints = "";

    if (plan->value != NULL && !plan->filled_later)
        value = arena_printf(arena, " DEFAULT %s", plan->value);
    if (plan->definition->not_null && !plan->filled_later)
        value = arena_printf(arena, "%s NOT NULL", value);
    foreach (constraint, &plan->definition->constraints) {
        if (!is_proven_later(constraint))
            continue;
        constraints = arena_printf(arena, "%s, ADD CONSTRAINT %s %s", constraints,
                                   sql_ident(arena, recipe_constraint_name(ctx, op, constraint)),
                                   constraint_text(ctx, plan, constraint));
    }
    rewrite_step(out, "ALTER TABLE %s%s ADD COLUMN %s%s %s%s%s;", op->only ? "ONLY " : "",
                 plan->table, op->if_exists ? "IF NOT EXISTS " : "", plan->column, plan->type,
                 value, constraints);
}

/* Options of an identity's sequence without their parentheses. */
static const char *
bare_options(const LintContext *ctx, const char *options)
{
    const size_t length = strlen(options);
    return length < 2 ? "" : arena_printf(ctx->arena, " %.*s", (int)(length - 2), options + 1);
}

/* New rows get their value from the default at once; the old ones in ranges of the key. */
static void
fill_column(const LintContext *ctx, const ColumnPlan *plan, Rewrite *out)
{
    if (plan->sequence != NULL)
        rewrite_and(out, "CREATE SEQUENCE %s AS %s%s%s;", plan->sequence, plan->type,
                    bare_options(ctx, plan->options), plan->owned_by);
    rewrite_and(out, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;", plan->table, plan->column,
                plan->value);
    recipe_fill_nulls(plan->table, plan->column, "DEFAULT", "", out);
    if (plan->definition->not_null)
        recipe_set_not_null(ctx, plan->target, plan->definition->name, out);
}

/* The helper sequence gives way to the identity's own, which goes on where it stood. */
static void
finish_identity(const LintContext *ctx, const ColumnPlan *plan, Rewrite *out)
{
    const char *when =
        plan->definition->generated == GENERATED_IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT";
    const char *sequence = sql_literal(ctx->arena, plan->sequence);

    rewrite_step(out, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;", plan->table, plan->column);
    rewrite_and(out, "ALTER TABLE %s ALTER COLUMN %s ADD GENERATED %s AS IDENTITY%s%s;",
                plan->table, plan->column, when, plan->options[0] == '\0' ? "" : " ",
                plan->options);
    rewrite_and(out, "SELECT setval(pg_get_serial_sequence(%s, %s), nextval(%s), false);",
                sql_literal(ctx->arena, plan->table),
                sql_literal(ctx->arena, plan->definition->name), sequence);
    rewrite_and(out, "DROP SEQUENCE %s;", plan->sequence);
}

static void
prove_column(const LintContext *ctx, const Op *op, const ColumnPlan *plan, Rewrite *out)
{
    foreach (constraint, &plan->definition->constraints) {
        if (is_proven_later(constraint) && !constraint->not_enforced)
            rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", plan->table,
                         sql_ident(ctx->arena, recipe_constraint_name(ctx, op, constraint)));
    }
    foreach (constraint, &plan->definition->constraints) {
        if (is_key(constraint))
            recipe_add_key(ctx, op, constraint, plan->definition->not_null, "", out);
    }
}

/* ---- NOT NULL without a value */

/* A constant of the type; NULL where a value has to mean something: a key, a reference, a type of
 * the user's. */
static const char *
stand_in(const ColumnDefinition *column)
{
    static const struct {
        const char *type;
        const char *value;
    } values[] = {
        {"int2",    "0"    },
        {"int4",    "0"    },
        {"int8",    "0"    },
        {"numeric", "0"    },
        {"float4",  "0"    },
        {"float8",  "0"    },
        {"text",    "''"   },
        {"varchar", "''"   },
        {"bpchar",  "''"   },
        {"bytea",   "''"   },
        {"json",    "'{}'" },
        {"jsonb",   "'{}'" },
        {"bool",    "false"},
    };

    if (column->constraints.count > 0)
        return NULL;
    if (column->type.array_dimensions > 0)
        return "'{}'";
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (hazard_is_type(&column->type, values[i].type))
            return values[i].value;
    }
    return NULL;
}

void
recipe_add_required_column(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const char *value = stand_in(&op->add_column);
    ColumnPlan plan = plan_column(ctx, op);

    if (ctx->is_down || recipe_has_constrained_domain(ctx, &op->add_column))
        return;
    plan.value = value;
    plan.filled_later = value == NULL;
    recipe_siblings(ctx, op, out);
    add_bare_column(ctx, op, &plan, out);
    if (value != NULL) {
        rewrite_step(out,
                     "-- Once every running release writes %s (write your own value for %s in the "
                     "step before):\n"
                     "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;",
                     plan.column, value, plan.table, plan.column);
    } else {
        rewrite_and(out,
                    "-- Then every running release writes %s, and the rows that are there get "
                    "their value,\n"
                    "-- in ranges of the key: UPDATE %s SET %s = ... WHERE %s IS NULL;",
                    plan.column, plan.table, plan.column, plan.column);
        recipe_set_not_null(ctx, plan.target, plan.definition->name, out);
        prove_column(ctx, op, &plan, out);
    }
    recipe_prove_siblings(ctx, op, out);
}

/* ---- all others */

void
recipe_add_column(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const ColumnPlan plan = plan_column(ctx, op);

    if (plan.definition->not_null && !hazard_column_has_value(ctx, plan.definition)) {
        recipe_add_required_column(ctx, op, out);
        return;
    }
    recipe_siblings(ctx, op, out);
    add_bare_column(ctx, op, &plan, out);
    if (plan.filled_later)
        fill_column(ctx, &plan, out);
    prove_column(ctx, op, &plan, out);
    if (is_identity(plan.definition))
        finish_identity(ctx, &plan, out);
    recipe_prove_siblings(ctx, op, out);
}
