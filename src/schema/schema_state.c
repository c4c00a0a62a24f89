/* SPDX-License-Identifier: MIT */
#include "schema/schema_state.h"

#include <assert.h>
#include <string.h>

#include "schema/name_users.h"

#define TEMPORARY_SCHEMA "pg_temp"

/* Stands for a schema named like the role, which no migration knows. */
#define USER_SCHEMA "$user"

static NameKey
name_key(NameSpace space, QualifiedName name)
{
    return (NameKey){space, name.schema != NULL ? name.schema : "", name.name};
}

static NameSlot *
slot_in(const KnownName *known, NameSpace space, const char *schema)
{
    for (NameSlot *slot = known->slots; slot != NULL; slot = slot->next) {
        const char *own = slot->key.schema;
        if (slot->key.space == space && (own == schema || text_equals(own, schema)))
            return slot;
    }
    return NULL;
}

static const void *
value_in(const KnownName *known, NameSpace space, const char *schema)
{
    const NameSlot *slot = slot_in(known, space, schema);
    return slot != NULL ? slot->value : NULL;
}

static void
set_cell(Schema *schema, const void *value, CellChange change)
{
    change.before = *change.cell;
    LIST_APPEND(schema->arena, &schema->changes, change);
    *change.cell = value;
    schema->last_dependents->known = false;
}

void
schema_set_cell(Schema *schema, const void **cell, const void *value)
{
    set_cell(schema, value, (CellChange){.cell = cell});
}

static void
set_name(Schema *schema, NameSlot *slot, const void *value)
{
    set_cell(schema, value,
             (CellChange){.cell = &slot->value, .earlier = slot->changes, .name = slot});
    slot->changes = schema->changes.count;
}

void
schema_set_slot(Schema *schema, NameSlot *slot, const void *value)
{
    set_name(schema, slot, value);
}

static void
set_relation(Schema *schema, RelationId id, const SimRelation *relation)
{
    RelationSlot *slot = schema_slot(schema, id);
    set_cell(schema, relation,
             (CellChange){.cell = &slot->current, .earlier = slot->changes, .relation = slot});
    slot->changes = schema->changes.count;
}

static void
undo(Schema *schema, const CellChange *change)
{
    *change->cell = change->before;
    if (change->name != NULL)
        change->name->changes = change->earlier;
    if (change->relation == NULL)
        return;
    change->relation->changes = change->earlier;
    name_users_come(schema, change->relation);
}

void
schema_undo(Schema *schema, size_t changes)
{
    while (schema->changes.count > changes)
        undo(schema, &schema->changes.items[--schema->changes.count]);
    schema->last_dependents->known = false;
}

const NameSlot *
schema_name_slot(const Schema *schema, NameSpace space, QualifiedName name)
{
    if (!schema->has[space] || name.name == NULL)
        return NULL;
    const KnownName *known = name_table_find(&schema->names->table, name.name);
    return known != NULL ? slot_in(known, space, name_key(space, name).schema) : NULL;
}

const void *
schema_name_get(const Schema *schema, NameSpace space, QualifiedName name)
{
    const NameSlot *slot = schema_name_slot(schema, space, name);
    return slot != NULL ? slot->value : NULL;
}

static NameSlot *
make_slot(Schema *schema, KnownName *known, NameKey key)
{
    NameSlot *slot = ARENA_NEW(schema->arena, NameSlot);
    slot->key = key;
    slot->next = known->slots;
    known->slots = slot;
    return slot;
}

/* Most names of a history are in one schema. */
static NameSlotList *
members_of(Schema *schema, const char *name)
{
    if (schema->last_schema == NULL || !text_equals(schema->last_schema->text, name))
        schema->last_schema = name_table_make(schema->arena, &schema->names->table, name);
    return &schema->last_schema->members;
}

static void
remember_slot(Schema *schema, NameSlot *slot)
{
    bool is_path = text_equals(slot->key.name, "search_path");
    if (is_path && slot->key.space == NAMES_SETTING)
        schema->search_path = slot;
    if (is_path && slot->key.space == NAMES_LOCAL_SETTING)
        schema->local_search_path = slot;
    if (is_path && slot->key.space == NAMES_DEFAULT_SETTING)
        schema->default_search_path = slot;
    schema->has[slot->key.space] = true;
    if (text_equals(slot->key.schema, TEMPORARY_SCHEMA))
        schema->has_temporary = true;
    NameSlotList *members = members_of(schema, slot->key.schema);
    LIST_APPEND(schema->arena, members, slot);
    if (slot->key.space == NAMES_SETTING || slot->key.space == NAMES_COMING_SETTING)
        LIST_APPEND(schema->arena, &schema->settings, slot);
    if (slot->key.space == NAMES_PUBLICATION)
        LIST_APPEND(schema->arena, &schema->publications, slot);
    if (slot->key.space == NAMES_SERVER)
        LIST_APPEND(schema->arena, &schema->servers, slot);
}

