/* SPDX-License-Identifier: MIT */
#include "db/db.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "db/db_internal.h"
#include "db/interrupt.h"

#include "db_sql.h"

#define TICK_MS 100
#define COPY_CHUNK 65536
#define SIGNALS_UNTIL_GIVING_UP 3

void
db_set_hooks(Db *db, const DbHooks *hooks)
{
    db->hooks = hooks != NULL ? *hooks : (DbHooks){0};
}

void
db_shield(Db *db, bool on)
{
    db->shielded = on;
}

void
db_set_deadline(Db *db, int64_t milliseconds)
{
    db->deadline_ms = milliseconds;
}

void
db_still_works(Db *db)
{
    db->works_ms = duration_clock_ms();
}

int64_t
db_quiet_ms(const Db *db)
{
    return duration_clock_ms() - db->heard_ms;
}

void
db_give_up(Db *db, const char *why)
{
    db->abandoned = true;
    snprintf(db->why, sizeof db->why, "%s", why);
}

bool
db_connection_error(const Db *db, Error *err, const char *what)
{
    char text[900];
    snprintf(text, sizeof text, "%s", db->pq->PQerrorMessage(db->connection));
    (void)error_set(err, ERROR_CONNECTION, "%s", what);
    char *rest = text;
    const char *joint = ": ";
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        line += strspn(line, " \t");
        if (line[0] == '\0')
            continue;
        (void)error_set(err, ERROR_CONNECTION, "%s%s%s", err->message, joint, line);
        joint = "; ";
    }
    return false;
}

bool
db_lost(Db *db, Error *err)
{
    return db_connection_error(db, err, "the connection to the server was lost");
}

/* That it fails is no error: the wait goes on, and whoever wants it stopped asks again. */
void
db_cancel(Db *db)
{
    char ignored[256];
    PGcancel *cancel = db->pq->PQgetCancel(db->connection);
    if (cancel != NULL) {
        (void)db->pq->PQcancel(cancel, ignored, (int)sizeof ignored);
        db->pq->PQfreeCancel(cancel);
    }
}

static bool
is_overdue(const Db *db)
{
    int64_t since = db->works_ms > db->started_ms ? db->works_ms : db->started_ms;
    return db->deadline_ms > 0 && duration_clock_ms() - since > db->deadline_ms;
}

static void
call_hooks(const Db *db)
{
    int64_t elapsed = duration_clock_ms() - db->started_ms;
    if (elapsed < TICK_MS)
        return;
    if (db->hooks.tick != NULL && !db->shielded)
        db->hooks.tick(db->hooks.context, elapsed);
    if (db->hooks.look != NULL)
        db->hooks.look(db->hooks.context);
}

bool
db_wait_socket(Db *db, short events, Error *err)
{
    int signals = interrupt_count();
    if (signals >= SIGNALS_UNTIL_GIVING_UP && interrupt_pending()) {
        db->abandoned = true;
        return interrupt_error(err);
    }
    if (interrupt_pending() && !db->shielded && signals > db->cancels_sent) {
        db->cancels_sent = signals;
        db_cancel(db);
    }
    if (is_overdue(db)) {
        db->abandoned = true;
        return error_set(err, ERROR_CONNECTION, "the server did not answer in time");
    }
    if (!db_is_wanted(db, err))
        return false;
    int ready = interrupt_wait(db->pq->PQsocket(db->connection), events, TICK_MS);
    if (ready < 0)
        return error_set(err, ERROR_CONNECTION, "cannot wait for the server: %s", strerror(errno));
    if (ready > 0)
        db->heard_ms = duration_clock_ms();
    call_hooks(db);
    return !db->abandoned || error_set(err, ERROR_CONNECTION, "%s", db->why);
}

bool
db_await_result(Db *db, Error *err)
{
    for (;;) {
        int unsent = db->pq->PQflush(db->connection);
        if (unsent < 0)
            return db_lost(db, err);
        if (unsent == 0 && db->pq->PQisBusy(db->connection) == 0)
            return true;
        if (!db_wait_socket(db, unsent != 0 ? POLLIN | POLLOUT : POLLIN, err))
            return false;
        if (db->pq->PQconsumeInput(db->connection) == 0)
            return db_lost(db, err);
    }
}

