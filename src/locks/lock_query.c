/* SPDX-License-Identifier: MIT */
/* What a query locks and reads: its relations, those behind its views and below its parents. */
#include "locks/lock_case.h"
#include "locks/query_guess.h"

typedef struct UseFacts {
    LockFactId some;
    LockFactId whole;
} UseFacts;

static UseFacts
facts_of(const LockCase *c, SourceUse use, bool is_target)
{
    static const UseFacts uses[] = {
        [SOURCE_READ] = {FACT_query_reads,      FACT_query_reads_whole     },
        [SOURCE_ROWS_LOCKED] = {FACT_query_locks_rows, FACT_query_locks_rows_whole},
        [SOURCE_CHANGED] = {FACT_query_changes,    FACT_query_changes_whole   },
        [SOURCE_ADDED_TO] = {FACT_insert,           FACT_insert                },
    };
    static const UseFacts update = {FACT_update, FACT_update_whole};
    static const UseFacts delete = {FACT_delete, FACT_delete_whole};
    static const UseFacts merge = {FACT_merge, FACT_merge_whole};
    if (use == SOURCE_CHANGED && is_target && c->op->kind == OP_UPDATE)
        return update;
    if (use == SOURCE_CHANGED && is_target && c->op->kind == OP_DELETE)
        return delete;
    if (use == SOURCE_CHANGED && is_target && c->op->kind == OP_MERGE)
        return merge;
    return uses[use];
}

static LockLevel
level_of(SourceUse use)
{
    switch (use) {
    case SOURCE_READ:
        return LOCK_ACCESS_SHARE;
    case SOURCE_ROWS_LOCKED:
        return LOCK_ROW_SHARE;
    case SOURCE_CHANGED:
    case SOURCE_ADDED_TO:
        break;
    }
    return LOCK_ROW_EXCLUSIVE;
}

void
lock_case_add_indexes(LockCase *c, const SimRelation *relation, LockLevel level)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, relation->id);
    bool is_partitioned = relation->kind == RELATION_PARTITIONED_TABLE;
    if (level == LOCK_ACCESS_SHARE)
        lock_case_add_all(c, &indexes,
                          is_partitioned ? FACT_index_of_read_partitioned : FACT_index_of_read);
    else if (level == LOCK_ROW_SHARE)
        lock_case_add_all(c, &indexes,
                          is_partitioned ? FACT_partitioned_index_of_row_locked
                                         : FACT_index_of_row_locked);
    else
        lock_case_add_all(c, &indexes,
                          is_partitioned ? FACT_partitioned_index_of_written
                                         : FACT_index_of_written);
}

/* INSTEAD OF triggers do what they do; the view is only read. */
static bool
has_trigger(const SimRelation *view)
{
    foreach (attached, &view->attached) {
        if ((*attached)->kind == SIM_TRIGGER && (*attached)->for_each_row)
            return true;
    }
    return false;
}

static bool
has_rule(const SimRelation *relation)
{
    foreach (attached, &relation->attached) {
        if ((*attached)->kind == SIM_RULE)
            return true;
    }
    return false;
}

/* ---- rows that are written */

/* plancat.c, infer_arbiter_indexes(): those of a partitioned table, which are not written to. */
static void
look_for_arbiter(LockCase *c, const SimRelation *table)
{
    bool looks = c->op->data.conflict_columns.count > 0 || c->op->data.conflict_constraint != NULL;
    if (!looks || table->kind != RELATION_PARTITIONED_TABLE)
        return;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &indexes, FACT_index_of_written);
}

static void
write_rows(LockCase *c, const SimRelation *table, SourceUse use, bool whole)
{
    const Op *op = c->op;
    bool adds = use == SOURCE_ADDED_TO || op->data.inserts;
    if (op->kind == OP_SELECT || op->kind == OP_COPY_TO)
        return;
    if (adds)
        lock_case_look_up(c, table, NULL);
    else
        lock_case_look_up(c, table, &op->data.columns);
    if (use == SOURCE_ADDED_TO) {
        look_for_arbiter(c, table);
        lock_case_default_sequences(c, table);
        lock_case_route(c, table);
        return;
    }
    lock_case_update_referred(c, table, &op->data.columns, whole);
    if (op->data.deletes)
        lock_case_delete_referred(c, table, whole);
}

