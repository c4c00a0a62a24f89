/* SPDX-License-Identifier: MIT */
/* Two states of one relation. */
#include <ctype.h>
#include <string.h>

#include "schema/differ_parts.h"

/* ---- expressions */

static const char *
skip_unimportant(const char *at)
{
    while (*at != '\0' && (isspace((unsigned char)*at) || *at == '(' || *at == ')'))
        at++;
    return at;
}

/* Capitals do not matter but in quotes, where nothing is skipped either. */
bool
differ_same_words(const char *a, const char *b)
{
    char quote = '\0';
    if (a == b || strcmp(a, b) == 0)
        return true;
    for (;;) {
        if (quote == '\0') {
            a = skip_unimportant(a);
            b = skip_unimportant(b);
        }
        int left = quote != '\0' ? *a : tolower((unsigned char)*a);
        int right = quote != '\0' ? *b : tolower((unsigned char)*b);
        if (left != right)
            return false;
        if (*a == '\0')
            return true;
        if (quote == '\0' && (*a == '\'' || *a == '"'))
            quote = *a;
        else if (quote != '\0' && *a == quote)
            quote = '\0';
        a++;
        b++;
    }
}

bool
differ_same_expression(const Differ *differ, const SqlExpr *a, const SqlExpr *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (differ->live != NULL)
        return !differ->live->expressions_differ(differ->live->context, a->text, b->text);
    if (differ_same_words(a->text, b->text))
        return true;
    /* A cast of a constant, or a function by another of its names, may be the same. */
    return a->casts.count > 0 || b->casts.count > 0 || a->functions.count > 0 ||
           b->functions.count > 0;
}

/* ---- columns */

/* numeric(5) is numeric(5,0). */
static int32_t
modifier_of(const SqlType *type, int number)
{
    return number < type->modifier_count ? type->modifiers[number] : 0;
}

static bool
has_same_modifiers(const SqlType *a, const SqlType *b)
{
    if (!a->modifiers_known || !b->modifiers_known)
        return true;
    return (a->modifier_count == 0) == (b->modifier_count == 0) &&
           modifier_of(a, 0) == modifier_of(b, 0) && modifier_of(a, 1) == modifier_of(b, 1);
}

static bool
is_same_type(const SqlType *a, const SqlType *b)
{
    if (a->name.name == NULL || b->name.name == NULL)
        return true;
    bool one_schema = a->name.schema == NULL || b->name.schema == NULL ||
                      text_equals_or_null(a->name.schema, b->name.schema);
    if (!one_schema || !text_equals_or_null(a->name.name, b->name.name) ||
        (a->array_dimensions > 0) != (b->array_dimensions > 0))
        return false;
    return has_same_modifiers(a, b);
}

static bool
is_numbered(const SimColumn *column)
{
    return column->sequence != 0 || column->generated != GENERATED_NOT;
}

/* From other columns; what numbers it has no expression. */
static bool
is_generated_otherwise(const Differ *differ, const SimColumn *old, const SimColumn *now)
{
    return differ->live != NULL && old->generated == now->generated &&
           old->generated != GENERATED_NOT && old->default_value != NULL &&
           now->default_value != NULL &&
           !differ_same_expression(differ, old->default_value, now->default_value);
}

static bool
has_default(const SimColumn *column)
{
    return column->default_value != NULL && !column->default_value->is_null_constant;
}

/* What is to be said of a column that both have; NULL: nothing. */
static const char *
difference_of_values(const Differ *differ, const SimColumn *old, const SimColumn *now)
{
    if (is_numbered(old) != is_numbered(now))
        return is_numbered(now) ? "gets its values by itself now"
                                : "no longer gets its values by itself";
    if (is_numbered(old))
        return is_generated_otherwise(differ, old, now)
                   ? arena_printf(differ->arena, "is generated otherwise %s", differ->words->than)
                   : NULL;
    if (has_default(old) != has_default(now))
        return has_default(now) ? "has a default now" : "has no default any more";
    if (old->default_value == NULL || now->default_value == NULL ||
        differ_same_expression(differ, old->default_value, now->default_value))
        return NULL;
    return arena_printf(differ->arena, "has another default %s", differ->words->than);
}

