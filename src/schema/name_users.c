/* SPDX-License-Identifier: MIT */
#include "schema/name_users.h"

#include <string.h>

/* A relation whose names are noted. */
typedef struct Noting {
    const Schema *schema;
    RelationId user;
} Noting;

/* Ascending, each once. */
static void
add_id(Arena *arena, RelationIdList *ids, RelationId id)
{
    size_t low = 0;
    size_t high = ids->count;
    /* Most often it is the newest. */
    if (high > 0 && ids->items[high - 1] <= id)
        low = high - (ids->items[high - 1] == id);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ids->items[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < ids->count && ids->items[low] == id)
        return;
    LIST_APPEND(arena, ids, id);
    memmove(&ids->items[low + 1], &ids->items[low], (ids->count - 1 - low) * sizeof id);
    ids->items[low] = id;
}

static void
note_name(const Noting *noting, const char *name)
{
    Arena *arena = noting->schema->arena;
    add_id(arena, &name_table_make(arena, &noting->schema->names->table, name)->users,
           noting->user);
}

static void
note_functions(const Noting *noting, const NameList *names)
{
    foreach (name, names)
        note_name(noting, name->name);
}

/* The server's own types, as the grammar writes them, are in nobody's way. */
static bool
may_be_dropped(QualifiedName type)
{
    return type.name != NULL && (type.schema == NULL || !text_equals(type.schema, "pg_catalog"));
}

static void
note_type(const Noting *noting, QualifiedName type)
{
    if (may_be_dropped(type))
        note_name(noting, type.name);
}

static void
note_types(const Noting *noting, const TypeList *types)
{
    foreach (type, types)
        note_type(noting, type->name);
}

static void
note_expression(const Noting *noting, const SqlExpr *expression)
{
    if (expression == NULL)
        return;
    note_functions(noting, &expression->functions);
    note_types(noting, &expression->casts);
}

static void
note_uses(const Noting *noting, const SimUses *uses)
{
    note_functions(noting, &uses->functions);
    note_types(noting, &uses->types);
}

static void
note_column(const Noting *noting, const SimColumn *column)
{
    RelationSlot *sequence = schema_slot(noting->schema, column->sequence);
    note_type(noting, column->type.name);
    note_expression(noting, column->default_value);
    if (sequence != NULL)
        add_id(noting->schema->arena, &sequence->numbering, noting->user);
}

/* Copies of a relation share their columns as long as none but new ones changes. */
static size_t
noted_columns(const RelationSlot *slot)
{
    const SimRelation *relation = slot->current;
    bool is_shared = slot->noted != NULL && slot->noted->columns.items == relation->columns.items;
    return is_shared ? slot->noted->columns.count : 0;
}

static void
note_relation(const Schema *schema, RelationSlot *slot)
{
    const SimRelation *relation = slot->current;
    const Noting noting = {schema, slot->id};
    if (relation == NULL || relation == slot->noted)
        return;
    note_uses(&noting, &relation->uses);
    note_expression(&noting, relation->index.predicate);
    if (relation->is_typed)
        note_type(&noting, relation->of_type);
    for (size_t i = noted_columns(slot); i < relation->columns.count; i++)
        note_column(&noting, &relation->columns.items[i]);
    foreach (constraint, &relation->constraints)
        note_expression(&noting, constraint->expression);
    foreach (key, &relation->index.keys)
        note_expression(&noting, key->expression);
    foreach (attached, &relation->attached)
        note_uses(&noting, &(*attached)->uses);
    slot->noted = relation;
}

void
name_users_come(Schema *schema, RelationSlot *slot)
{
    if (!slot->comes)
        LIST_APPEND(schema->arena, &schema->names->coming, slot->id);
    slot->comes = true;
}

static void
take_up(const Schema *schema)
{
    RelationIdList *coming = &schema->names->coming;
    foreach (id, coming) {
        RelationSlot *slot = schema_slot(schema, *id);
        note_relation(schema, slot);
        slot->comes = false;
    }
    coming->count = 0;
}

const RelationIdList *
schema_name_users(const Schema *schema, const char *name)
{
    static const RelationIdList none;
    take_up(schema);
    const KnownName *known = name_table_find(&schema->names->table, name);
    return known != NULL ? &known->users : &none;
}

static void
note_typed(Schema *schema, NameSlot *slot, QualifiedName type)
{
    if (!may_be_dropped(type))
        return;
    NameSlotList *users = &name_table_make(schema->arena, &schema->names->table, type.name)->typed;
    foreach (known, users) {
        if (*known == slot)
            return;
    }
    LIST_APPEND(schema->arena, users, slot);
}

void
schema_note_types_of(Schema *schema, NameSlot *slot, const void *value)
{
    if (slot->key.space == NAMES_DOMAIN)
        note_typed(schema, slot, ((const SimDomain *)value)->base.name);
    if (slot->key.space != NAMES_FUNCTION)
        return;
    foreach (type, &((const SimFunction *)value)->types)
        note_typed(schema, slot, type->name);
}

const NameSlotList *
schema_type_users(const Schema *schema, const char *name)
{
    static const NameSlotList none;
    const KnownName *known = name_table_find(&schema->names->table, name);
    return known != NULL ? &known->typed : &none;
}

const RelationIdList *
schema_sequence_users(const Schema *schema, RelationId sequence)
{
    take_up(schema);
    return &schema_slot(schema, sequence)->numbering;
}
