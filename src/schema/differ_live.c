/* SPDX-License-Identifier: MIT */
/* Two schemas of their own: what the migrations make, and what the catalog shows. */
#include <stdlib.h>
#include <string.h>

#include "lockstep/call.h"

#include "schema/differ_parts.h"
#include "schema/type_change.h"

typedef struct LiveComparison {
    Differ differ;
    const Schema *expected;
    const Schema *live;
    size_t partitions;
} LiveComparison;

static bool
is_compared(const LiveComparison *comparison, const SimRelation *relation)
{
    return differ_stands_alone(relation) &&
           !comparison->differ.live->leaves_out(comparison->differ.live->context, relation);
}

/* What goes with its table is not said beside it. */
static bool
has_table(const Schema *own, const Schema *other, const SimRelation *relation)
{
    RelationId id = relation->index.table;
    const SimRelation *table = id != 0 ? schema_relation_by_id(own, id) : NULL;
    return table == NULL || schema_find_relation(other, table->name) != NULL;
}

static void
say_of_relation(Differ *differ, const SimRelation *relation, const char *words)
{
    differ_say(differ, "%s %s %s", relation_kind_words(relation->kind),
               sql_qualified(differ->arena, relation->name), words);
}

static void
say_left(LiveComparison *comparison, const SimRelation *relation)
{
    if (relation->is_partition)
        comparison->partitions++;
    else if (has_table(comparison->live, comparison->expected, relation))
        say_of_relation(&comparison->differ, relation, comparison->differ.words->left);
}

static void
compare_relations(LiveComparison *comparison)
{
    Differ *differ = &comparison->differ;
    RelationIdList expected = schema_relations_in(differ->arena, comparison->expected, NULL);
    RelationIdList live = schema_relations_in(differ->arena, comparison->live, NULL);
    foreach (id, &expected) {
        const SimRelation *wanted = schema_relation_by_id(comparison->expected, *id);
        if (!is_compared(comparison, wanted))
            continue;
        const SimRelation *found = schema_find_relation(comparison->live, wanted->name);
        if (found != NULL)
            differ_relation(differ, wanted, found);
        else if (has_table(comparison->expected, comparison->live, wanted))
            say_of_relation(differ, wanted, differ->words->lost);
    }
    foreach (id, &live) {
        const SimRelation *found = schema_relation_by_id(comparison->live, *id);
        if (is_compared(comparison, found) &&
            schema_find_relation(comparison->expected, found->name) == NULL)
            say_left(comparison, found);
    }
}

/* ---- functions and types */

static void
compare_labels(Differ *differ, const char *name, const SimEnum *expected, const SimEnum *live)
{
    if (!expected->values_known || !live->values_known)
        return;
    foreach (label, &expected->values)
        if (!string_list_has(&live->values, *label))
            differ_say(differ, "label %s of type %s %s", sql_literal(differ->arena, *label), name,
                       differ->words->lost);
    foreach (label, &live->values)
        if (!string_list_has(&expected->values, *label))
            differ_say(differ, "label %s of type %s %s", sql_literal(differ->arena, *label), name,
                       differ->words->left);
}

/* "public.f(text, int4)" */
static const char *
overload_words(Arena *arena, const SimFunction *function)
{
    const TypeList *types = &function->signature.types;
    const char *list = "";
    for (size_t i = 0; i < types->count; i++)
        list = arena_printf(arena, "%s%s%s", list, i > 0 ? ", " : "",
                            type_words(arena, &types->items[i]));
    return arena_printf(arena, "%s(%s)", sql_qualified(arena, function->name), list);
}

static size_t
count_overloads(const SimFunction *function)
{
    size_t count = 0;
    for (; function != NULL; function = function->overload)
        count++;
    return count;
}

static const SimFunction *
same_overload(const SimFunction *function, const SimFunction *among)
{
    while (among != NULL && !call_has_same_types(&function->signature, &among->signature))
        among = among->overload;
    return among;
}

static size_t
count_common(const SimFunction *function, const SimFunction *others)
{
    size_t count = 0;
    for (; function != NULL; function = function->overload)
        count += same_overload(function, others) != NULL;
    return count;
}

