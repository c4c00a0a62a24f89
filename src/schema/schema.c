/* SPDX-License-Identifier: MIT */
#include "lockstep/schema.h"

#include <string.h>

#include "schema/schema_state.h"

/* Where CREATE DATABASE puts what has no other place. */
#define DEFAULT_TABLESPACE "pg_default"

const SimRelation *
schema_relation_by_id(const Schema *schema, RelationId id)
{
    const RelationSlot *slot = schema_slot(schema, id);
    return slot != NULL ? slot->current : NULL;
}

const SimRelation *
schema_find_relation(const Schema *schema, QualifiedName name)
{
    const RelationSlot *slot = schema_name_find(schema, NAMES_RELATION, name);
    return slot != NULL ? slot->current : NULL;
}

const SimDomain *
schema_find_domain(const Schema *schema, QualifiedName name)
{
    return schema_name_find(schema, NAMES_DOMAIN, name);
}

const SimEnum *
schema_find_enum(const Schema *schema, QualifiedName name)
{
    return schema_name_find(schema, NAMES_ENUM, name);
}

const SimComposite *
schema_find_composite(const Schema *schema, QualifiedName name)
{
    return schema_name_find(schema, NAMES_COMPOSITE, name);
}

bool
schema_has_casts(const Schema *schema)
{
    return schema_name_get(schema, NAMES_CAST, (QualifiedName){NULL, "CREATE CAST"}) != NULL;
}

const SimFunction *
schema_find_function(const Schema *schema, QualifiedName name)
{
    return schema_name_find(schema, NAMES_FUNCTION, name);
}

const SimPublication *
schema_find_publication(const Schema *schema, QualifiedName name)
{
    return schema_name_get(schema, NAMES_PUBLICATION, name);
}

const SimWrapper *
schema_find_wrapper(const Schema *schema, const char *name)
{
    return schema_name_get(schema, NAMES_WRAPPER, (QualifiedName){NULL, name});
}

const SimServer *
schema_find_server(const Schema *schema, const char *name)
{
    return schema_name_get(schema, NAMES_SERVER, (QualifiedName){NULL, name});
}

const SimStatistics *
schema_find_statistics(const Schema *schema, QualifiedName name)
{
    return schema_name_find(schema, NAMES_STATISTICS, name);
}

const SimColumn *
relation_find_column(const SimRelation *relation, const char *name)
{
    const SimColumn *columns = relation->columns.items;
    for (size_t i = 0; i < relation->columns.count; i++) {
        if (text_equals(columns[i].name, name))
            return &columns[i];
    }
    return NULL;
}

bool
column_is_identity(const SimColumn *column)
{
    return column->generated == GENERATED_IDENTITY_ALWAYS ||
           column->generated == GENERATED_IDENTITY_BY_DEFAULT;
}

const SimConstraint *
relation_find_constraint(const SimRelation *relation, const char *name)
{
    foreach (constraint, &relation->constraints) {
        if (text_equals(constraint->name, name))
            return constraint;
    }
    return NULL;
}

const SimAttached *
relation_find_attached(const SimRelation *relation, SimAttachedKind kind, const char *name)
{
    foreach (attached, &relation->attached) {
        if ((*attached)->kind == kind && text_equals((*attached)->name, name))
            return *attached;
    }
    return NULL;
}

const SimConstraint *
relation_primary_key(const SimRelation *relation)
{
    foreach (constraint, &relation->constraints) {
        if (constraint->kind == CONSTRAINT_PRIMARY_KEY)
            return constraint;
    }
    return NULL;
}

static bool
same_expression(const SqlExpr *a, const SqlExpr *b)
{
    return a == b || (a != NULL && b != NULL && text_equals(a->text, b->text));
}

static bool
same_key(const IndexKey *a, const IndexKey *b)
{
    return text_equals_or_null(a->column, b->column) &&
           same_expression(a->expression, b->expression) &&
           text_equals_or_null(a->collation.name, b->collation.name) &&
           text_equals_or_null(a->opclass.name, b->opclass.name);
}

bool
relation_index_matches(const SimRelation *index, const SimRelation *model)
{
    bool same = index->index.unique == model->index.unique &&
                text_equals_or_null(index->index.method, model->index.method) &&
                index->index.keys.count == model->index.keys.count &&
                index->index.including.count == model->index.including.count &&
                same_expression(index->index.predicate, model->index.predicate);
    for (size_t i = 0; same && i < model->index.keys.count; i++)
        same = same_key(&index->index.keys.items[i], &model->index.keys.items[i]);
    for (size_t i = 0; same && i < model->index.including.count; i++)
        same = text_equals(index->index.including.items[i], model->index.including.items[i]);
    return same;
}

