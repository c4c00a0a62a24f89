/* SPDX-License-Identifier: MIT */
#include "lockstep/recipe.h"

#include <stdarg.h>
#include <string.h>

#include "lockstep/slice.h"

#include "lint/hollow.h"

LockLevel
recipe_level(const LintContext *ctx, const LockEffect *effect)
{
    return ctx->held > effect->level ? ctx->held : effect->level;
}

const LockEffect *
recipe_work_under_held_lock(const LintContext *ctx)
{
    if (ctx->table_is_new || !lock_effect_works(&ctx->effect) || !lock_blocks_writes(ctx->held))
        return NULL;
    return &ctx->effect;
}

/* What is done to a partitioned table is done to its partitions: it stands for all of them. */
static bool
stands_for_partition(const LintContext *ctx, const LockEffect *effect)
{
    return ctx->table != NULL && ctx->table->kind == RELATION_PARTITIONED_TABLE &&
           !name_equals(effect->relation, ctx->table->name);
}

/* `what` is done, or NULL. */
static const char *
message(const LintContext *ctx, const LockEffect *effect, const char *where, const char *what)
{
    Arena *arena = ctx->arena;
    const LockLevel level = recipe_level(ctx, effect);
    /* One clause is enough: what is not known is part of why. */
    const bool is_doubted = !effect->known && effect->unknown != NULL;
    const char *reason = is_doubted ? effect->unknown : effect->reason;
    const char *before = is_doubted ? "; not certain: " : reason != NULL ? " (" : "";
    const char *after = !is_doubted       ? reason != NULL ? ")" : ""
                        : ctx->has_schema ? ""
                                          : " (--schema can tell)";
    return arena_printf(arena, "%s on %s%s blocks %s%s%s%s%s%s%s%s", lock_words(level), where,
                        sql_qualified(arena, effect->relation), lock_blocks(level),
                        what != NULL ? " while " : " ", what != NULL ? what : "",
                        what != NULL ? ": " : "", effect_duration(arena, effect), before,
                        reason != NULL ? reason : "", after);
}

const char *
recipe_message(const LintContext *ctx, const LockEffect *effect, const char *doing, ...)
{
    const char *where = "";
    LockEffect words = *effect;
    va_list arguments;

    va_start(arguments, doing);
    const char *what = arena_vprintf(ctx->arena, doing, arguments);
    va_end(arguments);

    if (stands_for_partition(ctx, effect)) {
        where = "every partition of ";
        words.relation = ctx->table->name;
    }
    return message(ctx, &words, where, what);
}

const char *
recipe_message_of_one(const LintContext *ctx, const LockEffect *effect, const char *doing, ...)
{
    va_list arguments;

    va_start(arguments, doing);
    const char *what = arena_vprintf(ctx->arena, doing, arguments);
    va_end(arguments);
    return message(ctx, effect, "", what);
}

const char *
recipe_brief_message(const LintContext *ctx, const LockEffect *effect)
{
    return message(ctx, effect, "", NULL);
}

const LockEffect *
recipe_effect_beside(const LintContext *ctx, LockLevel at_least)
{
    foreach (effect, &ctx->effects) {
        const bool is_table = ctx->table != NULL && effect->relation_id == ctx->table->id;
        if (!is_table && effect->existed && effect->level >= at_least &&
            relation_kind_has_rows(effect->kind))
            return effect;
    }
    return NULL;
}

static const char *
join_names(Arena *arena, const StringList *names)
{
    const char *joined = NULL;

    foreach (name, names)
        joined = joined == NULL ? *name : arena_printf(arena, "%s_%s", joined, *name);
    return joined;
}

static bool
name_is_taken(const LintContext *ctx, QualifiedName relation, const char *name)
{
    const QualifiedName other = {relation.schema, name};

    if (schema_find_relation(ctx->schema, other) != NULL)
        return true;
    return ctx->table != NULL && relation_find_constraint(ctx->table, name) != NULL;
}

