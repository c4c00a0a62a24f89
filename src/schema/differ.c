/* SPDX-License-Identifier: MIT */
#include "schema/differ.h"

#include <stdlib.h>
#include <string.h>

#include "schema/differ_parts.h"

const SimRelation *
schema_relation_at(const Schema *schema, SchemaMark mark, RelationId id)
{
    RelationSlot *slot = schema_slot(schema, id);
    for (size_t i = mark; slot != NULL && i < schema->changes.count; i++) {
        if (schema->changes.items[i].cell == &slot->current)
            return schema->changes.items[i].before;
    }
    return slot != NULL ? slot->current : NULL;
}

static const void *
named_at(const Schema *schema, SchemaMark mark, const NameSlot *slot)
{
    for (size_t i = mark; i < schema->changes.count; i++) {
        if (schema->changes.items[i].cell == &slot->value)
            return schema->changes.items[i].before;
    }
    return slot->value;
}

/* With its schema; the name is NULL where there is none. */
static QualifiedName
name_of_object(const Schema *schema, QualifiedName name)
{
    const SimFunction *function = schema_find_function(schema, name);
    const SimDomain *domain = schema_find_domain(schema, name);
    const SimEnum *type = schema_find_enum(schema, name);
    const SimComposite *composite = schema_find_composite(schema, name);
    if (function != NULL)
        return function->name;
    if (domain != NULL)
        return domain->name;
    if (type != NULL)
        return type->name;
    return composite != NULL ? composite->name : (QualifiedName){0};
}

bool
schema_made_since(const Schema *schema, SchemaMark mark, QualifiedName name)
{
    static const NameSpace spaces[] = {NAMES_FUNCTION, NAMES_DOMAIN, NAMES_ENUM, NAMES_COMPOSITE};
    const QualifiedName whole = name_of_object(schema, name);
    for (size_t i = 0; whole.name != NULL && i < sizeof spaces / sizeof *spaces; i++) {
        const NameSlot *slot = schema_name_slot(schema, spaces[i], whole);
        if (slot != NULL && named_at(schema, mark, slot) != NULL)
            return false;
    }
    return whole.name != NULL;
}

/* ---- what has changed */

static int
by_cell(const void *left, const void *right)
{
    const Changed *a = left;
    const Changed *b = right;
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Each cell once, with what it held at the mark; sorted by cell. */
static void
find_changed(Differ *differ, SchemaMark mark)
{
    const Schema *schema = differ->schema;
    size_t count = schema->changes.count - mark;
    Changed *all = ARENA_ARRAY(differ->arena, Changed, count);
    for (size_t i = 0; i < count; i++)
        all[i] = (Changed){schema->changes.items[mark + i].cell,
                           schema->changes.items[mark + i].before, i};
    if (count > 1)
        qsort(all, count, sizeof *all, by_cell);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || all[i].cell != all[i - 1].cell)
            LIST_APPEND(differ->arena, &differ->changed, all[i]);
    }
}

static int
is_cell(const void *key, const void *item)
{
    const Changed *changed = item;
    const void *const *cell = key;
    if (cell == (const void *const *)changed->cell)
        return 0;
    return cell < (const void *const *)changed->cell ? -1 : 1;
}

/* NULL where the cell holds what it held. */
static const Changed *
find_cell(const Differ *differ, const void **cell)
{
    return differ->changed.count == 0
               ? NULL
               : bsearch((const void *)cell, differ->changed.items, differ->changed.count,
                         sizeof *differ->changed.items, is_cell);
}

void
differ_say(Differ *differ, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vprintf(differ->arena, format, arguments);
    va_end(arguments);
    LIST_APPEND(differ->arena, &differ->found, text);
}

/* ---- relations */

static const SimRelation *
find_named(const RelationList *list, QualifiedName name)
{
    foreach (item, list) {
        if (name_equals((*item)->name, name))
            return *item;
    }
    return NULL;
}

/* What belongs to a constraint or a column is compared with these; what was only inferred had no
 * beginning that is known. */
bool
differ_stands_alone(const SimRelation *relation)
{
    return relation != NULL && !relation->assumed && !relation->index.is_constraint &&
           relation->owner_table == 0 && relation->persistence != PERSISTENCE_TEMPORARY;
}

static void
find_inferred(Differ *differ, SchemaMark mark)
{
    const Schema *schema = differ->schema;
    foreach (slot, &schema->relations) {
        if (find_cell(differ, &(*slot)->current) == NULL)
            continue;
        for (size_t i = mark; i < schema->changes.count; i++) {
            const SimRelation *was = schema->changes.items[i].before;
            if (schema->changes.items[i].cell == &(*slot)->current && was != NULL && was->assumed)
                LIST_APPEND(differ->arena, &differ->inferred, was->name);
        }
    }
}

static bool
is_inferred(const Differ *differ, const SimRelation *relation)
{
    foreach (name, &differ->inferred) {
        if (name_equals(*name, relation->name))
            return true;
    }
    return false;
}

