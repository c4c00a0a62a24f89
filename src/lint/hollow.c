/* SPDX-License-Identifier: MIT */
#include "lint/hollow.h"

#include <string.h>

#include "locks/lock_model.h"

static bool
goes_down(const Op *op)
{
    return (op->kind == OP_CREATE_INDEX && !op->only) || op->kind == OP_ADD_CONSTRAINT ||
           op->kind == OP_SET_NOT_NULL || op->kind == OP_ADD_COLUMN ||
           op->kind == OP_ALTER_COLUMN_TYPE;
}

static bool
has_same_keys(const IndexKeyList *keys, const IndexKeyList *others)
{
    if (keys->count != others->count)
        return false;
    for (size_t i = 0; i < keys->count; i++) {
        if (keys->items[i].column == NULL || others->items[i].column == NULL ||
            strcmp(keys->items[i].column, others->items[i].column) != 0)
            return false;
    }
    return true;
}

/* By its name and because nobody has seen it made. */
static bool
may_be_partition(const SimRelation *relation, const SimRelation *table)
{
    const size_t length = strlen(table->name.name);
    return relation->assumed && strncmp(relation->name.name, table->name.name, length) == 0 &&
           relation->name.name[length] == '_';
}

/* Who has built the index on partitions before makes it brief on the whole: it adopts those. */
static bool
is_built_before(const ReadOp *seen, Arena *scratch)
{
    const RelationIdList all = schema_relations_in(scratch, seen->schema, seen->table->name.schema);
    foreach (id, &all) {
        const SimRelation *index = schema_relation_by_id(seen->schema, *id);
        if (index == NULL || index->kind != RELATION_INDEX ||
            !has_same_keys(&index->index.keys, &seen->op->create_index.keys))
            continue;
        const SimRelation *owner = schema_relation_by_id(seen->schema, index->index.table);
        if (owner != NULL && may_be_partition(owner, seen->table))
            return true;
    }
    return false;
}

bool
hollow_table(Arena *scratch, const Schema *schema, const SimRelation *table)
{
    return table->kind == RELATION_PARTITIONED_TABLE &&
           schema_children_of(scratch, schema, table->id).count == 0;
}

bool
hollow_is(const ReadOp *seen, Arena *scratch)
{
    const SimRelation *table = seen->table;
    return goes_down(seen->op) && table != NULL && !table->is_partition &&
           hollow_table(scratch, seen->schema, table) &&
           !(seen->op->kind == OP_CREATE_INDEX && is_built_before(seen, scratch));
}

ReadOp
hollow_filled(const ReadOp *seen, Arena *scratch, int pg_version)
{
    ReadOp filled = *seen;
    SimRelation table = *seen->table;
    table.kind = RELATION_TABLE;
    filled.effects = lock_model_effects(scratch, seen->schema, seen->op, &table, pg_version, false);
    foreach (effect, &filled.effects) {
        if (effect->relation_id != table.id)
            continue;
        if (lock_effect_works(effect) && effect->known) {
            effect->known = false;
            effect->unknown = "the history shows no partition of it; it is taken to have some";
        }
        filled.effect = *effect;
    }
    return filled;
}