/* The free name behind as many others. */
static const char *
free_name(const LintContext *ctx, QualifiedName relation, const StringList *columns,
          const char *label, size_t others)
{
    const char *second = join_names(ctx->arena, columns);
    const char *name = sql_new_name(ctx->arena, relation.name, second, label);

    for (unsigned number = 1; name_is_taken(ctx, relation, name) || others > 0; number++) {
        const char *numbered = arena_printf(ctx->arena, "%s%u", label, number);
        others -= !name_is_taken(ctx, relation, name);
        name = sql_new_name(ctx->arena, relation.name, second, numbered);
    }
    return name;
}

const char *
recipe_new_name(const LintContext *ctx, QualifiedName relation, const StringList *columns,
                const char *label)
{
    return free_name(ctx, relation, columns, label, 0);
}

static const char *
constraint_label(ConstraintKind kind)
{
    switch (kind) {
    case CONSTRAINT_CHECK:
        return "check";
    case CONSTRAINT_NOT_NULL:
        return "not_null";
    case CONSTRAINT_UNIQUE:
        return "key";
    case CONSTRAINT_PRIMARY_KEY:
        return "pkey";
    case CONSTRAINT_FOREIGN_KEY:
        return "fkey";
    case CONSTRAINT_EXCLUDE:
        return "excl";
    }
    return "constraint";
}

/* What an earlier subcommand has made of this definition, whose parts it shares, or NULL. */
static const SimConstraint *
made_already(const LintContext *ctx, const ConstraintDefinition *definition)
{
    if (ctx->table == NULL || (definition->columns.count == 0 && definition->expression == NULL))
        return NULL;
    foreach (constraint, &ctx->table->constraints) {
        if (constraint->columns.items == definition->columns.items &&
            constraint->expression == definition->expression)
            return constraint;
    }
    return NULL;
}

/* As the server does: a check names a column only if it is the only one, a primary key none, a
 * unique key those that it includes too. By number from 0; NULL behind the last. */
static const char *
column_in_name(const ConstraintDefinition *constraint, size_t number)
{
    const bool none = constraint->kind == CONSTRAINT_PRIMARY_KEY ||
                      (constraint->kind == CONSTRAINT_CHECK && constraint->columns.count != 1);
    const size_t own = none ? 0 : constraint->columns.count;
    if (number < own)
        return constraint->columns.items[number];
    if (constraint->kind == CONSTRAINT_UNIQUE && number - own < constraint->including.count)
        return constraint->including.items[number - own];
    return NULL;
}

static StringList
columns_in_name(Arena *arena, const ConstraintDefinition *constraint)
{
    StringList columns = {0};
    const char *column;
    while ((column = column_in_name(constraint, columns.count)) != NULL)
        LIST_APPEND(arena, &columns, column);
    return columns;
}

/* The columns as they stand in a name, with "_" between them. */
typedef struct NamePart {
    const ConstraintDefinition *constraint;
    size_t number;  /* of the column at hand, from 1; 0: before the first */
    const char *at; /* what is left of it */
} NamePart;

static char
next_in_name(NamePart *part)
{
    if (*part->at != '\0')
        return *part->at++;
    const char *next = column_in_name(part->constraint, part->number);
    if (next == NULL)
        return '\0';
    part->at = next;
    return part->number++ > 0 ? '_' : *part->at++;
}

static bool
reads_alike_in_name(const ConstraintDefinition *one, const ConstraintDefinition *other)
{
    NamePart a = {one, 0, ""};
    NamePart b = {other, 0, ""};
    char sign;

    do {
        sign = next_in_name(&a);
        if (sign != next_in_name(&b))
            return false;
    } while (sign != '\0');
    return true;
}

/* The constraints before it in the statement that are still to come and get the same name, but for
 * its number. */
static size_t
namesakes_before(const LintContext *ctx, const ConstraintDefinition *constraint)
{
    size_t count = 0;

    foreach (other, &ctx->statement->ops) {
        const ConstraintDefinition *before = &other->add_constraint;
        if (before == constraint)
            return count;
        if (other->kind == OP_ADD_CONSTRAINT && before->name == NULL &&
            before->kind == constraint->kind && before->using_index == NULL &&
            reads_alike_in_name(before, constraint))
            count += made_already(ctx, before) == NULL;
    }
    return 0;
}