void
schema_name_set(Schema *schema, NameSpace space, QualifiedName name, const void *value)
{
    const NameKey key = name_key(space, name);
    KnownName *known = name_table_make(schema->arena, &schema->names->table, name.name);
    NameSlot *slot = slot_in(known, space, key.schema);
    if (slot == NULL) {
        slot = make_slot(schema, known, key);
        remember_slot(schema, slot);
    }
    if (value != NULL)
        schema_note_types_of(schema, slot, value);
    set_name(schema, slot, value);
}

static const StringList *
search_path(const Schema *schema)
{
    static const char *const initial[] = {USER_SCHEMA, "public"};
    static const StringList fallback = {(const char **)(uintptr_t)initial, 2, 2};
    const Setting *set = NULL;
    if (schema->local_search_path != NULL)
        set = schema->local_search_path->value;
    if (set == NULL && schema->search_path != NULL)
        set = schema->search_path->value;
    if (set == NULL && schema->default_search_path != NULL)
        set = schema->default_search_path->value;
    return set != NULL ? &set->values : &fallback;
}

const char *
schema_setting(const Schema *schema, const char *name)
{
    static const NameSpace spaces[] = {NAMES_LOCAL_SETTING, NAMES_SETTING, NAMES_DEFAULT_SETTING};
    const bool has_any = schema->has[NAMES_LOCAL_SETTING] || schema->has[NAMES_SETTING] ||
                         schema->has[NAMES_DEFAULT_SETTING];
    const KnownName *known = has_any ? name_table_find(&schema->names->table, name) : NULL;
    const Setting *set = NULL;
    for (size_t i = 0; known != NULL && set == NULL && i < sizeof spaces / sizeof *spaces; i++)
        set = value_in(known, spaces[i], "");
    return set != NULL ? set->text : NULL;
}

static const void *
find_on_path(const Schema *schema, const KnownName *known, NameSpace space)
{
    const StringList *path = search_path(schema);
    const void *found = NULL;
    if (schema->has_temporary)
        found = value_in(known, space, TEMPORARY_SCHEMA);
    for (size_t i = 0; found == NULL && i < path->count; i++) {
        if (!text_equals(path->items[i], USER_SCHEMA))
            found = value_in(known, space, path->items[i]);
    }
    return found;
}

/* Most names that are looked up are the server's own, and nothing of the history. */
const void *
schema_name_find(const Schema *schema, NameSpace space, QualifiedName name)
{
    if (!schema->has[space] || name.name == NULL)
        return NULL;
    const KnownName *known = name_table_find(&schema->names->table, name.name);
    if (known == NULL || known->slots == NULL)
        return NULL;
    return name.schema != NULL ? value_in(known, space, name.schema)
                               : find_on_path(schema, known, space);
}

const NameSlotList *
schema_members(const Schema *schema, const char *name)
{
    static const NameSlotList none;
    const KnownName *known = name_table_find(&schema->names->table, name);
    return known != NULL ? &known->members : &none;
}

QualifiedName
schema_new_name(const Schema *schema, QualifiedName name, Persistence kept)
{
    if (name.schema != NULL)
        return name;
    if (kept == PERSISTENCE_TEMPORARY)
        return (QualifiedName){TEMPORARY_SCHEMA, name.name};
    foreach (part, search_path(schema)) {
        bool usable = **part != '\0' && !text_equals(*part, USER_SCHEMA);
        if (usable && !text_equals(*part, "pg_catalog"))
            return (QualifiedName){*part, name.name};
    }
    return (QualifiedName){"public", name.name};
}

SimRelation *
schema_new_relation(Schema *schema, QualifiedName name, RelationKind kind)
{
    RelationSlot *slot = ARENA_NEW(schema->arena, RelationSlot);
    slot->id = (RelationId)schema->relations.count + 1;
    LIST_APPEND(schema->arena, &schema->relations, slot);
    schema_name_set(schema, NAMES_RELATION, name, slot);

    SimRelation *relation = ARENA_NEW(schema->arena, SimRelation);
    relation->id = slot->id;
    relation->name = name;
    relation->kind = kind;
    relation->created_in = schema->transaction;
    relation->columns_known = true;
    return relation;
}

/* Gives a list that borrows its elements an array of its own, so that changing one does not change
 * the older copy of the relation. */
#define OWN_LIST(arena, list)                                                                      \
    do {                                                                                           \
        if ((list)->capacity > 0 || (list)->count == 0)                                            \
            break;                                                                                 \
        (list)->items = arena_copy((arena), (list)->items, (list)->count * sizeof *(list)->items); \
        (list)->capacity = (list)->count;                                                          \
    } while (0)

void
schema_own_columns(Schema *schema, SimRelation *relation)
{
    OWN_LIST(schema->arena, &relation->columns);
}

