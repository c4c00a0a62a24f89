/* SPDX-License-Identifier: MIT */
/* Publications, statistics objects, owners and tablespaces. */
#include <string.h>

#include "schema/replay_parts.h"

/* ---- publications */

static SimPublication *
edit_publication(Schema *schema, const Op *op)
{
    const SimPublication *old = schema_find_publication(schema, op->target);
    SimPublication *copy = old != NULL ? arena_copy(schema->arena, old, sizeof *old)
                                       : ARENA_NEW(schema->arena, SimPublication);
    copy->name = op->target;
    copy->tables.capacity = copy->filters.capacity = copy->listed.capacity = 0;
    return copy;
}

static void
remove_table(Schema *schema, SimPublication *publication, RelationId table)
{
    RelationIdList kept = {0};
    SimUseList filters = {0};
    SimUseList listed = {0};
    foreach (id, &publication->tables) {
        if (*id != table)
            LIST_APPEND(schema->arena, &kept, *id);
    }
    foreach (use, &publication->filters) {
        if (use->relation != table)
            LIST_APPEND(schema->arena, &filters, *use);
    }
    foreach (use, &publication->listed) {
        if (use->relation != table)
            LIST_APPEND(schema->arena, &listed, *use);
    }
    publication->tables = kept;
    publication->filters = filters;
    publication->listed = listed;
}

void
replay_unpublish(Schema *schema, QualifiedName name, RelationId table)
{
    const SimPublication *old = schema_find_publication(schema, name);
    if (old == NULL)
        return;
    SimPublication *changed = arena_copy(schema->arena, old, sizeof *old);
    remove_table(schema, changed, table);
    schema_name_set(schema, NAMES_PUBLICATION, name, changed);
}

static void
remove_tables(Schema *schema, SimPublication *publication, const NameList *names)
{
    foreach (name, names) {
        const SimRelation *table = schema_find_relation(schema, *name);
        if (table != NULL)
            remove_table(schema, publication, table->id);
    }
}

static void
add_uses(Schema *schema, SimUseList *uses, const SqlUses *written)
{
    const SimUses found = replay_uses(schema, written);
    foreach (use, &found.columns)
        LIST_APPEND(schema->arena, uses, *use);
}

void
replay_publication(Schema *schema, const Op *op)
{
    if (op->publication.action == PUBLICATION_DROP) {
        if (schema_find_publication(schema, op->target) != NULL)
            schema_name_set(schema, NAMES_PUBLICATION, op->target, NULL);
        return;
    }
    SimPublication *publication = edit_publication(schema, op);
    remove_tables(schema, publication, &op->publication.tables);
    if (op->publication.action == PUBLICATION_SET)
        *publication = (SimPublication){.name = op->target};
    if (op->publication.action != PUBLICATION_DROP_TABLES) {
        foreach (name, &op->publication.tables)
            LIST_APPEND(schema->arena, &publication->tables,
                        schema_assume_relation(schema, *name, RELATION_TABLE)->id);
        add_uses(schema, &publication->filters, op->publication.filters);
        add_uses(schema, &publication->listed, op->publication.listed);
    }
    schema_name_set(schema, NAMES_PUBLICATION, op->target, publication);
}

/* ---- statistics */

void
replay_create_statistics(Schema *schema, const Op *op)
{
    QualifiedName written = {op->statistics.schema, op->statistics.name};
    /* The parser takes a function for a table here; the server does not. */
    if (written.name == NULL || op->target.name == NULL)
        return;
    QualifiedName name = schema_new_name(schema, written, PERSISTENCE_PERMANENT);
    if (schema_name_get(schema, NAMES_STATISTICS, name) != NULL)
        return;
    SimStatistics *statistics = ARENA_NEW(schema->arena, SimStatistics);
    statistics->name = name;
    statistics->table = schema_assume_relation(schema, op->target, RELATION_TABLE)->id;
    schema_name_set(schema, NAMES_STATISTICS, name, statistics);
}

