/* SPDX-License-Identifier: MIT */
/* SELECT, INSERT, UPDATE, DELETE, MERGE and COPY. */
#include "locks/lock_case.h"

/* A statement that has no query but its target. */
static void
run_on_target(LockCase *c, SourceUse use)
{
    QueryLevel level = {.outer = -1, .order = {.result_of = -1}};
    SqlSource source = {
        .relation = c->op->target, .result_of = -1, .use = use, .only = c->op->only};
    const SqlQuery query = {
        .levels = {&level,  1, 1},
          .sources = {&source, 1, 1}
    };
    lock_case_query(c, &query, NULL, DATA_RUNS, false);
}

/* copyfrom.c, CopyFrom(): indexes of a partitioned table too. Without rows nothing is looked up. */
static void
copy_from(LockCase *c)
{
    const SimRelation *table =
        lock_case_add_named(c, c->op->target, RELATION_TABLE, FACT_copy_from);
    if (table == NULL)
        return;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &indexes, FACT_index_of_written);
    if (!c->op->data.is_empty)
        lock_case_look_up(c, table, NULL);
}

static void
add_measured(LockCase *c, const SequenceUse *use)
{
    const SimRelation *table = lock_case_add_named(c, use->sequence, RELATION_TABLE, FACT_measured);
    if (table == NULL || use->measured == MEASURED_ALONE)
        return;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &indexes, FACT_measured_index);
}

void
lock_case_sequences(LockCase *c, const SequenceUseList *uses)
{
    foreach (use, uses) {
        if (use->measured != MEASURED_NOT) {
            add_measured(c, use);
            continue;
        }
        if (use->sequence.name != NULL) {
            lock_case_add_named(c, use->sequence, RELATION_SEQUENCE, FACT_sequence_used);
            continue;
        }
        const SimRelation *table = schema_find_relation(c->schema, use->table);
        if (table != NULL)
            lock_case_own_sequences(c, table, use->column);
    }
}

void
judge_data(LockCase *c)
{
    const Op *op = c->op;
    if (op->kind == OP_COPY_FROM)
        copy_from(c);
    else if (op->kind == OP_COPY_TO && op->target.name != NULL)
        lock_case_add_named(c, op->target, RELATION_TABLE, FACT_copy_to);
    else if (op->data.query != NULL)
        lock_case_query(c, op->data.query, NULL, op->data.phase, false);
    else if (op->kind == OP_INSERT)
        run_on_target(c, SOURCE_ADDED_TO);
    if (op->data.phase == DATA_RUNS)
        lock_case_sequences(c, &op->data.sequences);
}