static void
find_relations(const Differ *differ, RelationList *before, RelationList *after)
{
    foreach (slot, &differ->schema->relations) {
        const Changed *changed = find_cell(differ, &(*slot)->current);
        if (changed == NULL || changed->before == (*slot)->current)
            continue;
        if (differ_stands_alone(changed->before) && !is_inferred(differ, changed->before))
            LIST_APPEND(differ->arena, before, changed->before);
        if (differ_stands_alone((*slot)->current) && !is_inferred(differ, (*slot)->current))
            LIST_APPEND(differ->arena, after, (*slot)->current);
    }
}

static const SimRelation *
find_by_id(const RelationList *list, RelationId id)
{
    foreach (item, list) {
        if ((*item)->id == id)
            return *item;
    }
    return NULL;
}

static bool
goes_with_table(const SimRelation *relation, const RelationList *own, const RelationList *other)
{
    const SimRelation *table = find_by_id(own, relation->index.table);
    return table != NULL && find_named(other, table->name) == NULL;
}

static void
compare_relations(Differ *differ)
{
    RelationList before = {0};
    RelationList after = {0};
    find_relations(differ, &before, &after);
    foreach (old, &before) {
        const SimRelation *now = find_named(&after, (*old)->name);
        const SimRelation *moved = find_by_id(&after, (*old)->id);
        if (now != NULL)
            differ_relation(differ, *old, now);
        else if (moved != NULL && find_named(&before, moved->name) == NULL)
            differ_say(differ, "%s %s is still called %s", relation_kind_words((*old)->kind),
                       sql_qualified(differ->arena, (*old)->name),
                       sql_qualified(differ->arena, moved->name));
        else if (!goes_with_table(*old, &before, &after))
            differ_say(differ, "%s %s %s", relation_kind_words((*old)->kind),
                       sql_qualified(differ->arena, (*old)->name), differ->words->lost);
    }
    foreach (now, &after) {
        if (find_named(&before, (*now)->name) == NULL && find_by_id(&before, (*now)->id) == NULL &&
            !goes_with_table(*now, &after, &before))
            differ_say(differ, "%s %s %s", relation_kind_words((*now)->kind),
                       sql_qualified(differ->arena, (*now)->name), differ->words->left);
    }
}

/* ---- functions and types */

bool
differ_is_temporary(const NameSlot *slot)
{
    return strncmp(slot->key.schema, "pg_temp", strlen("pg_temp")) == 0;
}

bool
differ_same_body(const SimFunction *a, const SimFunction *b)
{
    if (a->overload != NULL || b->overload != NULL || a->body == NULL || b->body == NULL)
        return true;
    return differ_same_words(a->body, b->body);
}

static void
compare_name(Differ *differ, const NameSlot *slot, const char *kind, const Changed *changed)
{
    const QualifiedName name = {slot->key.schema, slot->key.name};
    const char *words = sql_qualified(differ->arena, name);
    if (changed->before == NULL && slot->value != NULL)
        differ_say(differ, "%s %s %s", kind, words, differ->words->left);
    else if (changed->before != NULL && slot->value == NULL)
        differ_say(differ, "%s %s %s", kind, words, differ->words->lost);
    else if (slot->key.space == NAMES_FUNCTION && slot->value != NULL &&
             !differ_same_body(changed->before, slot->value))
        differ_say(differ, "function %s has another body %s", words, differ->words->than);
}

const char *
differ_name_kind(NameSpace space)
{
    static const char *const kinds[NAME_SPACE_COUNT] = {
        [NAMES_DOMAIN] = "domain",
        [NAMES_ENUM] = "type",
        [NAMES_COMPOSITE] = "type",
        [NAMES_FUNCTION] = "function",
    };
    return kinds[space];
}

static void
compare_names(Differ *differ)
{
    const NameTable *names = &differ->schema->names;
    for (size_t i = 0; i < names->capacity; i++) {
        NameSlot *slot = names->entries[i].slot;
        const char *kind = slot != NULL ? differ_name_kind(slot->key.space) : NULL;
        const Changed *changed =
            kind != NULL && !differ_is_temporary(slot) ? find_cell(differ, &slot->value) : NULL;
        if (changed != NULL)
            compare_name(differ, slot, kind, changed);
    }
}

static int
by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

StringList
schema_differences(Arena *arena, const Schema *schema, SchemaMark mark)
{
    static const DifferWords words = {.lost = "is lost", .left = "is left", .than = "than before"};
    Differ differ = {.arena = arena, .schema = schema, .words = &words};
    if (mark >= schema->changes.count)
        return differ.found;
    find_changed(&differ, mark);
    find_inferred(&differ, mark);
    compare_relations(&differ);
    size_t relations = differ.found.count;
    compare_names(&differ);
    /* A hash table has no order of its own. */
    if (differ.found.count > relations + 1)
        qsort(differ.found.items + relations, differ.found.count - relations,
              sizeof *differ.found.items, by_text);
    return differ.found;
}
