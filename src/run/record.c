/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "run/attempt.h"

#include "version.h"

static HistoryStep
make_step(const Attempt *attempt, size_t segment, StepState state)
{
    const Work *work = attempt->work;
    return (HistoryStep){.attempt = work->attempt,
                         .position = segment + 1,
                         .version = work->item->version,
                         .is_down = work->event.direction == DIRECTION_DOWN,
                         .text_hash = work->hashes[segment],
                         .state = state};
}

void
record_add_step(const Attempt *attempt, size_t segment, DbCommandList *batch, Arena *arena)
{
    const RunSession *session = attempt->session;
    HistoryStep step = make_step(attempt, segment, STEP_DONE);
    history_add_step(arena, session->db, session->options->history_schema, &step, batch);
}

bool
record_step(Attempt *attempt, size_t segment, StepState state, Error *err)
{
    RunSession *session = attempt->session;
    HistoryStep step = make_step(attempt, segment, state);
    session_shield(session, true);
    bool ok = history_record_step(attempt->arena, session->db, session->options->history_schema,
                                  &step, err);
    session_shield(session, false);
    return ok;
}

static HistoryRow
make_row(const Attempt *attempt, AttemptOutcome outcome)
{
    const Work *work = attempt->work;
    return (HistoryRow){.attempt = work->attempt,
                        .run = attempt->session->run,
                        .version = work->item->version,
                        .name = work->item->name,
                        .is_down = work->event.direction == DIRECTION_DOWN,
                        .outcome = outcome,
                        .duration_ms = duration_clock_ms() - attempt->began_ms,
                        .client = attempt->session->client,
                        .tool_version = LOCKSTEP_VERSION,
                        .checksum = work->checksum,
                        .token_checksum = work->token_checksum,
                        .down_sql = work->down_sql,
                        .down_checksum = work->down_checksum,
                        .marker = attempt->session->marker};
}

void
record_add_done(const Attempt *attempt, const HistoryWriting *writing, DbCommandList *batch,
                Arena *arena)
{
    const RunSession *session = attempt->session;
    HistoryRow row = make_row(attempt, ATTEMPT_DONE);
    history_add_row(arena, session->db, session->options->history_schema, &row, writing, batch);
}

bool
record_took_id(RunSession *session, int64_t id)
{
    bool is_next = id == session->next_id;
    session->next_id = is_next ? id + 1 : 0;
    return is_next;
}

static bool
append(Attempt *attempt, const HistoryRow *row, Error *err)
{
    RunSession *session = attempt->session;
    int64_t id = 0;
    session_shield(session, true);
    bool ok = history_append(attempt->arena, session->db, session->options->history_schema, row,
                             &id, err);
    session_shield(session, false);
    (void)record_took_id(session, id);
    return ok;
}

bool
record_done(Attempt *attempt, Error *err)
{
    HistoryRow row = make_row(attempt, ATTEMPT_DONE);
    return append(attempt, &row, err);
}

static bool
append_failure(Attempt *attempt, bool left, const Error *failure, Error *err)
{
    HistoryRow row = make_row(attempt, left ? ATTEMPT_STOPPED : ATTEMPT_FAILED);
    row.sqlstate = failure->sqlstate[0] != '\0' ? failure->sqlstate : NULL;
    row.error = failure->message;
    return append(attempt, &row, err);
}

void
record_failure(Attempt *attempt, const Error *failure)
{
    RunSession *session = attempt->session;
    Error problem = {0};
    bool left = attempt->segments_done > 0 || attempt->is_unsettled;
    bool lost = db_is_lost(session->db);
    bool written = !lost && append_failure(attempt, left, failure, &problem);
    if (!written && !lost)
        session_note(session, "the failure could not be recorded in the history: %s",
                     problem.message);
    /* Without an answer nobody knows: the next run finds it in the history (marker_settle_dead). */
    const char *outcome = lost ? "running" : left ? "stopped" : "failed";
    if (!record_in_journal(attempt, outcome, failure, &problem))
        session_note(session, "%s", problem.message);
    if (written)
        record_written(session);
}

bool
record_begun(Attempt *attempt, Error *err)
{
    if (!attempt->is_announced && !record_in_journal(attempt, "running", NULL, err))
        return false;
    attempt->is_announced = true;
    return true;
}

void
record_written(RunSession *session)
{
    Error problem = {0};
    session->written_ms = duration_clock_ms();
    if (!journal_settle_run(session->journal, session->run, &problem))
        session_note(session, "%s", problem.message);
}

bool
record_in_journal(Attempt *attempt, const char *outcome, const Error *failure, Error *err)
{
    const Work *work = attempt->work;
    bool has_state = failure != NULL && failure->sqlstate[0] != '\0';
    JournalMigration row = {.run = attempt->session->run,
                            .version = work->item->version,
                            .name = work->item->name,
                            .direction = direction_words(work->event.direction),
                            .outcome = outcome,
                            .sqlstate = has_state ? failure->sqlstate : NULL,
                            .error = failure != NULL ? failure->message : NULL};
    return journal_record_migration(attempt->session->journal, &row, err);
}

/* A step that the history shows as done, of an attempt that has no `done` row. */
static bool
step_is_done(const History *history, const char *attempt, size_t position)
{
    foreach (step, &history->open_steps)
        if (step->position == position && strcmp(step->attempt, attempt) == 0)
            return step->state == STEP_DONE;
    return false;
}

bool
record_settle_commit(Attempt *attempt, size_t segment, bool *committed, Error *err)
{
    RunSession *session = attempt->session;
    const char *schema = session->options->history_schema;
    const char *id = attempt->work->attempt;
    if (!session_reconnect(session, err))
        return false;
    if (!history_has_done(attempt->arena, session->db, schema, id, committed, err))
        return false;
    if (*committed || segment + 1 == attempt->work->segments.count)
        return true;
    History history;
    if (!history_load(attempt->arena, session->db, schema, HISTORY_STATE, &history, err))
        return false;
    *committed = step_is_done(&history, id, segment + 1);
    return true;
}
