/* SPDX-License-Identifier: MIT */
#include "run/outside.h"

#include <inttypes.h>
#include <string.h>

#include "db/facts.h"

typedef enum OutsideKind {
    OUTSIDE_CREATE_INDEX,
    OUTSIDE_DROP_INDEX,
    OUTSIDE_REINDEX,
    OUTSIDE_DETACH,
    OUTSIDE_REPEATABLE, /* running it again does no harm and ends in the same state */
    OUTSIDE_OPAQUE
} OutsideKind;

static OutsideKind
kind_of(const Statement *statement)
{
    static const char *const repeatable[] = {"ALTER SYSTEM", "DISCARD", "REFRESH MATERIALIZED VIEW",
                                             "ANALYZE",      "CLUSTER", "VACUUM",
                                             "REINDEX"};
    const Op *op = &statement->ops.items[0];
    if (op->kind == OP_CREATE_INDEX && op->concurrently)
        return OUTSIDE_CREATE_INDEX;
    if (op->kind == OP_DROP_INDEX && op->concurrently)
        return OUTSIDE_DROP_INDEX;
    if (op->kind == OP_DETACH_PARTITION && op->concurrently)
        return OUTSIDE_DETACH;
    if (op->kind == OP_REINDEX && op->concurrently)
        return OUTSIDE_REINDEX;
    for (size_t i = 0; i < sizeof repeatable / sizeof repeatable[0]; i++)
        if (strncmp(statement->kind, repeatable[i], strlen(repeatable[i])) == 0)
            return OUTSIDE_REPEATABLE;
    return OUTSIDE_OPAQUE;
}

static bool
drop_index(Arena *arena, Db *db, const char *name, Error *err)
{
    const char *sql = arena_printf(arena, "DROP INDEX CONCURRENTLY IF EXISTS %s", name);
    return db_execute(db, sql, err) || error_context(err, "dropping the unusable index %s", name);
}

/* ---- CREATE INDEX CONCURRENTLY */

static bool
index_state(Arena *arena, Db *db, const Op *op, IndexState *state, const char **name, Error *err)
{
    *state = INDEX_ABSENT;
    *name = NULL;
    if (op->create_index.name == NULL)
        return true;
    return facts_index_state(arena, db, sql_qualified(arena, op->target), op->create_index.name,
                             state, name, err);
}

static bool
refuse_foreign_build(const char *name, Error *err)
{
    error_set(err, ERROR_LOCK, "another session is building the index %s", name);
    return error_hint(err, "Wait until it has ended, then run again.");
}

/* An unusable index of this name is dropped; one that somebody is building right now is not ours to
 * drop. */
static bool
drop_namesake(Arena *arena, Db *db, const Op *op, bool *is_taken, Error *err)
{
    IndexState state;
    const char *name;
    if (!index_state(arena, db, op, &state, &name, err))
        return false;
    if (state == INDEX_BEING_BUILT)
        return refuse_foreign_build(name, err);
    *is_taken = state == INDEX_USABLE;
    return state != INDEX_INVALID || drop_index(arena, db, name, err);
}

/* One without a name is known by when it was made. */
static bool
begun_index(Arena *arena, Db *db, const Op *op, const char *since, IndexState *state,
            const char **name, Error *err)
{
    if (op->create_index.name != NULL)
        return index_state(arena, db, op, state, name, err);
    return facts_new_index(arena, db, sql_qualified(arena, op->target), since, state, name, err);
}

static bool
decide_index(Arena *arena, Db *db, const Op *op, const char *since, Decision *out, Error *err)
{
    *out = DECISION_UNKNOWN;
    if (op->create_index.name == NULL && since == NULL)
        return true;
    IndexState state;
    const char *name;
    if (!begun_index(arena, db, op, since, &state, &name, err))
        return false;
    switch (state) {
    case INDEX_USABLE:
        *out = DECISION_DONE;
        return true;
    case INDEX_INVALID:
        *out = DECISION_RUN;
        return drop_index(arena, db, name, err);
    case INDEX_ABSENT:
        *out = DECISION_RUN;
        return true;
    case INDEX_NAME_TAKEN:
        *out = DECISION_UNKNOWN;
        return true;
    case INDEX_BEING_BUILT:
        return refuse_foreign_build(name, err);
    }
    return false;
}

/* REINDEX SCHEMA or DATABASE. */
static bool
is_of_many_tables(const Op *op)
{
    return op->target.name == NULL;
}

static IndexScope
scope_of(Arena *arena, const Op *op, bool leftovers_only)
{
    return (IndexScope){.relation = is_of_many_tables(op) ? NULL : sql_qualified(arena, op->target),
                        .schema = is_of_many_tables(op) ? op->target.schema : NULL,
                        .leftovers_only = leftovers_only};
}

static bool
new_invalid_indexes(Arena *arena, Db *db, IndexScope scope, const OutsideState *before,
                    StringList *out, Error *err)
{
    StringList now;
    *out = (StringList){0};
    if (!facts_invalid_indexes(arena, db, &scope, &now, err))
        return false;
    foreach (name, &now)
        if (!string_list_has(&before->invalid_before, *name))
            LIST_APPEND(arena, out, *name);
    return true;
}