bool
relation_has_parent(const SimRelation *relation, RelationId parent)
{
    if (relation->parent == parent)
        return true;
    foreach (more, &relation->more_parents) {
        if (*more == parent)
            return true;
    }
    return false;
}

bool
relation_partitions_by(const SimRelation *relation, const char *column)
{
    foreach (key, &relation->partition_key.keys) {
        if (key->column != NULL ? text_equals(key->column, column)
                                : string_list_has(&key->expression->columns, column))
            return true;
    }
    return false;
}

/* ---- links between relations: they only grow, and are checked when they are read */

static bool
is_reader_of(const SimRelation *view, RelationId other)
{
    foreach (id, &view->reads) {
        if (*id == other)
            return true;
    }
    return false;
}

static bool
names_relation(const SimUses *uses, RelationId other)
{
    foreach (use, &uses->columns) {
        if (use->relation == other)
            return true;
    }
    return false;
}

static bool
is_user_of(const SimRelation *relation, RelationId other)
{
    if (is_reader_of(relation, other))
        return true;
    foreach (attached, &relation->attached) {
        if (relation->id != other && names_relation(&(*attached)->uses, other))
            return true;
    }
    return false;
}

static bool
is_index_of(const SimRelation *index, RelationId table)
{
    return index->index.table == table;
}

static bool
is_child_of(const SimRelation *child, RelationId parent)
{
    return relation_has_parent(child, parent);
}

static bool
is_owned_by(const SimRelation *sequence, RelationId table)
{
    return sequence->owner_table == table;
}

static bool
references(const SimRelation *relation, RelationId table)
{
    foreach (constraint, &relation->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced == table)
            return true;
    }
    return false;
}

typedef bool LinkTest(const SimRelation *relation, RelationId other);

static bool
is_linked(const Schema *schema, RelationId id, LinkTest *holds, RelationId other)
{
    const SimRelation *relation = schema_relation_by_id(schema, id);
    return relation != NULL && holds(relation, other);
}

/* Those of `links` that are there and of which the link to `other` still holds: most often all, and
 * then the list itself is lent. */
static RelationIdList
still_linked(Arena *arena, const Schema *schema, const RelationIdList *links, LinkTest *holds,
             RelationId other)
{
    RelationIdList found = {.items = links->items};
    while (found.count < links->count && is_linked(schema, links->items[found.count], holds, other))
        found.count++;
    for (size_t i = found.count + 1; i < links->count; i++) {
        if (is_linked(schema, links->items[i], holds, other))
            LIST_APPEND(arena, &found, links->items[i]);
    }
    return found;
}

RelationIdList
schema_indexes_of(Arena *arena, const Schema *schema, RelationId table)
{
    const RelationSlot *slot = schema_slot(schema, table);
    if (slot == NULL)
        return (RelationIdList){0};
    return still_linked(arena, schema, &slot->indexes, is_index_of, table);
}

RelationIdList
schema_children_of(Arena *arena, const Schema *schema, RelationId table)
{
    const RelationSlot *slot = schema_slot(schema, table);
    if (slot == NULL)
        return (RelationIdList){0};
    return still_linked(arena, schema, &slot->children, is_child_of, table);
}

/* Only what has several parents can be reached twice. */
static bool
has_id(const Schema *schema, const RelationIdList *ids, RelationId wanted)
{
    if (schema_relation_by_id(schema, wanted)->more_parents.count == 0)
        return false;
    foreach (id, ids) {
        if (*id == wanted)
            return true;
    }
    return false;
}

RelationIdList
schema_descendants_of(Arena *arena, const Schema *schema, RelationId table)
{
    RelationIdList found = schema_children_of(arena, schema, table);
    for (size_t i = 0; i < found.count; i++) {
        RelationIdList below = schema_children_of(arena, schema, found.items[i]);
        foreach (id, &below) {
            if (!has_id(schema, &found, *id))
                LIST_APPEND(arena, &found, *id);
        }
    }
    return found;
}

static void
add_once(const Schema *schema, RelationIdList *ids, RelationId wanted)
{
    foreach (id, ids) {
        if (*id == wanted)
            return;
    }
    LIST_APPEND(schema->arena, ids, wanted);
}

