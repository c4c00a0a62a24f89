/* SPDX-License-Identifier: MIT */
/* Where the rows of an INSERT go, and which sequences number them. */
#include <string.h>

#include "locks/lock_case.h"
#include "locks/partition_bound.h"

enum { DEPTH_LIMIT = 20, MASK_BITS = 64 };

/* ---- sequences */

/* A partition numbers its rows by the identity of the table above it (since 17). */
void
lock_case_own_sequences(LockCase *c, const SimRelation *table, const char *column)
{
    enum { LEVELS = 50 };
    for (int i = 0; i < LEVELS && table->is_partition && c->version >= 17; i++) {
        const SimRelation *parent = schema_relation_by_id(c->schema, table->parent);
        if (parent == NULL)
            break;
        table = parent;
    }
    RelationIdList sequences = schema_sequences_of(c->arena, c->schema, table->id);
    foreach (id, &sequences) {
        const SimRelation *sequence = schema_relation_by_id(c->schema, *id);
        if (sequence->owner_column != NULL && strcmp(sequence->owner_column, column) == 0)
            lock_case_add(c, sequence, FACT_sequence_used);
    }
}

/* At which place of the VALUES the column gets its value; -1: it gets none. */
static int
place_of(const Op *op, const SimRelation *table, const char *column)
{
    size_t count = op->data.columns.count;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(op->data.columns.items[i], column) == 0)
            return (int)i;
    }
    if (count > 0)
        return -1;
    foreach (candidate, &table->columns) {
        int place = (int)(candidate - table->columns.items);
        if (strcmp(candidate->name, column) == 0)
            return op->data.value_count < 0 || place < op->data.value_count ? place : -1;
    }
    return -1;
}

static bool
gets_default(const Op *op, const SimRelation *table, const SimColumn *column)
{
    int place = place_of(op, table, column->name);
    return place < 0 || (place < MASK_BITS && (op->data.defaulted >> place & 1) != 0) ||
           (op->data.overrides_user && (column->generated == GENERATED_IDENTITY_ALWAYS ||
                                        column->generated == GENERATED_IDENTITY_BY_DEFAULT));
}

static bool
is_numbered(const SimColumn *column)
{
    return column->generated == GENERATED_IDENTITY_ALWAYS ||
           column->generated == GENERATED_IDENTITY_BY_DEFAULT;
}

void
lock_case_default_sequences(LockCase *c, const SimRelation *table)
{
    foreach (column, &table->columns) {
        if (!gets_default(c->op, table, column))
            continue;
        if (is_numbered(column))
            lock_case_own_sequences(c, table, column->name);
        else
            lock_case_add_id(c, column->sequence, FACT_sequence_used);
    }
}

/* Whether the rows leave these columns NULL: then nothing is looked up for them, though the table
 * is opened (ri_triggers.c, RI_FKey_check). */
bool
lock_case_leaves_null(LockCase *c, const SimRelation *table, const StringList *columns)
{
    if (c->op->kind != OP_INSERT || !table->columns_known)
        return false;
    foreach (name, columns) {
        const SimColumn *column = relation_find_column(table, *name);
        if (column != NULL && column->default_value == NULL && !is_numbered(column) &&
            gets_default(c->op, table, column))
            return true;
        int place = place_of(c->op, table, *name);
        bool always_null = c->op->data.all_rows && c->op->data.rows.count > 0;
        foreach (row, &c->op->data.rows) {
            const InsertValue *value =
                place >= 0 && (size_t)place < row->count ? &row->items[place] : NULL;
            always_null &= value != NULL && value->is_null;
        }
        if (always_null)
            return true;
    }
    return false;
}

/* ---- partitions */

static void
add_leaf(LockCase *c, const SimRelation *partition)
{
    lock_case_add(c, partition, FACT_insert);
    if (partition->kind != RELATION_PARTITIONED_TABLE)
        lock_case_add_indexes(c, partition, LOCK_ROW_EXCLUSIVE);
}

const char *
lock_case_value(LockCase *c, const InsertRow *row, const SimRelation *table, const char *column)
{
    int place = row == NULL || column == NULL ? -1 : place_of(c->op, table, column);
    return place >= 0 && (size_t)place < row->count ? row->items[place].text : NULL;
}

const char *
lock_case_only_key(const SimRelation *parent)
{
    const IndexKeyList *keys = &parent->partition_key.keys;
    return keys->count == 1 ? keys->items[0].column : NULL;
}

static const char *
key_value(LockCase *c, const SimRelation *root, const SimRelation *parent, const InsertRow *row)
{
    return lock_case_value(c, row, root, lock_case_only_key(parent));
}

static bool
is_excluded(const SimRelation *partition, const char *value)
{
    const StringList values = {&value, 1, 1};
    return value != NULL && partition->bound != NULL &&
           partition_bound_excludes(partition->bound, COMPARISON_EQUAL, &values);
}

RelationIdList
lock_case_holders(LockCase *c, const SimRelation *parent, const char *value)
{
    RelationIdList children = schema_children_of(c->arena, c->schema, parent->id);
    RelationIdList chosen = {0};
    RelationId other = 0;
    foreach (id, &children) {
        const SimRelation *child = schema_relation_by_id(c->schema, *id);
        if (child->is_default_partition)
            other = *id;
        else if (!is_excluded(child, value))
            LIST_APPEND(c->arena, &chosen, *id);
    }
    if (other != 0 && (chosen.count == 0 || value == NULL))
        LIST_APPEND(c->arena, &chosen, other);
    return chosen;
}

/* execPartition.c, ExecFindPartition() */
static void
route(LockCase *c, const SimRelation *root, const SimRelation *parent, const InsertRow *row,
      int depth)
{
    RelationIdList chosen = lock_case_holders(c, parent, key_value(c, root, parent, row));
    foreach (id, &chosen) {
        const SimRelation *child = schema_relation_by_id(c->schema, *id);
        add_leaf(c, child);
        if (chosen.count > 1)
            lock_case_doubt(c, child, "to which partitions the rows go");
        if (depth < DEPTH_LIMIT)
            route(c, root, child, row, depth + 1);
    }
}

/* execPartition.c, ExecFindPartition(): rows that do not fit where they are, which is seen only
 * where the new key is constant. */
void
lock_case_move(LockCase *c, const SimRelation *table)
{
    const Op *op = c->op;
    if (op->kind != OP_UPDATE || table->kind != RELATION_PARTITIONED_TABLE || !op->data.all_rows)
        return;
    foreach (row, &op->data.rows) {
        if (key_value(c, table, table, row) != NULL)
            route(c, table, table, row, 0);
    }
}

void
lock_case_route(LockCase *c, const SimRelation *table)
{
    if (table->kind != RELATION_PARTITIONED_TABLE || c->op->kind != OP_INSERT)
        return;
    if (!c->op->data.all_rows || c->op->data.rows.count == 0) {
        route(c, table, table, NULL, 0);
        return;
    }
    foreach (row, &c->op->data.rows)
        route(c, table, table, row, 0);
}