static void
say_of_column(Differ *differ, QualifiedName table, const SimColumn *column, const char *words)
{
    if (words != NULL)
        differ_say(differ, "column %s.%s %s", sql_qualified(differ->arena, table),
                   sql_ident(differ->arena, column->name), words);
}

static void
compare_column(Differ *differ, QualifiedName table, const SimColumn *old, const SimColumn *now)
{
    if (old->type_known && now->type_known && !is_same_type(&old->type, &now->type))
        say_of_column(differ, table, old,
                      arena_printf(differ->arena, "has another type %s", differ->words->than));
    if (old->not_null != now->not_null)
        say_of_column(differ, table, old,
                      now->not_null ? "is NOT NULL now" : "is no longer NOT NULL");
    say_of_column(differ, table, old, difference_of_values(differ, old, now));
}

/* Mostly it has kept its place. */
static const SimColumn *
find_column(const SimRelation *relation, const SimColumn *wanted, size_t place)
{
    if (place < relation->columns.count &&
        text_equals(relation->columns.items[place].name, wanted->name))
        return &relation->columns.items[place];
    return relation_find_column(relation, wanted->name);
}

static void
compare_columns(Differ *differ, const SimRelation *old, const SimRelation *now)
{
    const QualifiedName table = now->name;
    if (old->columns.items == now->columns.items && old->columns.count == now->columns.count)
        return;
    for (size_t i = 0; i < old->columns.count; i++) {
        const SimColumn *column = &old->columns.items[i];
        const SimColumn *other = find_column(now, column, i);
        if (other != NULL)
            compare_column(differ, table, column, other);
        else if (now->columns_known)
            say_of_column(differ, table, column, differ->words->lost);
    }
    for (size_t i = 0; old->columns_known && i < now->columns.count; i++) {
        const SimColumn *column = &now->columns.items[i];
        if (find_column(old, column, i) == NULL)
            say_of_column(differ, table, column, differ->words->left);
    }
}

/* ---- constraints */

static bool
is_same_list(const StringList *a, const StringList *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!text_equals(a->items[i], b->items[i]))
            return false;
    }
    return true;
}

static bool
is_same_constraint(const Differ *differ, const SimConstraint *a, const SimConstraint *b)
{
    /* Which columns a CHECK is of, its expression tells. */
    const bool has_columns = differ->live == NULL || a->kind != CONSTRAINT_CHECK;
    return a->kind == b->kind && (!has_columns || is_same_list(&a->columns, &b->columns)) &&
           a->on_delete == b->on_delete && a->on_update == b->on_update &&
           differ_same_expression(differ, a->expression, b->expression);
}

static const SimConstraint *
find_alike(const Differ *differ, const SimRelation *relation, const SimConstraint *constraint)
{
    foreach (other, &relation->constraints) {
        if (is_same_constraint(differ, other, constraint))
            return other;
    }
    return NULL;
}

/* "constraint orders_note_check of public.orders is lost" */
static void
say_of_constraint(Differ *differ, const SimRelation *table, const SimConstraint *constraint,
                  const char *words)
{
    differ_say(differ, "constraint %s of %s %s", sql_ident(differ->arena, constraint->name),
               sql_qualified(differ->arena, table->name), words);
}

static void
compare_constraint(Differ *differ, const SimRelation *table, const SimConstraint *old,
                   const SimConstraint *now)
{
    if (!is_same_constraint(differ, old, now))
        say_of_constraint(differ, table, old,
                          arena_printf(differ->arena, "is another one %s", differ->words->than));
    else if (differ->live != NULL && old->valid && !now->valid)
        say_of_constraint(differ, table, old, "is still NOT VALID");
}

/* A constraint that has another name than before is the next migration's surprise when it is
 * dropped by name. */
static void
say_of_lost_constraint(Differ *differ, const SimRelation *now, const SimConstraint *constraint)
{
    const SimConstraint *alike = find_alike(differ, now, constraint);
    say_of_constraint(differ, now, constraint,
                      alike == NULL ? differ->words->lost
                                    : arena_printf(differ->arena, "is called %s now",
                                                   sql_ident(differ->arena, alike->name)));
}

