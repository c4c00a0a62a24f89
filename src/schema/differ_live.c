/* SPDX-License-Identifier: MIT */
/* Two schemas of their own: what the migrations make, and what the catalog shows. */
#include <stdlib.h>
#include <string.h>

#include "schema/differ_parts.h"

typedef struct LiveComparison {
    Differ differ;
    const Schema *expected;
    const Schema *live;
    SchemaLeavesOut leaves_out;
    const void *context;
    size_t partitions;
} LiveComparison;

static bool
is_compared(const LiveComparison *comparison, const SimRelation *relation)
{
    return differ_stands_alone(relation) && !comparison->leaves_out(comparison->context, relation);
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

static void
compare_objects(Differ *differ, NameSpace space, const char *name, const void *expected,
                const void *live)
{
    if (space == NAMES_FUNCTION && !differ_same_body(expected, live))
        differ_say(differ, "function %s has another body %s", name, differ->words->than);
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
    return comparison->leaves_out(comparison->context, &anything);
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
schema_compare(Arena *arena, const Schema *expected, const Schema *live, SchemaLeavesOut leaves_out,
               const void *context)
{
    static const DifferWords words = {.lost = "is missing",
                                      .left = "comes from no migration",
                                      .than = "than the migrations give it",
                                      .is_live = true};
    LiveComparison comparison = {
        .differ = {.arena = arena, .schema = live, .words = &words},
        .expected = expected,
        .live = live,
        .leaves_out = leaves_out,
        .context = context
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
