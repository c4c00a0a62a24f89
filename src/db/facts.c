/* SPDX-License-Identifier: MIT */
#include "db/facts.h"

#include <string.h>

#include "db_sql.h"

bool
facts_session(Arena *arena, Db *db, SessionFacts *out, Error *err)
{
    DbRows rows;
    if (!db_query(arena, db, db_sql_session_facts, NULL, 0, &rows, err))
        return error_context(err, "asking the server where we are");
    *out = (SessionFacts){.in_recovery = db_cell_bool(&rows, 0, 0),
                          .read_only = db_cell_bool(&rows, 0, 1),
                          .database = db_cell(&rows, 0, 2),
                          .user = db_cell(&rows, 0, 3),
                          .has_event_triggers = db_cell_bool(&rows, 0, 4)};
    return true;
}

static Blocker
blocker_of(const DbRows *rows, size_t row)
{
    return (Blocker){
        .pid = (int)db_cell_int(rows, row, 0),
        .application = db_cell_text(rows, row, 1),
        .user = db_cell_text(rows, row, 2),
        .address = "",
        .state = db_cell_text(rows, row, 3),
        .backend = "",
        .wait_event = "",
        .transaction = "",
        .query = db_cell_text(rows, row, 4),
        .age_ms = db_cell(rows, row, 5) != NULL ? db_cell_int(rows, row, 5) : -1,
    };
}

bool
facts_try_lock(Arena *scratch, Db *db, int64_t key, bool *taken, Error *err)
{
    const char *values[] = {db_number(scratch, key)};
    DbRows rows;
    if (!db_query(scratch, db, db_sql_advisory_try, values, 1, &rows, err))
        return error_context(err, "taking the lock that keeps two runs apart");
    *taken = db_cell_bool(&rows, 0, 0);
    return true;
}

void
facts_add_try_lock(Arena *arena, int64_t key, int64_t lock_timeout_ms, DbRows *rows,
                   DbCommandList *batch)
{
    DbCommand command = {
        .sql = db_sql_advisory_try_transaction,
        .values = {db_number(arena, key),
                   lock_timeout_ms >= 0 ? db_number(arena, lock_timeout_ms) : NULL},
        .count = 2,
        .is_kept = true,
        .rows = rows
    };
    LIST_APPEND(arena, batch, command);
}

static void
add_kept(Arena *arena, const char *sql, DbCommandList *batch)
{
    LIST_APPEND(arena, batch, (DbCommand){.sql = sql, .is_kept = true});
}

void
facts_add_reset(Arena *arena, const Db *db, int64_t key, PreparedLeft prepared, SessionReset *reset,
                DbCommandList *batch)
{
    /* DISCARD ALL would also give up the runner's advisory lock. */
    static const char *const statements[] = {"RESET SESSION AUTHORIZATION",
                                             "RESET ROLE",
                                             "CLOSE ALL",
                                             "UNLISTEN *",
                                             "DISCARD TEMP",
                                             "RESET ALL"};
    if (prepared == PREPARED_DROP)
        LIST_APPEND(arena, batch, (DbCommand){.sql = "DEALLOCATE ALL", .discards = true});
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        add_kept(arena, statements[i], batch);
    add_kept(arena, db_sql_advisory_try, batch);
    DbCommand *last = &batch->items[batch->count - 1];
    last->values[last->count++] = db_number(arena, key);
    last->rows = &reset->lock;
    db_add_settings(arena, db, batch);
    if (prepared != PREPARED_LOOK)
        return;
    add_kept(arena, db_sql_prepared_statements, batch);
    batch->items[batch->count - 1].rows = &reset->prepared;
}

bool
facts_is_reset(const Db *db, const SessionReset *reset)
{
    const DbRows *prepared = &reset->prepared;
    return reset->lock.count > 0 && db_cell_bool(&reset->lock, 0, 0) &&
           db_cell_int(prepared, 0, 0) == (int64_t)db_kept_count(db) &&
           db_cell_int(prepared, 0, 1) == 0;
}

bool
facts_unlock(Arena *scratch, Db *db, Error *err)
{
    return db_query(scratch, db, db_sql_advisory_unlock, NULL, 0, NULL, err);
}

bool
facts_lock_holder(Arena *arena, Db *db, int64_t key, Blocker *out, bool *is_ours, Error *err)
{
    *out = (Blocker){.application = "",
                     .user = "",
                     .address = "",
                     .state = "",
                     .backend = "",
                     .wait_event = "",
                     .transaction = "",
                     .query = "",
                     .age_ms = -1};
    *is_ours = false;
    const char *values[] = {db_number(arena, key)};
    DbRows rows;
    if (!db_query(arena, db, db_sql_advisory_holder, values, 1, &rows, err))
        return error_context(err, "asking who holds the lock that keeps two runs apart");
    if (rows.count == 0)
        return true;
    *out = blocker_of(&rows, 0);
    *is_ours = db_cell_bool(&rows, 0, 6);
    return true;
}