/* NOT NULL is compared with the column. */
static void
compare_constraints(Differ *differ, const SimRelation *old, const SimRelation *now)
{
    if (old->constraints.items == now->constraints.items &&
        old->constraints.count == now->constraints.count)
        return;
    foreach (constraint, &old->constraints) {
        const SimConstraint *other = relation_find_constraint(now, constraint->name);
        if (constraint->kind == CONSTRAINT_NOT_NULL)
            continue;
        if (other != NULL)
            compare_constraint(differ, now, constraint, other);
        else if (now->columns_known)
            say_of_lost_constraint(differ, now, constraint);
    }
    foreach (constraint, &now->constraints) {
        if (constraint->kind != CONSTRAINT_NOT_NULL && old->columns_known &&
            relation_find_constraint(old, constraint->name) == NULL &&
            find_alike(differ, old, constraint) == NULL)
            say_of_constraint(differ, now, constraint, differ->words->left);
    }
}

/* ---- what is attached, and indexes */

static const char *
attached_words(SimAttachedKind kind)
{
    switch (kind) {
    case SIM_TRIGGER:
        return "trigger";
    case SIM_RULE:
        return "rule";
    case SIM_POLICY:
        return "policy";
    }
    return "trigger";
}

static void
compare_attached(Differ *differ, const SimRelation *from, const SimRelation *to, const char *words)
{
    foreach (item, &from->attached) {
        if (relation_find_attached(to, (*item)->kind, (*item)->name) == NULL)
            differ_say(differ, "%s %s of %s %s", attached_words((*item)->kind),
                       sql_ident(differ->arena, (*item)->name),
                       sql_qualified(differ->arena, to->name), words);
    }
}

/* (note COLLATE "C") is no expression for the server, but a column. */
static bool
is_same_live_key(const Differ *differ, const IndexKey *a, const IndexKey *b)
{
    const IndexKey *keys[] = {a, b};
    const char *texts[2];
    for (size_t i = 0; i < 2; i++) {
        if (keys[i]->column == NULL && keys[i]->expression == NULL)
            return true;
        texts[i] = keys[i]->column != NULL ? sql_ident(differ->arena, keys[i]->column)
                                           : keys[i]->expression->text;
    }
    return !differ->live->expressions_differ(differ->live->context, texts[0], texts[1]);
}

static bool
is_same_key(const Differ *differ, const IndexKey *a, const IndexKey *b)
{
    if (differ->live != NULL && (a->column == NULL || b->column == NULL))
        return is_same_live_key(differ, a, b);
    if ((a->column == NULL) != (b->column == NULL))
        return false;
    return a->column != NULL ? strcmp(a->column, b->column) == 0
                             : differ_same_expression(differ, a->expression, b->expression);
}

static bool
is_same_index(const Differ *differ, const SimRelation *a, const SimRelation *b)
{
    if (a->index.unique != b->index.unique || a->index.keys.count != b->index.keys.count ||
        !differ_same_expression(differ, a->index.predicate, b->index.predicate))
        return false;
    for (size_t i = 0; i < a->index.keys.count; i++) {
        if (!is_same_key(differ, &a->index.keys.items[i], &b->index.keys.items[i]))
            return false;
    }
    return true;
}

static void
compare_kinds(Differ *differ, const SimRelation *old, const SimRelation *now)
{
    const char *name = sql_qualified(differ->arena, now->name);
    if (old->kind != now->kind)
        differ_say(differ, "%s was a %s and is a %s", name, relation_kind_words(old->kind),
                   relation_kind_words(now->kind));
    else if (old->is_partition != now->is_partition)
        differ_say(differ, "%s is %s partition %s", name, now->is_partition ? "a" : "no",
                   now->is_partition ? "now" : "any more");
}

void
differ_relation(Differ *differ, const SimRelation *old, const SimRelation *now)
{
    const bool is_index = old->kind == RELATION_INDEX || old->kind == RELATION_PARTITIONED_INDEX;
    if (old->kind == now->kind && is_index) {
        if (!is_same_index(differ, old, now))
            differ_say(differ, "index %s is another one %s",
                       sql_qualified(differ->arena, now->name), differ->words->than);
        return;
    }
    if (old->kind != now->kind || old->is_partition != now->is_partition)
        compare_kinds(differ, old, now);
    if (old->kind != now->kind)
        return;
    compare_columns(differ, old, now);
    compare_constraints(differ, old, now);
    compare_attached(differ, old, now, differ->words->lost);
    compare_attached(differ, now, old, differ->words->left);
}
