/* SPDX-License-Identifier: MIT */
/* What brings tables, views and sequences into being. */
#include "schema/object_name.h"
#include "schema/replay_parts.h"

/* NULL when something of this name is there: the statement fails, or IF NOT EXISTS skips it. */
static SimRelation *
create(Schema *schema, QualifiedName written, RelationKind kind, Persistence persistence)
{
    QualifiedName name = schema_new_name(schema, written, persistence);
    if (name.name == NULL || schema_name_get(schema, NAMES_RELATION, name) != NULL)
        return NULL;
    SimRelation *relation = schema_new_relation(schema, name, kind);
    relation->persistence = persistence;
    relation->owner = schema_setting(schema, "role");
    return relation;
}

/* What is written, else what the session has set; NULL where it is the server's choice. */
static const char *
chosen(const Schema *schema, const char *written, const char *setting)
{
    const char *set = written != NULL ? written : schema_setting(schema, setting);
    return set != NULL && *set != '\0' ? set : NULL;
}

/* ---- CREATE TABLE */

static void
copy_column(Schema *schema, SimRelation *table, const SimColumn *column, const Op *op)
{
    SimColumn *copy = replay_column(schema, table, column->name);
    bool not_null = copy->not_null || column->not_null;
    *copy = *column;
    copy->not_null = not_null;
    copy->inherited = 0;
    if (!op->create_table.like_defaults)
        copy->default_value = NULL;
    if (!op->create_table.like_generated)
        copy->generated = GENERATED_NOT;
}

static void
copy_checks(Schema *schema, SimRelation *table, const SimRelation *model)
{
    foreach (constraint, &model->constraints) {
        if (constraint->kind != CONSTRAINT_CHECK ||
            relation_find_constraint(table, constraint->name) != NULL)
            continue;
        SimConstraint copy = *constraint;
        copy.inherited = 0;
        LIST_APPEND(schema->arena, &table->constraints, copy);
    }
}

static void
copy_indexes(Schema *schema, SimRelation *table, const SimRelation *model)
{
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, model->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(schema, *id);
        if (!index->index.is_constraint)
            replay_put_index(schema, table, index, NULL);
    }
    foreach (constraint, &model->constraints) {
        if (constraint->index == 0)
            continue;
        ConstraintDefinition copy = {.kind = constraint->kind,
                                     .columns = constraint->columns,
                                     .expression = constraint->expression};
        replay_put_constraint(schema, table, &copy);
    }
}

/* What one LIKE includes, all of the statement are taken to. */
static void
copy_like(Schema *schema, SimRelation *table, const Op *op)
{
    foreach (name, &op->create_table.like) {
        const SimRelation *model = schema_assume_relation(schema, *name, RELATION_TABLE);
        foreach (column, &model->columns)
            copy_column(schema, table, column, op);
        table->columns_known = table->columns_known && model->columns_known;
        if (op->create_table.like_checks)
            copy_checks(schema, table, model);
        if (op->create_table.like_indexes)
            copy_indexes(schema, table, model);
    }
}

static void
become_partition(Schema *schema, SimRelation *table, const Op *op)
{
    const SimRelation *parent =
        schema_assume_relation(schema, op->create_table.partition_of, RELATION_PARTITIONED_TABLE);
    table->is_partition = true;
    table->is_default_partition = op->create_table.bound.is_default;
    replay_inherit_from(schema, table, parent);
    table->bound = op->create_table.bound.text;
    table->limits =
        arena_copy(schema->arena, &op->create_table.bound, sizeof op->create_table.bound);
    replay_clone_triggers(schema, table, parent);
    replay_partition_indexes(schema, table, parent);
}

static RelationKind
table_kind(const Op *op)
{
    if (op->create_table.is_foreign)
        return RELATION_FOREIGN_TABLE;
    return op->create_table.is_partitioned ? RELATION_PARTITIONED_TABLE : RELATION_TABLE;
}

/* Most tables get all their columns here: growing the list would leave twice the memory behind. */
static void
reserve_columns(Schema *schema, SimRelation *table, size_t count)
{
    if (table->columns.count > 0 || count == 0)
        return;
    table->columns.items = ARENA_ARRAY(schema->arena, SimColumn, count);
    table->columns.capacity = count;
}