SimColumn *
schema_own_column(Schema *schema, SimRelation *relation, const SimColumn *column)
{
    const ColumnRoom *room = &schema_slot(schema, relation->id)->room;
    size_t place = (size_t)(column - relation->columns.items);
    if (relation->columns.items != room->items || place < room->borrowed)
        schema_own_columns(schema, relation);
    return &relation->columns.items[place];
}

/* A table that gets one column after the other would be copied each time as a whole. */
SimColumn *
schema_append_column(Schema *schema, SimRelation *relation, SimColumn column)
{
    SimColumnList *columns = &relation->columns;
    if (columns->capacity > 0 || columns->count == 0) {
        LIST_APPEND(schema->arena, columns, column);
        return &columns->items[columns->count - 1];
    }
    ColumnRoom *room = &schema_slot(schema, relation->id)->room;
    bool is_newest = room->items == columns->items && room->used == columns->count;
    if (!is_newest || room->used == room->capacity) {
        room->capacity = columns->count + columns->count / 2 + 4;
        room->items = arena_reserve(schema->arena, room->capacity * sizeof *room->items);
        memcpy(room->items, columns->items, columns->count * sizeof *columns->items);
        columns->items = room->items;
    }
    columns->items[columns->count++] = column;
    room->used = columns->count;
    return &columns->items[columns->count - 1];
}

void
schema_own_constraints(Schema *schema, SimRelation *relation)
{
    OWN_LIST(schema->arena, &relation->constraints);
}

void
schema_own_keys(Schema *schema, SimRelation *index)
{
    OWN_LIST(schema->arena, &index->index.keys);
}

SimRelation *
schema_edit(Schema *schema, RelationId id)
{
    const SimRelation *old = schema_relation_by_id(schema, id);
    assert(old != NULL);
    SimRelation *copy = arena_copy(schema->arena, old, sizeof *old);
    schema_slot(schema, id)->room.borrowed = old->columns.count;
    copy->columns.capacity = 0;
    copy->constraints.capacity = 0;
    copy->more_parents.capacity = 0;
    copy->partition_key.keys.capacity = 0;
    copy->reads.capacity = 0;
    copy->attached.capacity = 0;
    copy->index.keys.capacity = 0;
    copy->index.including.capacity = 0;
    return copy;
}

/* Keeps the ids in ascending order, which is that of creation, each once. */
static void
link_id(Schema *schema, RelationIdList *list, RelationId id)
{
    size_t place = list->count;
    while (place > 0 && list->items[place - 1] > id)
        place--;
    if (place > 0 && list->items[place - 1] == id)
        return;
    LIST_APPEND(schema->arena, list, id);
    for (size_t i = list->count - 1; i > place; i--)
        list->items[i] = list->items[i - 1];
    list->items[place] = id;
}

static void
link_reader(Schema *schema, RelationId reader, RelationId source)
{
    RelationSlot *slot = schema_slot(schema, source);
    if (slot != NULL && reader != source)
        link_id(schema, &slot->readers, reader);
}

static void
link_relation(Schema *schema, const SimRelation *relation)
{
    RelationSlot *parent = schema_slot(schema, relation->parent);
    if (parent != NULL)
        link_id(schema, &parent->children, relation->id);
    foreach (more, &relation->more_parents) {
        RelationSlot *other = schema_slot(schema, *more);
        if (other != NULL)
            link_id(schema, &other->children, relation->id);
    }
    RelationSlot *table = schema_slot(schema, relation->index.table);
    if (table != NULL)
        link_id(schema, &table->indexes, relation->id);
    RelationSlot *owner = schema_slot(schema, relation->owner_table);
    if (owner != NULL)
        link_id(schema, &owner->sequences, relation->id);
    foreach (read, &relation->reads)
        link_reader(schema, relation->id, *read);
    foreach (attached, &relation->attached) {
        foreach (use, &(*attached)->uses.columns)
            link_reader(schema, relation->id, use->relation);
    }
}

void
schema_link_reference(Schema *schema, RelationId referencing, RelationId referenced)
{
    RelationSlot *slot = schema_slot(schema, referenced);
    if (slot != NULL)
        link_id(schema, &slot->referencing, referencing);
}

void
schema_store(Schema *schema, SimRelation *relation)
{
    link_relation(schema, relation);
    name_users_come(schema, schema_slot(schema, relation->id));
    set_relation(schema, relation->id, relation);
}

void
schema_remove_relation(Schema *schema, const SimRelation *relation)
{
    schema_name_set(schema, NAMES_RELATION, relation->name, NULL);
    set_relation(schema, relation->id, NULL);
}

void
schema_move_relation(Schema *schema, RelationId id, QualifiedName name)
{
    SimRelation *relation = schema_edit(schema, id);
    schema_name_set(schema, NAMES_RELATION, relation->name, NULL);
    schema_name_set(schema, NAMES_RELATION, name, schema_slot(schema, id));
    relation->name = name;
    schema_store(schema, relation);
}