static const char *
field(const Db *db, const PGresult *result, int code)
{
    const char *value = db->pq->PQresultErrorField(result, code);
    return value != NULL ? value : "";
}

/* The server's refusal as an Error; a statement that we cancelled ourselves is an interruption. */
static void
take_server_error(Db *db, const PGresult *result, Error *err)
{
    const char *sqlstate = field(db, result, PG_DIAG_SQLSTATE);
    if (strcmp(sqlstate, "57014") == 0 && interrupt_pending() && db->cancels_sent > 0) {
        interrupt_accept();
        interrupt_error(err);
        return;
    }
    if (sqlstate[0] == '\0') {
        db_lost(db, err);
        return;
    }
    error_set(err, ERROR_SERVER, "%s", field(db, result, PG_DIAG_MESSAGE_PRIMARY));
    snprintf(err->sqlstate, sizeof err->sqlstate, "%s", sqlstate);
    const char *detail = field(db, result, PG_DIAG_MESSAGE_DETAIL);
    const char *where = field(db, result, PG_DIAG_CONTEXT);
    if (detail[0] != '\0' || where[0] != '\0')
        error_detail(err, "%s%s%s", detail, detail[0] != '\0' && where[0] != '\0' ? "\n" : "",
                     where);
    if (field(db, result, PG_DIAG_MESSAGE_HINT)[0] != '\0')
        error_hint(err, "%s", field(db, result, PG_DIAG_MESSAGE_HINT));
    const char *position = field(db, result, PG_DIAG_STATEMENT_POSITION);
    db->error_position = (size_t)strtoul(position, NULL, 10);
}

/* What a COPY … TO stdout sends has no reader here. */
static bool
discard_copy_out(Db *db, Error *err)
{
    for (;;) {
        char *line = NULL;
        int length = db->pq->PQgetCopyData(db->connection, &line, 1);
        if (line != NULL)
            db->pq->PQfreemem(line);
        if (length == -1)
            return true;
        if (length == -2)
            return true; /* the result that follows says what is wrong */
        if (length > 0)
            continue;
        if (!db_wait_socket(db, POLLIN, err))
            return false;
        if (db->pq->PQconsumeInput(db->connection) == 0)
            return db_lost(db, err);
    }
}

/* Sends the data in pieces. The server may refuse meanwhile: the result that follows tells. */
static bool
send_copy_data(Db *db, const char *data, size_t length, Error *err)
{
    size_t sent = 0;
    while (sent < length && !(interrupt_pending() && !db->shielded)) {
        size_t piece = length - sent < COPY_CHUNK ? length - sent : COPY_CHUNK;
        int queued = db->pq->PQputCopyData(db->connection, data + sent, (int)piece);
        if (queued < 0)
            return db_lost(db, err);
        if (queued > 0)
            sent += piece;
        int unsent = db->pq->PQflush(db->connection);
        if (unsent < 0)
            return db_lost(db, err);
        if (unsent == 0)
            continue;
        if (!db_wait_socket(db, POLLIN | POLLOUT, err))
            return false;
        if (db->pq->PQconsumeInput(db->connection) == 0)
            return db_lost(db, err);
    }
    const char *problem = sent < length ? "interrupted" : NULL;
    for (;;) {
        int queued = db->pq->PQputCopyEnd(db->connection, problem);
        if (queued < 0)
            return db_lost(db, err);
        if (queued > 0)
            return true;
        if (!db_wait_socket(db, POLLIN | POLLOUT, err))
            return false;
    }
}

static void
copy_rows(const Db *db, const PGresult *result, DbReply *reply)
{
    if (reply->rows == NULL)
        return;
    size_t count = (size_t)db->pq->PQntuples(result);
    size_t columns = (size_t)db->pq->PQnfields(result);
    DbRows *rows = reply->rows;
    rows->count = count;
    rows->columns = columns;
    rows->cells = ARENA_ARRAY(reply->arena, const char *, count *columns);
    for (size_t row = 0; row < count; row++)
        for (size_t column = 0; column < columns; column++)
            if (!db->pq->PQgetisnull(result, (int)row, (int)column))
                rows->cells[row * columns + column] =
                    arena_strdup(reply->arena, db->pq->PQgetvalue(result, (int)row, (int)column));
}

