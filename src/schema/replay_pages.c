/* SPDX-License-Identifier: MIT */
/* What statements leave for VACUUM to find. */
#include "schema/replay_parts.h"

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

void
replay_written(Schema *schema, const Op *op)
{
    const SimRelation *target = schema_find_relation(schema, op->target);
    if (target == NULL || target->assumed || op->data.phase != DATA_RUNS || op->data.is_empty)
        return;
    bool all_rows = (op->kind == OP_UPDATE || op->kind == OP_DELETE) && !op->data.has_where;
    write_pages(schema, target->id, all_rows);
    if (op->only || (op->kind == OP_INSERT && target->kind != RELATION_PARTITIONED_TABLE))
        return;
    RelationIdList below = schema_descendants_of(schema->arena, schema, target->id);
    foreach (id, &below)
        write_pages(schema, *id, all_rows);
}

static void
set_family(Schema *schema, const Op *op, SimPages pages)
{
    const SimRelation *table = schema_find_relation(schema, op->target);
    if (table == NULL)
        return;
    set_pages(schema, table->id, pages);
    if (op->only || table->kind != RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList below = schema_descendants_of(schema->arena, schema, table->id);
    foreach (id, &below)
        set_pages(schema, *id, pages);
}

void
replay_truncate(Schema *schema, const Op *op)
{
    set_family(schema, op, PAGES_UNKNOWN);
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