bool
facts_restore_point(Arena *arena, Db *db, DbRows *out, Error *err)
{
    return db_query(arena, db, db_sql_restore_point_facts, NULL, 0, out, err) ||
           error_context(err, "taking the PITR marker");
}

bool
facts_create_restore_point(Arena *arena, Db *db, const char *name, const char **lsn, Error *err)
{
    DbRows rows;
    if (!db_query(arena, db, db_sql_create_restore_point, &name, 1, &rows, err))
        return false;
    *lsn = db_cell(&rows, 0, 0);
    return true;
}

bool
facts_system_identifier(Arena *arena, Db *db, const char **out, Error *err)
{
    DbRows rows;
    if (!db_query(arena, db, db_sql_system_identifier, NULL, 0, &rows, err))
        return error_context(err, "asking for the system identifier");
    *out = db_cell(&rows, 0, 0);
    return true;
}

bool
facts_index_state(Arena *arena, Db *db, const char *table, const char *index, IndexState *out,
                  const char **qualified, Error *err)
{
    const char *values[] = {table, index};
    DbRows rows;
    if (!db_query(arena, db, db_sql_index_state, values, 2, &rows, err))
        return error_context(err, "looking for index %s", index);
    *qualified = rows.count > 0 ? db_cell(&rows, 0, 0) : NULL;
    if (rows.count == 0)
        *out = INDEX_ABSENT;
    else if (!db_cell_bool(&rows, 0, 2))
        *out = INDEX_NAME_TAKEN;
    else if (db_cell_bool(&rows, 0, 1))
        *out = INDEX_USABLE;
    else
        *out = db_cell_bool(&rows, 0, 3) ? INDEX_BEING_BUILT : INDEX_INVALID;
    return true;
}

bool
facts_new_index(Arena *arena, Db *db, const char *table, const char *since, IndexState *out,
                const char **qualified, Error *err)
{
    const char *values[] = {table, since};
    DbRows rows;
    if (!db_query(arena, db, db_sql_new_index, values, 2, &rows, err))
        return error_context(err, "looking for a new index of %s", table);
    *qualified = rows.count > 0 ? db_cell(&rows, 0, 0) : NULL;
    if (rows.count == 0)
        *out = INDEX_ABSENT;
    else if (db_cell_bool(&rows, 0, 1))
        *out = INDEX_USABLE;
    else
        *out = db_cell_bool(&rows, 0, 2) ? INDEX_BEING_BUILT : INDEX_INVALID;
    return true;
}

bool
facts_invalid_indexes(Arena *arena, Db *db, const IndexScope *scope, StringList *out, Error *err)
{
    const char *values[] = {scope->relation, scope->schema, scope->since};
    DbRows rows;
    *out = (StringList){0};
    if (!db_query(arena, db, db_sql_invalid_indexes, values, 3, &rows, err))
        return error_context(err, "looking for unusable indexes");
    for (size_t row = 0; row < rows.count; row++)
        if (!scope->leftovers_only || db_cell_bool(&rows, row, 1))
            LIST_APPEND(arena, out, db_cell(&rows, row, 0));
    return true;
}

bool
facts_index_is_usable(Arena *scratch, Db *db, const char *index, bool *out, Error *err)
{
    DbRows rows;
    if (!db_query(scratch, db, db_sql_index_is_usable, &index, 1, &rows, err))
        return error_context(err, "looking at index %s", index);
    *out = db_cell_bool(&rows, 0, 0);
    return true;
}

bool
facts_relation_exists(Arena *scratch, Db *db, const char *relation, bool *out, Error *err)
{
    DbRows rows;
    if (!db_query(scratch, db, db_sql_relation_exists, &relation, 1, &rows, err))
        return error_context(err, "looking for %s", relation);
    *out = db_cell_bool(&rows, 0, 0);
    return true;
}

bool
facts_partition_state(Arena *scratch, Db *db, const char *parent, const char *partition,
                      PartitionState *out, Error *err)
{
    const char *values[] = {parent, partition};
    DbRows rows;
    if (!db_query(scratch, db, db_sql_partition_state, values, 2, &rows, err))
        return error_context(err, "looking for partition %s of %s", partition, parent);
    if (rows.count == 0)
        *out = PARTITION_DETACHED;
    else
        *out = db_cell_bool(&rows, 0, 0) ? PARTITION_PENDING : PARTITION_ATTACHED;
    return true;
}

bool
facts_leftovers(Arena *arena, Db *db, LeftoverList *out, Error *err)
{
    DbRows rows;
    *out = (LeftoverList){0};
    if (!db_query(arena, db, db_sql_catalog_leftovers, NULL, 0, &rows, err))
        return error_context(err, "reading the catalog");
    for (size_t row = 0; row < rows.count; row++)
        LIST_APPEND(arena, out,
                    (Leftover){.is_index = strcmp(db_cell(&rows, row, 0), "invalid index") == 0,
                               .name = db_cell(&rows, row, 1),
                               .table = db_cell(&rows, row, 2),
                               .definition = db_cell(&rows, row, 3)});
    return true;
}
