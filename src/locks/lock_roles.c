/* SPDX-License-Identifier: MIT */
/* Which relations have which role, from the simulated schema. */
#include <string.h>

#include "locks/lock_case.h"
#include "schema/type_catalog.h"

/* Each once: views may read each other in a circle (CREATE OR REPLACE VIEW lets them). */
static void
add_id(LockCase *c, RelationIdList *list, RelationId id)
{
    foreach (known, list) {
        if (*known == id)
            return;
    }
    if (id != 0)
        LIST_APPEND(c->arena, list, id);
}

/* heap.c, CheckAttributeType() looks at the columns; a composite type is no relation here. */
void
lock_case_add_row_type(LockCase *c, const SqlType *type)
{
    const SimRelation *relation = schema_find_relation(c->schema, type->name);
    if (relation != NULL && relation->kind != RELATION_INDEX &&
        relation->kind != RELATION_PARTITIONED_INDEX && type_catalog_find(type->name) == NULL)
        lock_case_add(c, relation, FACT_row_type_used);
}

RelationId
lock_case_default_partition(LockCase *c, RelationId parent)
{
    RelationIdList partitions = schema_children_of(c->arena, c->schema, parent);
    foreach (id, &partitions) {
        if (schema_relation_by_id(c->schema, *id)->is_default_partition)
            return *id;
    }
    return 0;
}

RelationIdList
lock_case_sources(LockCase *c, const SimRelation *view)
{
    RelationIdList found = {0};
    foreach (id, &view->reads)
        add_id(c, &found, *id);
    for (size_t i = 0; i < found.count; i++) {
        const SimRelation *source = schema_relation_by_id(c->schema, found.items[i]);
        if (source == NULL || source->kind != RELATION_VIEW)
            continue;
        foreach (id, &source->reads)
            add_id(c, &found, *id);
    }
    return found;
}

static RelationIdList
referenced_by(LockCase *c, const SimRelation *table)
{
    RelationIdList found = {0};
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
            add_id(c, &found, constraint->referenced);
    }
    return found;
}

/* Views on views too. */
static RelationIdList
all_readers_of(LockCase *c, const SimRelation *target)
{
    RelationIdList found = schema_readers_of(c->arena, c->schema, target->id);
    for (size_t i = 0; i < found.count; i++) {
        RelationIdList more = schema_readers_of(c->arena, c->schema, found.items[i]);
        foreach (id, &more)
            add_id(c, &found, *id);
    }
    return found;
}

/* Those that no constraint of the table owns. */
static RelationIdList
plain_indexes_of(LockCase *c, const SimRelation *table)
{
    RelationIdList found = {0};
    RelationIdList all = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &all) {
        if (!schema_relation_by_id(c->schema, *id)->index.is_constraint)
            add_id(c, &found, *id);
    }
    return found;
}

/* A command about the identity of a column concerns no other sequence of the table. */
static RelationIdList
sequences_of(LockCase *c, const SimRelation *table)
{
    RelationIdList found = {0};
    RelationIdList all = schema_sequences_of(c->arena, c->schema, table->id);
    bool of_column = c->op->kind == OP_SET_IDENTITY || c->op->kind == OP_DROP_IDENTITY;
    foreach (id, &all) {
        const char *column = schema_relation_by_id(c->schema, *id)->owner_column;
        if (!of_column || column == NULL || strcmp(column, c->op->column.column) == 0)
            add_id(c, &found, *id);
    }
    return found;
}

RelationIdList
lock_case_role(LockCase *c, const SimRelation *target, LockRole role)
{
    RelationIdList found = {0};
    switch (role) {
    case ROLE_CHILD:
        return c->op->only ? found : schema_descendants_of(c->arena, c->schema, target->id);
    case ROLE_PARENT:
        add_id(c, &found, target->parent);
        return found;
    case ROLE_DEFAULT_PARTITION:
        add_id(c, &found, lock_case_default_partition(c, target->id));
        return found;
    case ROLE_REFERENCED:
        return referenced_by(c, target);
    case ROLE_REFERENCING:
        return schema_referencing(c->arena, c->schema, target->id);
    case ROLE_TABLE:
        add_id(c, &found, target->index.table != 0 ? target->index.table : target->owner_table);
        return found;
    case ROLE_INDEX:
        /* AlterIndexNamespaces() leaves the others to AlterConstraintNamespaces(), which locks
         * none. */
        if (c->op->kind == OP_SET_SCHEMA)
            return plain_indexes_of(c, target);
        return schema_indexes_of(c->arena, c->schema, target->id);
    case ROLE_SEQUENCE:
        return sequences_of(c, target);
    case ROLE_VIEW:
        return all_readers_of(c, target);
    case ROLE_READ:
        return target->reads;
    case ROLE_TARGET:
    case ROLE_PARTITION:
    case ROLE_USER:
        break;
    }
    return found;
}
