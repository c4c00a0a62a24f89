/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "db/batch.h"
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

bool
send_place_error(const Attempt *attempt, size_t index, Error *err)
{
    if (err->kind != ERROR_SERVER && err->kind != ERROR_MIGRATION)
        return false;
    const Work *work = attempt->work;
    Span span = work->script->statements.items[index].span;
    size_t offset = offset_of(work, span, db_error_position(attempt->session->db));
    return error_context(err, "%s", work_place(attempt->arena, work, offset));
}

bool
send_reset(Attempt *attempt, Error *err)
{
    RunSession *session = attempt->session;
    if (attempt->is_reset || db_is_pooled(session->db))
        return true;
    DbCommandList batch = {0};
    SessionReset reset = {0};
    facts_add_reset(attempt->arena, session->db, session->advisory_key, PREPARED_DROP, &reset,
                    &batch);
    if (!db_run_batch(attempt->arena, session->db, &batch, NULL, NULL, err))
        return error_context(err, "putting the session back");
    attempt->is_reset = true;
    return db_cell_bool(&reset.lock, 0, 0) || session_refuse_lost_lock(err);
}

static bool
set_timeout(Attempt *attempt, const char *name, int64_t timeout, Error *err)
{
    const char *sql = arena_printf(attempt->arena, "SET SESSION %s = %" PRId64, name, timeout);
    return db_execute(attempt->session->db, sql, err);
}

static bool
set_outside_timeouts(Attempt *attempt, size_t index, Error *err)
{
    PlannedStatement planned = timeouts_of(attempt->work, index, &attempt->options);
    return set_timeout(attempt, "lock_timeout", planned.lock_timeout_ms, err) &&
           set_timeout(attempt, "statement_timeout", planned.statement_timeout_ms, err);
}

static bool
send_text(Attempt *attempt, size_t index, Error *err)
{
    const Work *work = attempt->work;
    Span data = work->script->statements.items[index].copy_data;
    const char *sql = work_statement_text(attempt->arena, work, index);
    Db *db = attempt->session->db;
    return db_copy_in(db, sql, work->text + data.start, data.end - data.start, err) ||
           send_place_error(attempt, index, err);
}

bool
send_statement(Attempt *attempt, size_t index, Error *err)
{
    RunSession *session = attempt->session;
    StatementEvent event = work_statement_event(attempt->arena, attempt->work, index);
    if (!set_outside_timeouts(attempt, index, err))
        return false;
    if (session->observer.statement_started != NULL)
        session->observer.statement_started(session->observer.context, &event);
    session_reached(session, POINT_BEFORE_STATEMENT);
    if (!watch_allows(session, err))
        return false;
    session_watch(session, &event);
    int64_t began = duration_clock_ms();
    session_expect(session, timeouts_answer_to_one_within(attempt->work, index, session->options));
    bool ok = send_text(attempt, index, err);
    session_expect(session, SESSION_ANSWER_MS);
    session_watch(session, NULL);
    if (!ok)
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