/* execPartition.c, ExecPartitionCheck(): the bound of a partition is made from its parents'. */
static void
check_bounds(LockCase *c, const SimRelation *table)
{
    if (c->op->kind == OP_DELETE)
        return;
    for (const SimRelation *child = table; child != NULL && child->is_partition;) {
        child = schema_relation_by_id(c->schema, child->parent);
        if (child != NULL)
            lock_case_add(c, child, FACT_bound_looked_up);
    }
}

/* ---- sources */

typedef struct SourceRun {
    LockCase *c;
    const QueryGuess *guess;
    size_t at;
    DataPhase phase;
    SourceUse use;
    bool is_target; /* of the operation */
} SourceRun;

static void
add_relation(const SourceRun *run, const SimRelation *relation)
{
    LockCase *c = run->c;
    UseFacts facts = facts_of(c, run->use, run->is_target);
    bool runs = run->phase == DATA_RUNS;
    bool scans = runs && query_guess_scans(run->guess, run->at, relation);
    bool is_view = relation->kind == RELATION_VIEW;
    bool added = run->use == SOURCE_ADDED_TO;
    lock_case_add(c, relation, scans && !is_view ? facts.whole : facts.some);
    bool opens_indexes = run->phase == DATA_IS_PLANNED ? !added : runs;
    if (opens_indexes && !(added && relation->kind == RELATION_PARTITIONED_TABLE))
        lock_case_add_indexes(c, relation, level_of(run->use));
    if (run->is_target && runs && !is_view)
        write_rows(c, relation, run->use, scans);
    if (is_view && run->use >= SOURCE_CHANGED && has_rule(relation))
        lock_case_doubt(c, relation, "what the rules of the view do");
}

static void
add_source(SourceRun *run)
{
    LockCase *c = run->c;
    const GuessSource *source = &run->guess->sources.items[run->at];
    const SimRelation *relation = source->relation;
    if (relation == NULL) {
        UseFacts facts = facts_of(c, run->use, run->is_target);
        bool scans = run->phase == DATA_RUNS && run->use != SOURCE_ADDED_TO;
        if (source->written.relation.name != NULL)
            lock_case_add_named(c, source->written.relation, RELATION_TABLE,
                                scans ? facts.whole : facts.some);
        return;
    }
    add_relation(run, relation);
    bool plans = run->phase != DATA_IS_NAMED && run->use != SOURCE_ADDED_TO;
    RelationIdList below = {0};
    if (plans)
        below = query_guess_below(run->guess, run->at);
    foreach (id, &below)
        add_relation(run, schema_relation_by_id(c->schema, *id));
    if (!run->is_target || run->phase != DATA_RUNS)
        return;
    if (relation->is_partition)
        check_bounds(c, relation);
    lock_case_move(c, relation);
}

/* Writing to a view with INSTEAD OF triggers reads what is behind it; an INSERT not even that. */
static bool
goes_through(const SimRelation *view, SourceUse use)
{
    return use == SOURCE_READ || use == SOURCE_ROWS_LOCKED || !has_trigger(view);
}

static SourceUse
use_of(const QueryGuess *guess, const GuessSource *source)
{
    const GuessSource *view = source;
    for (int steps = 0; view->in_view && steps < 50; steps++) {
        const GuessSource *outer = NULL;
        foreach (candidate, &guess->sources) {
            if (candidate->written.result_of == view->written.level)
                outer = candidate;
        }
        if (outer == NULL)
            break;
        if (outer->relation != NULL && !goes_through(outer->relation, outer->written.use))
            return SOURCE_READ;
        view = outer;
    }
    return source->written.use;
}

void
lock_case_query(LockCase *c, const SqlQuery *query, const RelationIdList *ids, DataPhase phase,
                bool only_named)
{
    if (query == NULL)
        return;
    QueryGuess guess = query_guess(c->arena, c->schema, query, ids);
    foreach (source, &guess.sources) {
        if (only_named && source->in_view)
            continue;
        SourceRun run = {.c = c,
                         .guess = &guess,
                         .at = (size_t)(source - guess.sources.items),
                         .phase = phase,
                         .use = use_of(&guess, source)};
        run.is_target = run.use >= SOURCE_CHANGED && c->op->target.name != NULL &&
                        (source->written.level == 0 || source->in_view);
        bool from_trigger =
            source->in_view && source->written.use == SOURCE_ADDED_TO && run.use == SOURCE_READ;
        if (!from_trigger)
            add_source(&run);
    }
}