static bool
take_result(Db *db, const PGresult *result, DbReply *reply, Error *err)
{
    switch (db->pq->PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
        copy_rows(db, result, reply);
        return true;
    case PGRES_COPY_OUT:
        return discard_copy_out(db, err);
    case PGRES_COPY_IN:
        return send_copy_data(db, reply->copy_data, reply->copy_length, err);
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
        /* The first error is the cause; what follows it is consequence. */
        if (!reply->failed)
            take_server_error(db, result, err);
        reply->failed = true;
        return true;
    case PGRES_PIPELINE_ABORTED:
        reply->failed = true;
        return true;
    default: /* libpq's enumeration: commands without rows, single rows, the empty query */
        return true;
    }
}

bool
db_read_reply(Db *db, DbReply *reply, Error *err)
{
    for (;;) {
        if (!db_await_result(db, err))
            return false;
        PGresult *result = db->pq->PQgetResult(db->connection);
        if (result == NULL)
            break;
        bool usable = take_result(db, result, reply, err);
        db->pq->PQclear(result);
        if (!usable)
            return false;
    }
    if (db->pq->PQstatus(db->connection) == CONNECTION_BAD) {
        if (!reply->failed)
            return db_lost(db, err);
        if (err->kind == ERROR_SERVER)
            err->kind = ERROR_CONNECTION;
    }
    return !reply->failed;
}

bool
db_begin_call(Db *db, Error *err)
{
    db->started_ms = db->heard_ms = duration_clock_ms();
    db->error_position = 0;
    db->cancels_sent = 0;
    if (!db->shielded && !interrupt_check(err))
        return false;
    /* After the user has asked three times, a shield holds nothing back; each call gets its own
     * count. */
    return !db->abandoned || error_set(err, ERROR_CONNECTION, "the connection was given up");
}

bool
db_query(Arena *arena, Db *db, const char *sql, const char *const *values, size_t count,
         DbRows *out, Error *err)
{
    if (out != NULL)
        *out = (DbRows){0};
    if (!db_begin_call(db, err))
        return false;
    if (db->pq->PQsendQueryParams(db->connection, sql, (int)count, NULL, values, NULL, NULL, 0) ==
        0)
        return db_lost(db, err);
    DbReply reply = {.arena = arena, .rows = out, .copy_data = ""};
    return db_read_reply(db, &reply, err);
}

bool
db_execute(Db *db, const char *sql, Error *err)
{
    return db_copy_in(db, sql, "", 0, err);
}

bool
db_copy_in(Db *db, const char *sql, const char *data, size_t length, Error *err)
{
    if (!db_begin_call(db, err))
        return false;
    if (db->pq->PQsendQuery(db->connection, sql) == 0)
        return db_lost(db, err);
    /* Row by row, so that a large SELECT in a migration does not pile up in our memory. */
    (void)db->pq->PQsetSingleRowMode(db->connection);
    DbReply reply = {.copy_data = data, .copy_length = length};
    return db_read_reply(db, &reply, err);
}

const char *
db_cell(const DbRows *rows, size_t row, size_t column)
{
    return rows->cells[row * rows->columns + column];
}

const char *
db_cell_text(const DbRows *rows, size_t row, size_t column)
{
    const char *cell = db_cell(rows, row, column);
    return cell != NULL ? cell : "";
}

int64_t
db_cell_int(const DbRows *rows, size_t row, size_t column)
{
    const char *cell = db_cell(rows, row, column);
    return cell != NULL ? (int64_t)strtoll(cell, NULL, 10) : 0;
}

bool
db_cell_bool(const DbRows *rows, size_t row, size_t column)
{
    const char *cell = db_cell(rows, row, column);
    return cell != NULL && cell[0] == 't';
}

const char *
db_number(Arena *arena, int64_t value)
{
    return arena_printf(arena, "%" PRId64, value);
}

size_t
db_error_position(const Db *db)
{
    return db->error_position;
}

bool
db_is_lost(const Db *db)
{
    return db->abandoned || db->pq->PQstatus(db->connection) == CONNECTION_BAD;
}

bool
db_in_transaction(const Db *db)
{
    PGTransactionStatusType status = db->pq->PQtransactionStatus(db->connection);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}
