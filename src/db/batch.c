/* SPDX-License-Identifier: MIT */
#include "db/batch.h"

#include "base/duration.h"
#include "db/db_internal.h"

typedef struct Run {
    Arena *arena;
    Db *db;
    const DbCommandList *batch;
    DbBatchWatch watch;
    size_t failed;    /* the first command that did */
    size_t *prepares; /* of each command: the one in `kept` that is prepared before it */
} Run;

void
db_batch_add(Arena *arena, DbCommandList *batch, const char *sql)
{
    LIST_APPEND(arena, batch, (DbCommand){.sql = sql});
}

static void
tell_awaited(Run *run, size_t index)
{
    run->db->started_ms = duration_clock_ms();
    if (run->watch.awaited != NULL)
        run->watch.awaited(run->watch.context, index);
}

static void
tell_finished(const Run *run, size_t index)
{
    if (run->watch.finished != NULL)
        run->watch.finished(run->watch.context, index);
}

/* ---- one by one */

static bool
run_singly(Run *run, Error *err)
{
    for (size_t i = 0; i < run->batch->count; i++) {
        const DbCommand *command = &run->batch->items[i];
        tell_awaited(run, i);
        if (command->discards)
            db_forget_kept(run->db);
        bool ok = command->is_copy
                      ? db_copy_in(run->db, command->sql, command->data, command->length, err)
                      : db_query(run->arena, run->db, command->sql, command->values, command->count,
                                 command->rows, err);
        if (!ok) {
            run->failed = i;
            return false;
        }
        tell_finished(run, i);
    }
    return true;
}

/* ---- all at once */

static bool
is_last(const Run *run, size_t index)
{
    return index + 1 == run->batch->count;
}

/* To be answered before the command itself. */
static bool
send_preparation(Run *run, size_t index, size_t kept)
{
    DbKept *statement = &run->db->kept[kept];
    if (statement->is_there)
        return true;
    statement->is_there = true;
    run->prepares[index] = kept;
    return run->db->pq->PQsendPrepare(run->db->connection, statement->name, statement->sql, 0,
                                      NULL) == 1;
}

static bool
send_command(Run *run, size_t index)
{
    const Libpq *pq = run->db->pq;
    PGconn *connection = run->db->connection;
    const DbCommand *command = &run->batch->items[index];
    size_t kept =
        command->is_kept && !db_is_pooled(run->db) ? db_keep(run->db, command->sql) : DB_NOT_KEPT;
    if (command->discards)
        db_forget_kept(run->db);
    if (kept == DB_NOT_KEPT)
        return pq->PQsendQueryParams(connection, command->sql, (int)command->count, NULL,
                                     command->values, NULL, NULL, 0) == 1;
    return send_preparation(run, index, kept) &&
           pq->PQsendQueryPrepared(connection, run->db->kept[kept].name, (int)command->count,
                                   command->values, NULL, NULL, 0) == 1;
}

static bool
send_all(Run *run, Error *err)
{
    const Libpq *pq = run->db->pq;
    PGconn *connection = run->db->connection;
    if (pq->PQenterPipelineMode(connection) == 0)
        return db_lost(run->db, err);
    for (size_t i = 0; i < run->batch->count; i++) {
        const DbCommand *command = &run->batch->items[i];
        if (command->rows != NULL)
            *command->rows = (DbRows){0};
        if (command->may_last && pq->PQsendFlushRequest(connection) == 0)
            return db_lost(run->db, err);
        if (!send_command(run, i))
            return db_lost(run->db, err);
        bool ends = command->ends_part || is_last(run, i);
        if (ends && pq->PQpipelineSync(connection) == 0)
            return db_lost(run->db, err);
    }
    return true;
}

/* The answer that says that a part has ended. */
static bool
read_end_of_part(Db *db, Error *err)
{
    if (!db_await_result(db, err))
        return false;
    PGresult *result = db->pq->PQgetResult(db->connection);
    bool ok = db->pq->PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    db->pq->PQclear(result);
    return ok || db_lost(db, err);
}