bool
schema_is_below(const Schema *schema, RelationId relation, RelationId ancestor)
{
    RelationIdList line = {0};
    add_once(schema, &line, relation);
    for (size_t i = 0; i < line.count; i++) {
        if (line.items[i] == ancestor)
            return true;
        const SimRelation *at = schema_relation_by_id(schema, line.items[i]);
        if (at == NULL)
            continue;
        add_once(schema, &line, at->parent);
        foreach (more, &at->more_parents)
            add_once(schema, &line, *more);
    }
    return false;
}

RelationIdList
schema_referencing(Arena *arena, const Schema *schema, RelationId table)
{
    const RelationSlot *slot = schema_slot(schema, table);
    if (slot == NULL)
        return (RelationIdList){0};
    return still_linked(arena, schema, &slot->referencing, references, table);
}

RelationIdList
schema_readers_of(Arena *arena, const Schema *schema, RelationId relation)
{
    const RelationSlot *slot = schema_slot(schema, relation);
    if (slot == NULL)
        return (RelationIdList){0};
    return still_linked(arena, schema, &slot->readers, is_reader_of, relation);
}

RelationIdList
schema_users_of(Arena *arena, const Schema *schema, RelationId relation)
{
    const RelationSlot *slot = schema_slot(schema, relation);
    if (slot == NULL)
        return (RelationIdList){0};
    return still_linked(arena, schema, &slot->readers, is_user_of, relation);
}

RelationIdList
schema_sequences_of(Arena *arena, const Schema *schema, RelationId table)
{
    const RelationSlot *slot = schema_slot(schema, table);
    if (slot == NULL)
        return (RelationIdList){0};
    return still_linked(arena, schema, &slot->sequences, is_owned_by, table);
}

static bool
has_type(const SimRelation *relation, const char *name)
{
    if (relation->of_type.name != NULL && text_equals(relation->of_type.name, name))
        return true;
    foreach (column, &relation->columns) {
        if (column->type.name.name != NULL && text_equals(column->type.name.name, name))
            return true;
    }
    return false;
}

RelationIdList
schema_tables_with_type(Arena *arena, const Schema *schema, QualifiedName type)
{
    RelationIdList found = {0};
    foreach (slot, &schema->relations) {
        const SimRelation *relation = (*slot)->current;
        if (relation != NULL && has_type(relation, type.name))
            LIST_APPEND(arena, &found, relation->id);
    }
    return found;
}

RelationIdList
schema_relations_in(Arena *arena, const Schema *schema, const char *name)
{
    RelationIdList found = {0};
    foreach (slot, &schema->relations) {
        const SimRelation *relation = (*slot)->current;
        if (relation != NULL && (name == NULL || text_equals(relation->name.schema, name)))
            LIST_APPEND(arena, &found, relation->id);
    }
    return found;
}

const char *
relation_owner(const SimRelation *relation)
{
    return relation->owner != NULL ? relation->owner : "postgres";
}

SimPublicationList
schema_publications_of(Arena *arena, const Schema *schema, RelationId table)
{
    SimPublicationList found = {0};
    foreach (slot, &schema->publications) {
        const SimPublication *publication = (*slot)->value;
        if (publication == NULL)
            continue;
        foreach (id, &publication->tables) {
            if (*id == table)
                LIST_APPEND(arena, &found, publication);
        }
    }
    return found;
}

RelationIdList
schema_relations_of_owner(Arena *arena, const Schema *schema, const char *role)
{
    RelationIdList found = {0};
    foreach (slot, &schema->relations) {
        const SimRelation *relation = (*slot)->current;
        if (relation != NULL && text_equals(relation_owner(relation), role))
            LIST_APPEND(arena, &found, relation->id);
    }
    return found;
}

bool
relation_is_in_tablespace(const SimRelation *relation, const char *tablespace)
{
    const char *own = relation->tablespace != NULL ? relation->tablespace : DEFAULT_TABLESPACE;
    return text_equals(own, tablespace != NULL ? tablespace : DEFAULT_TABLESPACE);
}

uint32_t
schema_transaction(const Schema *schema)
{
    return schema->transaction;
}

bool
relation_is_new(const Schema *schema, const SimRelation *relation)
{
    return !relation->assumed && relation->created_in == schema->transaction;
}

QualifiedName
schema_resolve(const Schema *schema, QualifiedName name)
{
    const SimRelation *relation = schema_find_relation(schema, name);
    return relation != NULL ? relation->name : schema_resolve_missing(schema, name);
}

QualifiedName
schema_resolve_missing(const Schema *schema, QualifiedName name)
{
    if (name.schema == NULL && name.name != NULL && strncmp(name.name, "pg_", 3) == 0)
        return (QualifiedName){"pg_catalog", name.name};
    return schema_new_name(schema, name, PERSISTENCE_PERMANENT);
}