/* IF NOT EXISTS is content with anything of that name. */
static bool
refuse_result(const Op *op, IndexState state, Error *err)
{
    const char *index = op->create_index.name;
    if (state != INDEX_NAME_TAKEN)
        return error_set(err, ERROR_MIGRATION, "the index %s was built but is not usable", index);
    error_set(err, ERROR_MIGRATION, "%s exists, but is no index of %s", index, op->target.name);
    return error_hint(err, "Give the index another name.");
}

static bool
verify_index(Arena *arena, Db *db, const Op *op, const OutsideState *before, Error *err)
{
    IndexState state;
    const char *name;
    if (!index_state(arena, db, op, &state, &name, err))
        return false;
    if (op->create_index.name != NULL && state != INDEX_USABLE)
        return refuse_result(op, state, err);
    StringList invalid;
    if (!new_invalid_indexes(arena, db, scope_of(arena, op, false), before, &invalid, err))
        return false;
    if (invalid.count > 0)
        return error_set(err, ERROR_MIGRATION, "the index %s was built but is not usable",
                         invalid.items[0]);
    return true;
}

static bool
drop_new_invalid(Arena *arena, Db *db, IndexScope scope, const OutsideState *before, Error *err)
{
    StringList invalid;
    if (!new_invalid_indexes(arena, db, scope, before, &invalid, err))
        return false;
    foreach (name, &invalid)
        if (!drop_index(arena, db, *name, err))
            return false;
    return true;
}

/* What lies about in one table is in the way of its REINDEX, whoever left it; in many tables it may
 * be of somebody else. */
static bool
drop_leftovers(Arena *arena, Db *db, const Op *op, const char *since, Error *err)
{
    IndexScope scope = scope_of(arena, op, true);
    if (is_of_many_tables(op) && since == NULL)
        return true;
    scope.since = is_of_many_tables(op) ? since : NULL;
    return drop_new_invalid(arena, db, scope, &(OutsideState){0}, err);
}

/* ---- the others */

static bool
decide_drop(Arena *arena, Db *db, const Op *op, Decision *out, Error *err)
{
    bool exists = false;
    if (!facts_relation_exists(arena, db, sql_qualified(arena, op->target), &exists, err))
        return false;
    *out = exists ? DECISION_RUN : DECISION_DONE;
    return true;
}

static bool
detach_state(Arena *arena, Db *db, const Op *op, PartitionState *out, Error *err)
{
    return facts_partition_state(arena, db, sql_qualified(arena, op->target),
                                 sql_qualified(arena, op->partition.partition), out, err);
}

static bool
decide_detach(Arena *arena, Db *db, const Op *op, Decision *out, Error *err)
{
    PartitionState state;
    if (!detach_state(arena, db, op, &state, err))
        return false;
    *out = state == PARTITION_DETACHED ? DECISION_DONE : DECISION_RUN;
    return true;
}

/* Nobody can take back a detachment that was begun: to go on is all that is left. Unlike its
 * beginning this locks the partition for all while it waits for old snapshots (tablecmds.c,
 * ATExecDetachPartitionFinalize). */
static bool
finish_detach(Arena *arena, Db *db, const Op *op, OutsideState *state, Error *err)
{
    PartitionState partition;
    if (!detach_state(arena, db, op, &partition, err))
        return false;
    state->is_done = partition == PARTITION_PENDING;
    if (!state->is_done)
        return true;
    const char *timeout =
        arena_printf(arena, "SET SESSION lock_timeout = %" PRId64, state->lock_timeout_ms);
    const char *sql = arena_printf(arena, "ALTER TABLE %s DETACH PARTITION %s FINALIZE",
                                   sql_qualified(arena, op->target),
                                   sql_qualified(arena, op->partition.partition));
    return (db_execute(db, timeout, err) && db_execute(db, sql, err)) ||
           error_context(err, "finishing the detachment that was begun");
}

bool
outside_decide(Arena *arena, Db *db, const Statement *statement, const char *since, Decision *out,
               Error *err)
{
    const Op *op = &statement->ops.items[0];
    *out = DECISION_UNKNOWN;
    switch (kind_of(statement)) {
    case OUTSIDE_CREATE_INDEX:
        return decide_index(arena, db, op, since, out, err);
    case OUTSIDE_DROP_INDEX:
        return decide_drop(arena, db, op, out, err);
    case OUTSIDE_DETACH:
        return decide_detach(arena, db, op, out, err);
    case OUTSIDE_REINDEX:
        *out = DECISION_RUN;
        return drop_leftovers(arena, db, op, since, err);
    case OUTSIDE_REPEATABLE:
        *out = DECISION_RUN;
        return true;
    case OUTSIDE_OPAQUE:
        return true;
    }
    return false;
}

