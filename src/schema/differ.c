/* SPDX-License-Identifier: MIT */
#include "schema/differ.h"

#include <stdlib.h>
#include <string.h>

#include "schema/differ_parts.h"

/* What a cell was at the mark: what the first change since then found there. */
static const void *
value_at(const Schema *schema, SchemaMark mark, size_t newest, const void *now)
{
    while (newest > mark) {
        const CellChange *change = &schema->changes.items[newest - 1];
        now = change->before;
        newest = change->earlier;
    }
    return now;
}

const SimRelation *
schema_relation_at(const Schema *schema, SchemaMark mark, RelationId id)
{
    const RelationSlot *slot = schema_slot(schema, id);
    return slot != NULL ? value_at(schema, mark, slot->changes, slot->current) : NULL;
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
        if (slot != NULL && value_at(schema, mark, slot->changes, slot->value) != NULL)
            return false;
    }
    return whole.name != NULL;
}

bool
schema_made_schema_since(const Schema *schema, SchemaMark mark, const char *name)
{
    const NameSlot *slot = schema_name_slot(schema, NAMES_SCHEMA, (QualifiedName){NULL, name});
    const Op *made = slot != NULL ? slot->value : NULL;
    return made != NULL && made->kind == OP_CREATE_SCHEMA && !made->if_exists &&
           value_at(schema, mark, slot->changes, slot->value) == NULL;
}

/* ---- what has changed */

/* In the order in which they were made. */
static int
by_relation(const void *left, const void *right)
{
    const Changed *a = left;
    const Changed *b = right;
    return a->relation->id < b->relation->id ? -1 : a->relation->id > b->relation->id;
}

static void
find_changed(Differ *differ, SchemaMark mark)
{
    const Schema *schema = differ->schema;
    for (size_t i = mark; i < schema->changes.count; i++) {
        const CellChange *change = &schema->changes.items[i];
        const NameSlot *name = change->name;
        const Changed changed = {change->relation, name, change->before};
        const SimRelation *was = change->relation != NULL ? change->before : NULL;
        /* What the first change since the mark found there is what it was at the mark. */
        const bool is_first = change->earlier <= mark;
        if (is_first && change->relation != NULL && change->before != change->relation->current)
            LIST_APPEND(differ->arena, &differ->relations, changed);
        if (is_first && name != NULL && differ_name_kind(name->key.space) != NULL &&
            !differ_is_temporary(name))
            LIST_APPEND(differ->arena, &differ->names, changed);
        if (was != NULL && was->assumed)
            LIST_APPEND(differ->arena, &differ->inferred, was->name);
    }
    if (differ->relations.count > 1)
        qsort(differ->relations.items, differ->relations.count, sizeof *differ->relations.items,
              by_relation);
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
    foreach (changed, &differ->relations) {
        const SimRelation *now = changed->relation->current;
        if (differ_stands_alone(changed->before) && !is_inferred(differ, changed->before))
            LIST_APPEND(differ->arena, before, changed->before);
        if (differ_stands_alone(now) && !is_inferred(differ, now))
            LIST_APPEND(differ->arena, after, now);
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
    return a->body == NULL || b->body == NULL || differ_same_words(a->body, b->body);
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

static bool
is_overloaded(const SimFunction *function)
{
    return function->overload != NULL;
}

static void
compare_name(Differ *differ, const Changed *changed)
{
    const NameSlot *slot = changed->name;
    const void *now = slot->value;
    const char *kind = differ_name_kind(slot->key.space);
    if (changed->before == now)
        return;
    const char *name =
        sql_qualified(differ->arena, (QualifiedName){slot->key.schema, slot->key.name});
    if (changed->before == NULL)
        differ_say(differ, "%s %s %s", kind, name, differ->words->left);
    else if (now == NULL)
        differ_say(differ, "%s %s %s", kind, name, differ->words->lost);
    else if (slot->key.space == NAMES_FUNCTION && !is_overloaded(changed->before) &&
             !is_overloaded(now) && !differ_same_body(changed->before, now))
        differ_say(differ, "function %s has another body %s", name, differ->words->than);
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
    compare_relations(&differ);
    size_t relations = differ.found.count;
    foreach (changed, &differ.names)
        compare_name(&differ, changed);
    /* They come in no order of their own. */
    if (differ.found.count > relations + 1)
        qsort(differ.found.items + relations, differ.found.count - relations,
              sizeof *differ.found.items, by_text);
    return differ.found;
}