void
replay_drop_statistics(Schema *schema, const Op *op)
{
    const SimStatistics *statistics = schema_find_statistics(schema, op->target);
    if (statistics != NULL)
        schema_name_set(schema, NAMES_STATISTICS, statistics->name, NULL);
}

/* ---- foreign servers */

void
replay_create_wrapper(Schema *schema, const Op *op)
{
    SimWrapper *wrapper = ARENA_NEW(schema->arena, SimWrapper);
    *wrapper = (SimWrapper){op->target.name, op->foreign.has_handler};
    schema_name_set(schema, NAMES_WRAPPER, op->target, wrapper);
}

void
replay_create_server(Schema *schema, const Op *op)
{
    SimServer *server = ARENA_NEW(schema->arena, SimServer);
    *server = (SimServer){op->target.name, op->foreign.of};
    schema_name_set(schema, NAMES_SERVER, op->target, server);
}

/* ---- owners */

static void
set_owner(Schema *schema, RelationId id, const char *owner)
{
    SimRelation *relation = schema_edit(schema, id);
    relation->owner = owner;
    schema_store(schema, relation);
}

/* Indexes and owned sequences have the owner of their table (tablecmds.c, ATExecChangeOwner). */
void
replay_set_owner(Schema *schema, const Op *op)
{
    const SimRelation *target = replay_found(schema);
    if (target == NULL)
        return;
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, target->id);
    RelationIdList sequences = schema_sequences_of(schema->arena, schema, target->id);
    set_owner(schema, target->id, op->assigned.name);
    foreach (id, &indexes)
        set_owner(schema, *id, op->assigned.name);
    foreach (id, &sequences)
        set_owner(schema, *id, op->assigned.name);
}

void
replay_reassign_owned(Schema *schema, const Op *op)
{
    foreach (role, &op->owned.roles) {
        RelationIdList owned = schema_relations_of_owner(schema->arena, schema, *role);
        foreach (id, &owned)
            set_owner(schema, *id, op->owned.new_owner);
    }
}

/* ---- storage */

void
replay_set_tablespace(Schema *schema, const Op *op)
{
    SimRelation *relation = schema_edit(schema, replay_target(schema, op)->id);
    relation->tablespace = op->assigned.name;
    schema_store(schema, relation);
}

void
replay_set_access_method(Schema *schema, const Op *op)
{
    SimRelation *relation = schema_edit(schema, replay_target(schema, op)->id);
    relation->access_method = op->assigned.name;
    schema_store(schema, relation);
}

void
replay_move_all(Schema *schema, const Op *op)
{
    const StringList *owners = &op->move_all.owners;
    RelationIdList all = schema_relations_in(schema->arena, schema, NULL);
    foreach (id, &all) {
        SimRelation *relation = schema_edit(schema, *id);
        if (relation->kind != op->move_all.kind ||
            !relation_is_in_tablespace(relation, op->move_all.from) ||
            (owners->count > 0 && !string_list_has(owners, relation_owner(relation))))
            continue;
        relation->tablespace = op->move_all.to;
        schema_store(schema, relation);
    }
}

/* At most one index of a table is marked. */
static void
mark_index(Schema *schema, const SimRelation *table, const Op *op)
{
    bool clusters = op->kind != OP_REPLICA_IDENTITY;
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(schema, *id);
        bool mark = op->attached.name != NULL && strcmp(index->name.name, op->attached.name) == 0;
        if (mark == (clusters ? index->index.clusters : index->index.identifies))
            continue;
        SimRelation *changed = schema_edit(schema, *id);
        *(clusters ? &changed->index.clusters : &changed->index.identifies) = mark;
        schema_store(schema, changed);
    }
}

void
replay_mark_index(Schema *schema, const Op *op)
{
    const SimRelation *table = replay_found(schema);
    if (table != NULL && (op->kind != OP_CLUSTER || op->attached.name != NULL))
        mark_index(schema, table, op);
}