void
replay_create_table(Schema *schema, const Op *op)
{
    SimRelation *table = create(schema, op->target, table_kind(op), op->create_table.persistence);
    if (table == NULL)
        return;
    table->server = op->create_table.server;
    table->tablespace = chosen(schema, op->create_table.tablespace, "default_tablespace");
    table->access_method =
        chosen(schema, op->create_table.access_method, "default_table_access_method");
    table->partition_key = op->create_table.partition_key;
    table->partition_key.keys.capacity = 0;
    replay_put_attributes(schema, table, op->create_table.of_type);

    foreach (name, &op->create_table.inherits)
        replay_inherit_from(schema, table, schema_assume_relation(schema, *name, RELATION_TABLE));
    copy_like(schema, table, op);
    if (op->create_table.partition_of.name != NULL)
        become_partition(schema, table, op);
    reserve_columns(schema, table, op->create_table.columns.count);
    foreach (column, &op->create_table.columns)
        replay_put_column(schema, table, column);
    foreach (constraint, &op->create_table.constraints)
        replay_put_constraint(schema, table, constraint);
    schema_store(schema, table);
}

/* ---- tables and views made of a query */

static bool
has_id(const RelationIdList *ids, RelationId id)
{
    foreach (known, ids) {
        if (*known == id)
            return true;
    }
    return false;
}

static void
read_query(Schema *schema, SimRelation *view, const Op *op)
{
    view->reads = (RelationIdList){0};
    view->query_relations = (RelationIdList){0};
    view->query = op->create_as.query;
    for (size_t i = 0; view->query != NULL && i < view->query->sources.count; i++) {
        const SimRelation *read =
            schema_assume_relation(schema, view->query->sources.items[i].relation, RELATION_TABLE);
        RelationId id = read != NULL ? read->id : 0;
        LIST_APPEND(schema->arena, &view->query_relations, id);
        if (id != 0 && !has_id(&view->reads, id))
            LIST_APPEND(schema->arena, &view->reads, id);
    }
    view->uses = replay_uses(schema, op->create_as.uses);
}

/* pg_dump fills no search path, and what it makes without data it may refresh in a part that the
 * file does not have. */
static bool
is_in_dump(const Schema *schema)
{
    const char *path = schema_setting(schema, "search_path");
    return path != NULL && *path == '\0';
}

static void
create_from_query(Schema *schema, const Op *op, RelationKind kind)
{
    SimRelation *relation = create(schema, op->target, kind, op->create_as.persistence);
    if (relation == NULL)
        return;
    if (kind != RELATION_TABLE)
        read_query(schema, relation, op);
    relation->unpopulated =
        kind == RELATION_MATERIALIZED_VIEW && op->create_as.with_no_data && !is_in_dump(schema);
    replay_put_result(schema, relation, &op->create_as.result, &op->create_as.columns);
    relation->tablespace = chosen(schema, op->create_as.tablespace, "default_tablespace");
    relation->access_method =
        chosen(schema, op->create_as.access_method, "default_table_access_method");
    relation->pages = op->create_as.with_no_data ? PAGES_UNKNOWN : PAGES_WRITTEN;
    schema_store(schema, relation);
}

void
replay_create_table_as(Schema *schema, const Op *op)
{
    create_from_query(schema, op, RELATION_TABLE);
}

void
replay_create_materialized_view(Schema *schema, const Op *op)
{
    create_from_query(schema, op, RELATION_MATERIALIZED_VIEW);
}

void
replay_refresh(Schema *schema, const Op *op)
{
    const SimRelation *found = replay_found(schema);
    if (found == NULL)
        return;
    SimRelation *view = schema_edit(schema, found->id);
    view->unpopulated = op->create_as.with_no_data;
    view->pages = view->unpopulated ? PAGES_UNKNOWN : PAGES_WRITTEN;
    schema_store(schema, view);
}

/* OR REPLACE puts a new query in the place of the old one; the view stays the same. */
static void
replace_view(Schema *schema, const SimRelation *old, const Op *op)
{
    SimRelation *view = schema_edit(schema, old->id);
    read_query(schema, view, op);
    view->columns = (SimColumnList){0};
    replay_put_result(schema, view, &op->create_as.result, &op->create_as.columns);
    schema_store(schema, view);
}

void
replay_create_view(Schema *schema, const Op *op)
{
    QualifiedName name = schema_new_name(schema, op->target, op->create_as.persistence);
    const RelationSlot *slot = schema_name_get(schema, NAMES_RELATION, name);
    const SimRelation *old = slot != NULL ? slot->current : NULL;
    if (old == NULL)
        create_from_query(schema, op, RELATION_VIEW);
    else if (op->if_exists && old->kind == RELATION_VIEW)
        replace_view(schema, old, op);
}
