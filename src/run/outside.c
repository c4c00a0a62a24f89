/* SPDX-License-Identifier: MIT */
#include "run/outside.h"

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
    if (op->kind == OP_REINDEX && op->concurrently && op->target.name != NULL)
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
drop_namesake(Arena *arena, Db *db, const Op *op, Error *err)
{
    IndexState state;
    const char *name;
    if (!index_state(arena, db, op, &state, &name, err))
        return false;
    if (state == INDEX_BEING_BUILT)
        return refuse_foreign_build(name, err);
    return state != INDEX_INVALID || drop_index(arena, db, name, err);
}

static bool
decide_index(Arena *arena, Db *db, const Op *op, Decision *out, Error *err)
{
    if (op->create_index.name == NULL) {
        *out = DECISION_UNKNOWN;
        return true;
    }
    IndexState state;
    const char *name;
    if (!index_state(arena, db, op, &state, &name, err))
        return false;
    switch (state) {
    case INDEX_USABLE:
        *out = DECISION_DONE;
        return true;
    case INDEX_ABSENT:
    case INDEX_INVALID: /* outside_prepare() drops it */
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

static bool
new_invalid_indexes(Arena *arena, Db *db, const Op *op, const OutsideState *before,
                    bool leftovers_only, StringList *out, Error *err)
{
    StringList now;
    *out = (StringList){0};
    if (!facts_invalid_indexes(arena, db, sql_qualified(arena, op->target), leftovers_only, &now,
                               err))
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
    if (!new_invalid_indexes(arena, db, op, before, false, &invalid, err))
        return false;
    if (invalid.count > 0)
        return error_set(err, ERROR_MIGRATION, "the index %s was built but is not usable",
                         invalid.items[0]);
    return true;
}

static bool
drop_new_invalid(Arena *arena, Db *db, const Op *op, const OutsideState *before,
                 bool leftovers_only, Error *err)
{
    StringList invalid;
    if (!new_invalid_indexes(arena, db, op, before, leftovers_only, &invalid, err))
        return false;
    foreach (name, &invalid)
        if (!drop_index(arena, db, *name, err))
            return false;
    return true;
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
    *out = state == PARTITION_ATTACHED ? DECISION_RUN : DECISION_DONE;
    if (state != PARTITION_PENDING)
        return true;
    const char *sql = arena_printf(arena, "ALTER TABLE %s DETACH PARTITION %s FINALIZE",
                                   sql_qualified(arena, op->target),
                                   sql_qualified(arena, op->partition.partition));
    return db_execute(db, sql, err) || error_context(err, "finishing the detachment");
}

bool
outside_decide(Arena *arena, Db *db, const Statement *statement, Decision *out, Error *err)
{
    const Op *op = &statement->ops.items[0];
    *out = DECISION_UNKNOWN;
    switch (kind_of(statement)) {
    case OUTSIDE_CREATE_INDEX:
        return decide_index(arena, db, op, out, err);
    case OUTSIDE_DROP_INDEX:
        return decide_drop(arena, db, op, out, err);
    case OUTSIDE_DETACH:
        return decide_detach(arena, db, op, out, err);
    case OUTSIDE_REINDEX:
        *out = DECISION_RUN;
        return drop_new_invalid(arena, db, op, &(OutsideState){0}, true, err);
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
    *state = (OutsideState){0};
    if (kind == OUTSIDE_CREATE_INDEX && !drop_namesake(arena, db, op, err))
        return false;
    if (kind != OUTSIDE_CREATE_INDEX && kind != OUTSIDE_REINDEX)
        return true;
    return facts_invalid_indexes(arena, db, sql_qualified(arena, op->target), false,
                                 &state->invalid_before, err);
}

bool
outside_verify(Arena *arena, Db *db, const Statement *statement, const OutsideState *state,
               Error *err)
{
    const Op *op = &statement->ops.items[0];
    if (kind_of(statement) == OUTSIDE_CREATE_INDEX)
        return verify_index(arena, db, op, state, err);
    if (kind_of(statement) != OUTSIDE_DETACH)
        return true;
    PartitionState partition;
    if (!detach_state(arena, db, op, &partition, err))
        return false;
    return partition == PARTITION_DETACHED ||
           error_set(err, ERROR_MIGRATION, "the partition %s is not detached",
                     op->partition.partition.name);
}

bool
outside_clean_up(Arena *arena, Db *db, const Statement *statement, const OutsideState *state,
                 bool *clean, Error *err)
{
    const Op *op = &statement->ops.items[0];
    PartitionState partition;
    *clean = false;
    switch (kind_of(statement)) {
    case OUTSIDE_CREATE_INDEX:
        *clean = drop_new_invalid(arena, db, op, state, false, err);
        return *clean;
    case OUTSIDE_REINDEX:
        *clean = drop_new_invalid(arena, db, op, state, true, err);
        return *clean;
    case OUTSIDE_DROP_INDEX:
        /* Cancelled while it waited, it has already made the index invalid for good. */
        return facts_index_is_usable(arena, db, sql_qualified(arena, op->target), clean, err);
    case OUTSIDE_DETACH:
        if (!detach_state(arena, db, op, &partition, err))
            return false;
        *clean = partition == PARTITION_ATTACHED;
        return true;
    case OUTSIDE_REPEATABLE:
    case OUTSIDE_OPAQUE:
        /* The server takes back what a failed statement did. */
        *clean = true;
        return true;
    }
    return false;
}