static void
say_of_overloads(Differ *differ, const SimFunction *function, const SimFunction *others,
                 const char *words)
{
    for (; function != NULL; function = function->overload)
        if (same_overload(function, others) == NULL)
            differ_say(differ, "function %s %s", overload_words(differ->arena, function), words);
}

/* Types may be called otherwise by now: which one is another's is only certain where each of one
 * side has its like on the other. */
static void
compare_overloads(Differ *differ, const SimFunction *expected, const SimFunction *live)
{
    const size_t wanted = count_overloads(expected);
    const size_t found = count_overloads(live);
    const size_t common = count_common(expected, live);
    if (common == found)
        say_of_overloads(differ, expected, live, differ->words->lost);
    if (common == wanted)
        say_of_overloads(differ, live, expected, differ->words->left);
    for (const SimFunction *each = expected; each != NULL; each = each->overload) {
        const SimFunction *other = same_overload(each, live);
        if (other != NULL && !differ_same_body(each, other))
            differ_say(differ, "function %s has another body %s",
                       overload_words(differ->arena, each), differ->words->than);
    }
}

static void
compare_functions(Differ *differ, const char *name, const SimFunction *expected,
                  const SimFunction *live)
{
    if (expected->overload != NULL || live->overload != NULL)
        compare_overloads(differ, expected, live);
    else if (!differ_same_body(expected, live))
        differ_say(differ, "function %s has another body %s", name, differ->words->than);
}

static void
compare_objects(Differ *differ, NameSpace space, const char *name, const void *expected,
                const void *live)
{
    if (space == NAMES_FUNCTION)
        compare_functions(differ, name, expected, live);
    if (space == NAMES_ENUM)
        compare_labels(differ, name, expected, live);
}

/* A schema that is left out as a whole has its functions and types left out with it. */
static bool
is_left_out(const LiveComparison *comparison, const NameSlot *slot)
{
    const SimRelation anything = {
        .name = {slot->key.schema, ""}
    };
    return comparison->differ.live->leaves_out(comparison->differ.live->context, &anything);
}

/* `backwards`: only what the expected schema lacks. */
static void
compare_name(LiveComparison *comparison, const NameSlot *slot, const Schema *to, bool backwards)
{
    Differ *differ = &comparison->differ;
    const char *kind = differ_name_kind(slot->key.space);
    if (kind == NULL || slot->value == NULL || differ_is_temporary(slot) ||
        is_left_out(comparison, slot))
        return;
    const QualifiedName name = {slot->key.schema, slot->key.name};
    const char *words = sql_qualified(differ->arena, name);
    const void *other = schema_name_get(to, slot->key.space, name);
    if (other == NULL)
        differ_say(differ, "%s %s %s", kind, words,
                   backwards ? differ->words->left : differ->words->lost);
    else if (!backwards)
        compare_objects(differ, slot->key.space, words, slot->value, other);
}

static void
compare_names(LiveComparison *comparison, const Schema *from, const Schema *to, bool backwards)
{
    const NameTable *names = &from->names->table;
    for (size_t i = 0; i < names->capacity; i++) {
        const KnownName *known = names->entries[i].known;
        const NameSlot *slot = known != NULL ? known->slots : NULL;
        for (; slot != NULL; slot = slot->next)
            compare_name(comparison, slot, to, backwards);
    }
}

static int
by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

SchemaComparison
schema_compare(Arena *arena, const Schema *expected, const Schema *live, const LiveTerms *terms)
{
    static const DifferWords words = {.lost = "is missing",
                                      .left = "comes from no migration",
                                      .than = "than the migrations give it"};
    LiveComparison comparison = {
        .differ = {.arena = arena, .schema = live, .words = &words, .live = terms},
        .expected = expected,
        .live = live,
    };
    compare_relations(&comparison);
    compare_names(&comparison, expected, live, false);
    compare_names(&comparison, live, expected, true);
    StringList *found = &comparison.differ.found;
    /* A hash table has no order of its own. */
    if (found->count > 1)
        qsort(found->items, found->count, sizeof *found->items, by_text);
    return (SchemaComparison){*found, comparison.partitions};
}
