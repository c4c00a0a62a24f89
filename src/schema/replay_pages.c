/* SPDX-License-Identifier: MIT */
/* What statements leave in the pages of a table: for VACUUM, and for those that read it later in
 * the transaction. */
#include "schema/replay_parts.h"

bool
relation_is_emptied(const Schema *schema, const SimRelation *relation)
{
    return relation->truncated_in != 0 && relation->truncated_in == schema->transaction &&
           relation->pages == PAGES_UNKNOWN;
}

bool
column_is_all_null(const Schema *schema, const SimColumn *column)
{
    return column->null_in != 0 && column->null_in == schema->transaction;
}

static void
set_pages(Schema *schema, RelationId id, SimPages pages)
{
    const SimRelation *old = schema_relation_by_id(schema, id);
    if (old == NULL || old->pages == pages ||
        (old->kind != RELATION_TABLE && old->kind != RELATION_MATERIALIZED_VIEW))
        return;
    SimRelation *relation = schema_edit(schema, id);
    relation->pages = pages;
    schema_store(schema, relation);
}

/* A few rows more leave most pages as a VACUUM has found them. */
static void
write_pages(Schema *schema, RelationId id, bool all_rows)
{
    const SimRelation *relation = schema_relation_by_id(schema, id);
    if (relation->pages != PAGES_VACUUMED || all_rows)
        set_pages(schema, id, PAGES_WRITTEN);
}

static bool
gets_value(const Op *op, const SimColumn *column)
{
    return op->kind != OP_UPDATE || string_list_has(&op->data.columns, column->name);
}

/* A column that was all NULL need not be so any more. */
static void
write_columns(Schema *schema, RelationId id, const Op *op)
{
    const SimRelation *old = schema_relation_by_id(schema, id);
    SimRelation *table = NULL;
    if (op->kind == OP_DELETE)
        return;
    foreach (column, &old->columns) {
        if (!column_is_all_null(schema, column) || !gets_value(op, column))
            continue;
        if (table == NULL)
            table = schema_edit(schema, id);
        schema_own_column(schema, table, relation_find_column(table, column->name))->null_in = 0;
    }
    if (table != NULL)
        schema_store(schema, table);
}

static void
write_rows(Schema *schema, RelationId id, const Op *op, bool all_rows)
{
    write_pages(schema, id, all_rows);
    write_columns(schema, id, op);
}

void
replay_written(Schema *schema, const Op *op)
{
    const SimRelation *target = replay_found(schema);
    if (target == NULL || target->assumed || op->data.phase != DATA_RUNS || op->data.is_empty)
        return;
    bool all_rows = (op->kind == OP_UPDATE || op->kind == OP_DELETE) && !op->data.has_where;
    write_rows(schema, target->id, op, all_rows);
    if (op->only || (op->kind == OP_INSERT && target->kind != RELATION_PARTITIONED_TABLE))
        return;
    RelationIdList below = schema_descendants_of(schema->arena, schema, target->id);
    foreach (id, &below)
        write_rows(schema, *id, op, all_rows);
}

static void
set_family(Schema *schema, const Op *op, SimPages pages)
{
    const SimRelation *table = replay_found(schema);
    if (table == NULL)
        return;
    set_pages(schema, table->id, pages);
    if (op->only || table->kind != RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList below = schema_descendants_of(schema->arena, schema, table->id);
    foreach (id, &below)
        set_pages(schema, *id, pages);
}

static void
add_id(Schema *schema, RelationIdList *list, RelationId id)
{
    foreach (known, list) {
        if (*known == id)
            return;
    }
    LIST_APPEND(schema->arena, list, id);
}

static void
empty(Schema *schema, RelationId id)
{
    SimRelation *table = schema_edit(schema, id);
    table->pages = PAGES_UNKNOWN;
    table->truncated_in = schema->transaction;
    schema_store(schema, table);
}

/* tablecmds.c, ExecuteTruncate(): CASCADE goes on from table to table. */
void
replay_truncate(Schema *schema, const Op *op)
{
    RelationIdList all = {0};
    const SimRelation *target = replay_found(schema);
    if (target == NULL)
        return;
    add_id(schema, &all, target->id);
    for (size_t i = 0; i < all.count; i++) {
        RelationIdList more = {0};
        if (!op->only)
            more = schema_descendants_of(schema->arena, schema, all.items[i]);
        foreach (id, &more)
            add_id(schema, &all, *id);
        more = (RelationIdList){0};
        if (op->cascade)
            more = schema_referencing(schema->arena, schema, all.items[i]);
        foreach (id, &more)
            add_id(schema, &all, *id);
    }
    foreach (id, &all)
        empty(schema, *id);
}

/* VACUUM FULL writes a new file, of which the visibility map knows nothing. */
void
replay_vacuum(Schema *schema, const Op *op)
{
    if (op->vacuum.full || op->vacuum.without_main)
        return;
    if (op->target.name != NULL) {
        set_family(schema, op, PAGES_VACUUMED);
        return;
    }
    RelationIdList all = schema_relations_in(schema->arena, schema, NULL);
    foreach (id, &all)
        set_pages(schema, *id, PAGES_VACUUMED);
}