bool
outside_prepare(Arena *arena, Db *db, const Statement *statement, OutsideState *state, Error *err)
{
    const Op *op = &statement->ops.items[0];
    OutsideKind kind = kind_of(statement);
    *state = (OutsideState){.lock_timeout_ms = state->lock_timeout_ms};
    if (kind == OUTSIDE_DETACH)
        return finish_detach(arena, db, op, state, err);
    if (kind == OUTSIDE_CREATE_INDEX && !drop_namesake(arena, db, op, &state->is_taken, err))
        return false;
    if (kind == OUTSIDE_REINDEX && !drop_leftovers(arena, db, op, NULL, err))
        return false;
    if (kind != OUTSIDE_CREATE_INDEX && kind != OUTSIDE_REINDEX)
        return true;
    const IndexScope scope = scope_of(arena, op, false);
    return facts_invalid_indexes(arena, db, &scope, &state->invalid_before, err);
}

/* An index that it was asked to rebuild is one that can be used; what it left is not. In many
 * tables, another build may fail meanwhile. */
static bool
verify_reindex(Arena *arena, Db *db, const Op *op, const OutsideState *state, Error *err)
{
    bool usable = true;
    const char *name = op->reindex.is_index ? sql_qualified(arena, op->target) : NULL;
    const IndexScope scope = scope_of(arena, op, is_of_many_tables(op));
    StringList invalid;
    if ((name != NULL && !facts_index_is_usable(arena, db, name, &usable, err)) ||
        !new_invalid_indexes(arena, db, scope, state, &invalid, err))
        return false;
    if (usable && invalid.count == 0)
        return true;
    return error_set(err, ERROR_MIGRATION, "the index %s was built but is not usable",
                     usable ? invalid.items[0] : name);
}

static bool
verify_detach(Arena *arena, Db *db, const Op *op, Error *err)
{
    PartitionState state;
    if (!detach_state(arena, db, op, &state, err))
        return false;
    return state == PARTITION_DETACHED ||
           error_set(err, ERROR_MIGRATION, "the partition %s is not detached",
                     op->partition.partition.name);
}

bool
outside_verify(Arena *arena, Db *db, const Statement *statement, const OutsideState *state,
               Error *err)
{
    const Op *op = &statement->ops.items[0];
    switch (kind_of(statement)) {
    case OUTSIDE_CREATE_INDEX:
        return verify_index(arena, db, op, state, err);
    case OUTSIDE_REINDEX:
        return verify_reindex(arena, db, op, state, err);
    case OUTSIDE_DETACH:
        return verify_detach(arena, db, op, err);
    case OUTSIDE_DROP_INDEX:
    case OUTSIDE_REPEATABLE:
    case OUTSIDE_OPAQUE:
        return true;
    }
    return false;
}

static bool
remains_of_drop(Arena *arena, Db *db, const Op *op, Remains *out, Error *err)
{
    bool usable = false;
    if (!facts_index_is_usable(arena, db, sql_qualified(arena, op->target), &usable, err))
        return false;
    /* Cancelled while it waited, it has already made the index invalid for good. */
    *out = usable ? REMAINS_NOTHING : REMAINS_BEGUN;
    return true;
}

static bool
remains_of_detach(Arena *arena, Db *db, const Op *op, Remains *out, Error *err)
{
    PartitionState state;
    if (!detach_state(arena, db, op, &state, err))
        return false;
    *out = state == PARTITION_ATTACHED ? REMAINS_NOTHING : REMAINS_BEGUN;
    return true;
}

/* Cancelled when it was through, it has left its index, and it is a good one. */
static bool
remains_of_build(Arena *arena, Db *db, const Op *op, const OutsideState *before, Remains *out,
                 Error *err)
{
    IndexState state;
    const char *name;
    if (!drop_new_invalid(arena, db, scope_of(arena, op, false), before, err) ||
        !index_state(arena, db, op, &state, &name, err))
        return false;
    *out = state == INDEX_USABLE && !before->is_taken ? REMAINS_UNKNOWN : REMAINS_NOTHING;
    return true;
}

bool
outside_clean_up(Arena *arena, Db *db, const Statement *statement, const OutsideState *state,
                 Remains *out, Error *err)
{
    const Op *op = &statement->ops.items[0];
    *out = REMAINS_UNKNOWN;
    switch (kind_of(statement)) {
    case OUTSIDE_DROP_INDEX:
        return remains_of_drop(arena, db, op, out, err);
    case OUTSIDE_DETACH:
        return remains_of_detach(arena, db, op, out, err);
    case OUTSIDE_CREATE_INDEX:
        return remains_of_build(arena, db, op, state, out, err);
    case OUTSIDE_REINDEX:
        *out = REMAINS_NOTHING;
        return drop_new_invalid(arena, db, scope_of(arena, op, true), state, err);
    case OUTSIDE_REPEATABLE:
    case OUTSIDE_OPAQUE:
        /* The server takes back what a failed statement did. */
        *out = REMAINS_NOTHING;
        return true;
    }
    return false;
}
