/* SPDX-License-Identifier: MIT */
/* Sequences, by themselves and as the identity of a column. */
#include <string.h>

#include "locks/lock_case.h"

static void
judge_owner(LockCase *c, LockFactId fact)
{
    if (c->op->sequence.owned_by.name != NULL)
        lock_case_add_named(c, c->op->sequence.owned_by, RELATION_TABLE, fact);
}

void
judge_create_sequence(LockCase *c, const SimRelation *sequence)
{
    if (sequence->id != 0)
        return;
    lock_case_add(c, sequence, FACT_create_sequence);
    judge_owner(c, FACT_create_sequence_owner);
}

void
judge_alter_sequence(LockCase *c, const SimRelation *sequence)
{
    lock_case_add(c, sequence,
                  c->op->sequence.sets_persistence ? FACT_alter_sequence_persistence
                                                   : FACT_alter_sequence);
    judge_owner(c, FACT_alter_sequence_owner);
}

void
lock_case_add_sequences_of(LockCase *c, const SimRelation *table, const char *column,
                           LockFactId fact)
{
    RelationIdList sequences = schema_sequences_of(c->arena, c->schema, table->id);
    foreach (id, &sequences) {
        const SimRelation *sequence = schema_relation_by_id(c->schema, *id);
        if (sequence->owner_column != NULL && strcmp(sequence->owner_column, column) == 0)
            lock_case_add(c, sequence, fact);
    }
}

/* Partitions have the identity of their table since 17; tables that inherit never do. */
static void
add_partitions(LockCase *c, const SimRelation *table, LockFactId fact)
{
    if (table->kind != RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &below, fact);
}

void
judge_add_identity(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_add_identity);
    add_partitions(c, table, FACT_add_identity_child);
}

void
judge_set_identity(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_set_identity);
    if (c->op->column.setting != NULL)
        add_partitions(c, table, FACT_set_identity_child);
    lock_case_add_sequences_of(c, table, c->op->column.column, FACT_set_identity_sequence);
}

void
judge_drop_identity(LockCase *c, const SimRelation *table)
{
    const SimColumn *column = relation_find_column(table, c->op->column.column);
    lock_case_add(c, table, FACT_drop_identity);
    add_partitions(c, table, FACT_drop_identity_child);
    if (column != NULL && !column_is_identity(column) && column->type_known)
        return;
    lock_case_add_sequences_of(c, table, c->op->column.column, FACT_drop_identity_sequence);
}