const char *
recipe_constraint_name(const LintContext *ctx, const Op *op, const ConstraintDefinition *constraint)
{
    if (constraint->name != NULL)
        return constraint->name;
    if (constraint->using_index != NULL)
        return constraint->using_index;
    const SimConstraint *made = made_already(ctx, constraint);
    if (made != NULL)
        return made->name;

    const StringList columns = columns_in_name(ctx->arena, constraint);
    return free_name(ctx, op->target, &columns, constraint_label(constraint->kind),
                     namesakes_before(ctx, constraint));
}

void
recipe_set_not_null(const LintContext *ctx, QualifiedName target, const char *name, Rewrite *out)
{
    StringList columns = {0};
    LIST_APPEND(ctx->arena, &columns, name);
    const char *table = sql_qualified(ctx->arena, target);
    const char *column = sql_ident(ctx->arena, name);
    const char *proof = sql_ident(ctx->arena, recipe_new_name(ctx, target, &columns, "not_null"));

    if (ctx->pg_version >= 18) {
        rewrite_step(out, "ALTER TABLE %s ADD CONSTRAINT %s NOT NULL %s NOT VALID;", table, proof,
                     column);
        rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, proof);
        return;
    }

    rewrite_step(out, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID;", table,
                 proof, column);
    rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, proof);

    /* Two statements: in one, the server drops the proof before it looks for it. */
    rewrite_step(out, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;", table, column);
    rewrite_and(out, "ALTER TABLE %s DROP CONSTRAINT %s;", table, proof);
}

void
recipe_fill_nulls(const char *table, const char *column, const char *value, const char *and_where,
                  Rewrite *out)
{
    rewrite_step(out,
                 "-- On a large table: in ranges of the key, each in a transaction of its own.\n"
                 "UPDATE %s SET %s = %s WHERE %s IS NULL%s;",
                 table, column, value, column, and_where);
}

static void
add_to_partitions(const LintContext *ctx, const char *definition, const char *name, Rewrite *out)
{
    const RelationIdList partitions =
        schema_descendants_of(ctx->arena, ctx->schema, ctx->table->id);

    foreach (id, &partitions) {
        const SimRelation *leaf = schema_relation_by_id(ctx->schema, *id);
        if (leaf == NULL || leaf->kind != RELATION_TABLE)
            continue;
        const char *table = sql_qualified(ctx->arena, leaf->name);
        rewrite_step(out, "ALTER TABLE %s ADD %s NOT VALID;", table, definition);
        rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, name);
    }
}

void
recipe_add_proven(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    const char *table = sql_qualified(ctx->arena, op->target);
    const char *name = sql_ident(ctx->arena, recipe_constraint_name(ctx, op, constraint));
    const char *definition = slice_text(ctx->arena, ctx->source, constraint->span);
    if (constraint->name == NULL)
        definition = arena_printf(ctx->arena, "CONSTRAINT %s %s", name, definition);
    recipe_siblings(ctx, op, out);
    const char *replaced = recipe_replaced(ctx, op, op);

    /* A foreign key of a partitioned table cannot be NOT VALID before 18; equal ones of the
     * partitions spare it the reading. */
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY && ctx->pg_version < 18 && ctx->table != NULL &&
        ctx->table->kind == RELATION_PARTITIONED_TABLE) {
        if (hollow_table(ctx->arena, ctx->schema, ctx->table))
            rewrite_outside(out,
                            "-- First for each partition that there is, which the history does not "
                            "show:\n-- ALTER TABLE ... ADD %s NOT VALID;\n"
                            "-- ALTER TABLE ... VALIDATE CONSTRAINT %s;",
                            definition, name);
        add_to_partitions(ctx, definition, name, out);
        rewrite_step(out,
                     "-- lockstep: allow add-foreign-key-validates: every partition has proved "
                     "it, the server adopts that\nALTER TABLE %s ADD %s;",
                     table, definition);
        recipe_prove_siblings(ctx, op, out);
        return;
    }

    rewrite_step(out, "ALTER TABLE %s%s %sADD %s NOT VALID;", op->only ? "ONLY " : "", table,
                 replaced, definition);
    rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, name);
    recipe_prove_siblings(ctx, op, out);
}
