/* SPDX-License-Identifier: MIT */
#include "db/waits.h"

#include <string.h>

#include "db_sql.h"

static LockLevel
level_of(const char *mode)
{
    for (LockLevel level = LOCK_ACCESS_SHARE; mode != NULL && level < LOCK_LEVEL_COUNT; level++)
        if (strcmp(lock_mode(level), mode) == 0)
            return level;
    return LOCK_NONE;
}

Blocker
blocker_copy(Arena *arena, const Blocker *blocker)
{
    return (Blocker){.pid = blocker->pid,
                     .application = arena_strdup(arena, blocker->application),
                     .user = arena_strdup(arena, blocker->user),
                     .address = arena_strdup(arena, blocker->address),
                     .state = arena_strdup(arena, blocker->state),
                     .backend = arena_strdup(arena, blocker->backend),
                     .is_wraparound = blocker->is_wraparound,
                     .wait_event = arena_strdup(arena, blocker->wait_event),
                     .transaction = arena_strdup(arena, blocker->transaction),
                     .query = arena_strdup(arena, blocker->query),
                     .age_ms = blocker->age_ms};
}

bool
waits_sample(Arena *arena, Db *db, int pid, WaitSample *out, Error *err)
{
    const char *values[] = {db_number(arena, pid)};
    DbRows rows;
    *out = (WaitSample){0};
    if (!db_query(arena, db, db_sql_watch_sample, values, 1, &rows, err))
        return error_context(err, "looking on");
    out->waits = db_cell_bool(&rows, 0, 0);
    out->awaited = db_cell(&rows, 0, 2);
    out->wanted = out->awaited != NULL ? level_of(db_cell(&rows, 0, 1)) : LOCK_NONE;
    out->held = level_of(db_cell(&rows, 0, 3));
    out->stopped = db_cell(&rows, 0, 4);
    out->queued = db_cell_int(&rows, 0, 5);
    out->queued_ms = db_cell_int(&rows, 0, 6);
    return true;
}

static Blocker
blocker_of(const DbRows *rows, size_t row)
{
    return (Blocker){
        .pid = (int)db_cell_int(rows, row, 0),
        .application = db_cell_text(rows, row, 1),
        .user = db_cell_text(rows, row, 2),
        .address = db_cell_text(rows, row, 3),
        .state = db_cell_text(rows, row, 4),
        .backend = db_cell_text(rows, row, 5),
        .is_wraparound = db_cell_bool(rows, row, 6),
        .wait_event = db_cell_text(rows, row, 7),
        .query = db_cell_text(rows, row, 8),
        .age_ms = db_cell(rows, row, 9) != NULL ? db_cell_int(rows, row, 9) : -1,
        .transaction = db_cell_text(rows, row, 10),
    };
}

static bool
ask_for_blockers(Arena *arena, Db *db, const char *sql, const char *const *values, size_t count,
                 BlockerList *out, Error *err)
{
    *out = (BlockerList){0};
    DbRows rows;
    if (!db_query(arena, db, sql, values, count, &rows, err))
        return error_context(err, "asking who is in the way");
    for (size_t row = 0; row < rows.count; row++)
        LIST_APPEND(arena, out, blocker_of(&rows, row));
    return true;
}

bool
waits_blockers(Arena *arena, Db *db, int pid, bool show_queries, BlockerList *out, Error *err)
{
    const char *values[] = {db_number(arena, pid), show_queries ? "true" : "false"};
    return ask_for_blockers(arena, db, db_sql_blockers, values, 2, out, err);
}

static bool
has_cell(const DbRows *rows, const char *text)
{
    for (size_t row = 0; row < rows->count; row++)
        if (strcmp(db_cell_text(rows, row, 0), text) == 0)
            return true;
    return false;
}

bool
waits_blockers_left(Arena *arena, Db *db, const BlockerList *blockers, BlockerList *out, Error *err)
{
    const char *list = "";
    foreach (blocker, blockers)
        list =
            arena_printf(arena, "%s%s%s", list, list[0] != '\0' ? "," : "", blocker->transaction);
    const char *values[] = {arena_printf(arena, "{%s}", list)};
    DbRows rows;
    *out = (BlockerList){0};
    if (!db_query(arena, db, db_sql_blockers_left, values, 1, &rows, err))
        return error_context(err, "asking who is still in the way");
    foreach (blocker, blockers)
        if (has_cell(&rows, blocker->transaction))
            LIST_APPEND(arena, out, *blocker);
    return true;
}

bool
waits_old_transactions(Arena *arena, Db *db, const char *table, bool builds, bool show_queries,
                       BlockerList *out, Error *err)
{
    const char *values[] = {table, builds ? "true" : "false", show_queries ? "true" : "false"};
    return ask_for_blockers(arena, db, db_sql_old_transactions, values, 3, out, err);
}

bool
waits_progress(Arena *arena, Db *db, int pid, BuildProgress *out, Error *err)
{
    const char *values[] = {db_number(arena, pid)};
    DbRows rows;
    *out = (BuildProgress){.percent = -1};
    if (!db_query(arena, db, db_sql_build_progress, values, 1, &rows, err))
        return error_context(err, "asking how far the index is");
    if (rows.count == 0)
        return true;
    int64_t total = db_cell_int(&rows, 0, 2);
    out->phase = db_cell(&rows, 0, 0);
    out->percent = total > 0 ? db_cell_int(&rows, 0, 1) * 100 / total : -1;
    out->awaited_pid = (int)db_cell_int(&rows, 0, 3);
    return true;
}

bool
waits_doing(Arena *scratch, Db *db, int pid, SessionDoing *out, Error *err)
{
    const char *values[] = {db_number(scratch, pid)};
    DbRows rows;
    if (!db_query(scratch, db, db_sql_what_session_does, values, 1, &rows, err))
        return error_context(err, "asking what the session does");
    *out = SESSION_WORKS;
    if (rows.count == 0 || db_cell_bool(&rows, 0, 0))
        *out = SESSION_WAITS_FOR_CLIENT;
    else if (db_cell_bool(&rows, 0, 1))
        *out = SESSION_WAITS_FOR_STANDBY;
    return true;
}

bool
waits_end_session(Db *db, int pid, Error *err)
{
    Arena *scratch = arena_new();
    const char *values[] = {db_number(scratch, pid)};
    bool ok = db_query(scratch, db, db_sql_end_deaf_session, values, 1, NULL, err) ||
              error_context(err, "ending the session whose connection is dead");
    arena_free(scratch);
    return ok;
}

bool
waits_cancel(Arena *arena, Db *db, CancelOrder order, const char **how, Error *err)
{
    const char *values[] = {db_number(arena, order.pid), db_number(arena, order.waiting_pid),
                            db_number(arena, order.older_than_ms),
                            order.idle_only ? "true" : "false",
                            order.waiting_pid == 0 ? "true" : "false"};
    DbRows rows;
    *how = NULL;
    if (!db_query(arena, db, db_sql_cancel_blocker, values, 5, &rows, err))
        return false;
    if (rows.count > 0 && db_cell_bool(&rows, 0, 1))
        *how = db_cell(&rows, 0, 0);
    return true;
}
