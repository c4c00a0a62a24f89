/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "run/attempt.h"
#include "run/timeouts.h"

/* Byte offset of a position that the server counts in characters from 1. */
static size_t
offset_of(const Work *work, Span span, size_t position)
{
    size_t at = span.start;
    for (size_t i = 1; i < position && at < span.end; i++) {
        at++;
        while (at < span.end && ((unsigned char)work->text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static bool
place_error(Attempt *attempt, size_t index, Error *err)
{
    if (err->kind != ERROR_SERVER && err->kind != ERROR_MIGRATION)
        return false;
    const Work *work = attempt->work;
    Span span = work->script->statements.items[index].span;
    size_t offset = offset_of(work, span, db_error_position(attempt->session->db));
    return error_context(err, "%s", work_place(attempt->arena, work, offset));
}

/* In a transaction a timeout goes with it, outside it has to be put in place for each statement. */
static bool
set_timeout(Attempt *attempt, const char *name, int64_t timeout, bool is_local, Error *err)
{
    const char *sql = arena_printf(attempt->arena, "SET %s %s = %" PRId64,
                                   is_local ? "LOCAL" : "SESSION", name, timeout);
    return db_execute(attempt->session->db, sql, err);
}

static bool
set_outside_timeouts(Attempt *attempt, size_t index, Error *err)
{
    PlannedStatement planned = timeouts_of(attempt->work, index, attempt->session->options);
    return set_timeout(attempt, "lock_timeout", planned.lock_timeout_ms, false, err) &&
           set_timeout(attempt, "statement_timeout", planned.statement_timeout_ms, false, err);
}

/* `after`: back to what the run asked for. */
static bool
set_inside_timeouts(Attempt *attempt, size_t index, bool after, Error *err)
{
    const RunOptions *options = attempt->session->options;
    int64_t lock = work_timeout(attempt->work, index, DIRECTIVE_LOCK_TIMEOUT);
    int64_t statement = work_timeout(attempt->work, index, DIRECTIVE_STATEMENT_TIMEOUT);
    return (lock < 0 || set_timeout(attempt, "lock_timeout",
                                    after ? options->lock_timeout_ms : lock, true, err)) &&
           (statement < 0 ||
            set_timeout(attempt, "statement_timeout",
                        after ? options->statement_timeout_ms : statement, true, err));
}

static bool
send_text(Attempt *attempt, size_t index, Error *err)
{
    const Work *work = attempt->work;
    Span data = work->script->statements.items[index].copy_data;
    const char *sql = work_statement_text(attempt->arena, work, index);
    Db *db = attempt->session->db;
    return db_copy_in(db, sql, work->text + data.start, data.end - data.start, err) ||
           place_error(attempt, index, err);
}

bool
send_statement(Attempt *attempt, size_t index, Error *err)
{
    RunSession *session = attempt->session;
    StatementEvent event = work_statement_event(attempt->arena, attempt->work, index);
    bool ok = event.in_transaction ? set_inside_timeouts(attempt, index, false, err)
                                   : set_outside_timeouts(attempt, index, err);
    if (!ok)
        return false;
    if (session->observer.statement_started != NULL)
        session->observer.statement_started(session->observer.context, &event);
    session_reached(session, POINT_BEFORE_STATEMENT);
    if (!watch_allows(session, err))
        return false;
    session_watch(session, &event);
    int64_t began = duration_clock_ms();
    ok = send_text(attempt, index, err);
    session_watch(session, NULL);
    if (!ok || (event.in_transaction && !set_inside_timeouts(attempt, index, true, err)))
        return false;
    session_reached(session, POINT_AFTER_STATEMENT);
    if (session->observer.statement_finished != NULL)
        session->observer.statement_finished(session->observer.context, &event,
                                             duration_clock_ms() - began);
    return true;
}

bool
send_skipped(Attempt *attempt, size_t index, Error *err)
{
    RunSession *session = attempt->session;
    const Statement *statement = &attempt->work->script->statements.items[index];
    StatementEvent event = work_statement_event(attempt->arena, attempt->work, index);
    event.skipped = true;
    if (session->observer.statement_started != NULL)
        session->observer.statement_started(session->observer.context, &event);
    const Op *op = &statement->ops.items[0];
    bool sets_session = op->kind == OP_SET_VARIABLE && !op->set.is_local;
    return !sets_session || send_text(attempt, index, err);
}

bool
send_control(Attempt *attempt, const char *sql, Error *err)
{
    return db_execute(attempt->session->db, sql, err);
}