/* Whether the server has kept what comes before the command. */
static bool
read_preparation(Run *run, size_t index, Error *err)
{
    size_t kept = run->prepares[index];
    DbReply reply = {.copy_data = ""};
    if (kept == DB_NOT_KEPT)
        return true;
    run->prepares[index] = DB_NOT_KEPT;
    run->db->kept[kept].is_there = db_read_reply(run->db, &reply, err);
    return run->db->kept[kept].is_there;
}

/* Reads what is left of a batch that has failed, so that the connection can be used again. */
static bool
read_rest(Run *run, size_t from, Error *err)
{
    for (size_t i = from; i < run->batch->count; i++) {
        DbReply reply = {.copy_data = "", .failed = true};
        bool ends = run->batch->items[i].ends_part || is_last(run, i);
        (void)!read_preparation(run, i, err);
        /* The reply has failed before it is read: what it says is consequence. */
        (void)!db_read_reply(run->db, &reply, err);
        if (db_is_lost(run->db) || (ends && !read_end_of_part(run->db, err)))
            return false;
    }
    return true;
}

static bool
read_command(Run *run, size_t index, Error *err)
{
    Db *db = run->db;
    const DbCommand *command = &run->batch->items[index];
    bool ends = command->ends_part || is_last(run, index);
    DbReply reply = {.arena = run->arena, .rows = command->rows, .copy_data = ""};
    Error ignored;
    if (!read_preparation(run, index, err)) {
        if (!db_is_lost(db))
            (void)!read_rest(run, index, &ignored);
        return false;
    }
    /* Row by row, so that a large SELECT in a migration does not pile up in our memory. */
    if (command->rows == NULL)
        (void)db->pq->PQsetSingleRowMode(db->connection);
    if (db_read_reply(db, &reply, err))
        return true;
    if (!db_is_lost(db) && (!ends || read_end_of_part(db, &ignored)))
        (void)!read_rest(run, index + 1, &ignored);
    return false;
}

static bool
read_all(Run *run, Error *err)
{
    Db *db = run->db;
    for (size_t i = 0; i < run->batch->count; i++) {
        bool ends = run->batch->items[i].ends_part || is_last(run, i);
        tell_awaited(run, i);
        if (!read_command(run, i, err)) {
            run->failed = i;
            return false;
        }
        tell_finished(run, i);
        if (ends && !read_end_of_part(db, err))
            return false;
    }
    return true;
}

static bool
run_pipelined(Run *run, Error *err)
{
    Db *db = run->db;
    if (!db_begin_call(db, err))
        return false;
    run->prepares = ARENA_ARRAY(run->arena, size_t, run->batch->count);
    for (size_t i = 0; i < run->batch->count; i++)
        run->prepares[i] = DB_NOT_KEPT;
    bool ok = send_all(run, err) && read_all(run, err);
    if (db_is_lost(db)) {
        /* The server's last word, and it is of the end of the session. */
        if (!ok && err->kind == ERROR_SERVER)
            err->kind = ERROR_CONNECTION;
        return ok;
    }
    if (db->pq->PQexitPipelineMode(db->connection) == 1)
        return ok;
    db->abandoned = true;
    return ok && db_lost(db, err);
}

bool
db_run_batch(Arena *arena, Db *db, const DbCommandList *batch, const DbBatchWatch *watch,
             size_t *failed, Error *err)
{
    Run run = {.arena = arena, .db = db, .batch = batch, .failed = batch->count};
    if (watch != NULL)
        run.watch = *watch;
    bool has_copy = false;
    foreach (command, batch)
        has_copy = has_copy || command->is_copy;
    bool ok = batch->count == 0 || (has_copy ? run_singly(&run, err) : run_pipelined(&run, err));
    if (failed != NULL)
        *failed = run.failed;
    return ok;
}
