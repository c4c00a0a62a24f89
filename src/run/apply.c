/* SPDX-License-Identifier: MIT */
#include "run/apply.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "db/interrupt.h"
#include "run/attempt.h"
#include "run/backoff.h"
#include "run/plain.h"
#include "run/snapshots.h"
#include "run/timeouts.h"
#include "run/transaction.h"

/* ---- a segment that is a statement outside of one */

/* Takes away what a failed statement left. `err` stays the error of the statement. */
static void
clean_up(Attempt *attempt, size_t index, const OutsideState *state, Error *err)
{
    RunSession *session = attempt->session;
    const Segment *segment = &attempt->work->segments.items[index];
    const Statement *statement = &attempt->work->script->statements.items[segment->first];
    Error problem = {0};
    Remains remains = REMAINS_UNKNOWN;
    attempt->can_go_on = false;
    if (db_is_lost(session->db))
        return;
    session_expect(session, 0);
    bool looked =
        db_execute(session->db, "SET SESSION lock_timeout = 0", &problem) &&
        outside_clean_up(attempt->arena, session->db, statement, state, &remains, &problem);
    attempt->can_go_on = looked && remains == REMAINS_BEGUN;
    if (looked && remains == REMAINS_NOTHING &&
        record_step(attempt, index, STEP_FAILED, &problem)) {
        attempt->is_unsettled = false;
        return;
    }
    if (problem.kind != ERROR_NONE)
        error_detail(err, "cleaning up failed too: %s", problem.message);
}

/* A signal that came too late for the statement must not keep us from its outcome. */
static bool
verify(Attempt *attempt, const Statement *statement, const OutsideState *state, Error *err)
{
    session_shield(attempt->session, true);
    bool ok = outside_verify(attempt->arena, attempt->session->db, statement, state, err);
    session_shield(attempt->session, false);
    return ok;
}

static bool
run_outside(Attempt *attempt, size_t index, Error *err)
{
    RunSession *session = attempt->session;
    const Work *work = attempt->work;
    const Segment *segment = &work->segments.items[index];
    const Statement *statement = &work->script->statements.items[segment->first];
    OutsideState state = {.lock_timeout_ms = session->options->lock_timeout_ms};
    session_expect(session, 0);
    if (!snapshots_wait(attempt, segment->first, err))
        return false;
    /* Nothing has been sent yet: what prepare finds is recorded as nobody's doing. */
    if (!session_check_lock(session, err) ||
        !outside_prepare(attempt->arena, session->db, statement, &state, err) ||
        !record_step(attempt, index, STEP_RUNNING, err))
        return false;
    session_reached(session, POINT_INTENT_RECORDED);
    attempt->is_unsettled = true;
    watch_begin(session, timeouts_max_hold(work, segment, session->options));
    bool ok = (state.is_done || send_statement(attempt, segment->first, err)) &&
              verify(attempt, statement, &state, err);
    if (!ok) {
        watch_explain(session, err);
        clean_up(attempt, index, &state, err);
        return false;
    }
    session_reached(session, POINT_BEFORE_OUTCOME);
    if (!record_step(attempt, index, STEP_DONE, err))
        return false;
    attempt->is_unsettled = false;
    session_reached(session, POINT_AFTER_OUTCOME);
    return true;
}

/* ---- what an earlier attempt left */

static bool
refuse_to_decide(Attempt *attempt, size_t index, Error *err)
{
    const Work *work = attempt->work;
    const Segment *segment = &work->segments.items[index];
    const Statement *statement = &work->script->statements.items[segment->first];
    const char *version = work->item->version;
    error_set(err, ERROR_HALF_DONE,
              "%s: the run that sent this statement (%s) died before it "
              "learned the outcome, and the catalog does not tell",
              work_place(attempt->arena, work, statement->span.start), statement->kind);
    return error_hint(
        err,
        "Look whether it has had its effect, then run `lockstep repair --done %s:%zu` "
        "or, where it has had none, `lockstep repair --failed %s:%zu`.",
        version, index + 1, version, index + 1);
}

/* A statement whose end nobody has seen: the catalog knows. */
static bool
settle_running(Attempt *attempt, size_t index, bool *done, Error *err)
{
    RunSession *session = attempt->session;
    const Segment *segment = &attempt->work->segments.items[index];
    const Statement *statement = &attempt->work->script->statements.items[segment->first];
    Decision decision;
    *done = false;
    attempt->is_unsettled = true;
    session_expect(session, 0);
    const char *since;
    if (!history_step_transaction(attempt->arena, session->db, session->options->history_schema,
                                  attempt->work->attempt, index + 1, &since, err) ||
        !outside_decide(attempt->arena, session->db, statement, since, &decision, err))
        return false;
    if (decision == DECISION_UNKNOWN)
        return refuse_to_decide(attempt, index, err);
    attempt->is_unsettled = false;
    *done = decision == DECISION_DONE;
    if (!*done)
        return true;
    if (!record_step(attempt, index, STEP_DONE, err))
        return false;
    session_reached(session, POINT_AFTER_OUTCOME);
    return true;
}

static bool
skip_segment(Attempt *attempt, size_t index, Error *err)
{
    const Segment *segment = &attempt->work->segments.items[index];
    for (size_t i = 0; i < segment->count; i++)
        if (!send_skipped(attempt, segment->first + i, err))
            return false;
    attempt->segments_done++;
    return true;
}

/* ---- trying again */

static bool
may_try_again(const Attempt *attempt, const Error *err)
{
    return err->kind == ERROR_SERVER && retry_helps(err->sqlstate) &&
           (!attempt->is_unsettled || attempt->can_go_on) && !db_is_lost(attempt->session->db);
}

static void
note_failed_attempt(Attempt *attempt, const Error *err)
{
    bool is_lock =
        err->kind == ERROR_LOCK || (err->kind == ERROR_SERVER && retry_helps(err->sqlstate));
    if (is_lock)
        LIST_APPEND(attempt->session->arena, &attempt->failed, watch_report(attempt->session, err));
}

static bool
run_segment(Attempt *attempt, size_t index, Error *err)
{
    const RunOptions *options = attempt->session->options;
    const Segment *segment = &attempt->work->segments.items[index];
    RetryPolicy policy = {.base_ms = options->retry_base_ms,
                          .cap_ms = options->retry_cap_ms,
                          .budget_ms = options->retry_budget_ms};
    Retry retry;
    int64_t began = duration_clock_ms();
    retry_begin(&retry, policy, attempt->session->seed);
    for (;;) {
        attempt->options.lock_timeout_ms = backoff_patience(attempt->session, &retry);
        bool ok = segment->in_transaction ? transaction_run(attempt, index, err)
                                          : run_outside(attempt, index, err);
        if (attempt->tries < retry.failures + 1)
            attempt->tries = retry.failures + 1;
        attempt->session->seed = retry.random;
        if (ok)
            break;
        note_failed_attempt(attempt, err);
        if (!may_try_again(attempt, err) || !backoff_wait(attempt, &retry, began, err))
            return false;
    }
    attempt->segments_done++;
    return true;
}

/* ---- the whole */

/* As far as it can be seen without running it. */
static bool
discards_prepared(const Work *work)
{
    foreach (statement, &work->script->statements)
        if (strcmp(statement->kind, "DEALLOCATE") == 0 || strcmp(statement->kind, "DISCARD") == 0)
            return true;
    return false;
}

static bool
run_segments(Attempt *attempt, Error *err)
{
    const Work *work = attempt->work;
    bool begins_inside = work->segments.count > 0 && work->segments.items[0].in_transaction;
    if ((!begins_inside || work->event.resumed) &&
        !(record_begun(attempt, err) && send_reset(attempt, err)))
        return false;
    for (size_t i = 0; i < work->segments.count; i++) {
        bool done = work->has_state[i] && work->states[i] == STEP_DONE;
        bool unknown = work->has_state[i] && work->states[i] == STEP_RUNNING;
        if (unknown && !settle_running(attempt, i, &done, err))
            return false;
        if (!(done ? skip_segment(attempt, i, err) : run_segment(attempt, i, err)))
            return false;
    }
    if (attempt->is_recorded)
        return true;
    session_reached(attempt->session, POINT_BEFORE_HISTORY_ROW);
    if (!record_done(attempt, err))
        return false;
    session_reached(attempt->session, POINT_AFTER_HISTORY_ROW);
    return true;
}

/* A procedure that commits, which no reading of the file alone can tell. */
static void
tell_way_outside(Error *err)
{
    bool needs_none = strcmp(err->sqlstate, "2D000") == 0 || strcmp(err->sqlstate, "25001") == 0;
    if (err->kind == ERROR_SERVER && needs_none)
        error_hint(err, "Put the statement into a migration of its own with the line `-- lockstep: "
                        "no-transaction` at its top: then it runs outside of a transaction.");
}

/* The error of a statement becomes the error of the migration: what matters now is what is left of
 * it. */
static void
classify(const Attempt *attempt, Error *err)
{
    bool left = attempt->segments_done > 0 || attempt->is_unsettled;
    bool was_stopped = err->kind == ERROR_INTERRUPTED || err->kind == ERROR_TERMINATED;
    if (left && was_stopped)
        error_context(err, "%s stopped half way", attempt->work->path);
    if (left && (err->hint[0] == '\0' || err->kind == ERROR_SERVER))
        error_hint(err,
                   "%s%sMend what is wrong and run `lockstep %s` again: it goes on where it "
                   "stopped.",
                   err->hint, err->hint[0] != '\0' ? " " : "",
                   direction_words(attempt->work->event.direction));
    if (was_stopped || err->kind == ERROR_DRIFT || err->kind == ERROR_GATE)
        return;
    if (left)
        err->kind = ERROR_HALF_DONE;
    else if (err->kind == ERROR_SERVER)
        err->kind = retry_helps(err->sqlstate) ? ERROR_LOCK : ERROR_MIGRATION;
}

static void
name_blockers(const Attempt *attempt, Error *err)
{
    const BlockerList *blockers = &attempt->session->watch.blockers;
    if (strcmp(err->sqlstate, "55P03") != 0 || blockers->count == 0)
        return;
    const Blocker *first = &blockers->items[0];
    if (first->pid == 0)
        error_detail(err, "in the way: the prepared transaction %s since %" PRId64 " s",
                     first->application, first->age_ms / 1000);
    else
        error_detail(err, "in the way: pid %d (%s, %s) since %" PRId64 " s: %s", first->pid,
                     first->application[0] != '\0' ? first->application : "unnamed", first->state,
                     first->age_ms / 1000,
                     first->query[0] != '\0' ? first->query : "(statement not shown)");
}

static void
start(Attempt *attempt)
{
    RunSession *session = attempt->session;
    attempt->runs_code =
        session->may_fire || attempt->work->is_stepped || !plain_is(attempt->work->script);
    if (session->observer.migration_started != NULL)
        session->observer.migration_started(session->observer.context, &attempt->work->event);
    session->is_clean = false;
}

bool
apply_migration(RunSession *session, Work *work, MigrationResult *result, Error *err)
{
    Attempt attempt = {.session = session,
                       .work = work,
                       .arena = arena_new(),
                       .options = *session->options,
                       .began_ms = duration_clock_ms(),
                       .is_reset = session->is_clean,
                       .shuns_kept = discards_prepared(work)};
    start(&attempt);
    bool ok = run_segments(&attempt, err);
    if (!ok) {
        name_blockers(&attempt, err);
        tell_way_outside(err);
        classify(&attempt, err);
    }
    *result = (MigrationResult){.version = work->item->version,
                                .version_text = work->item->version_text,
                                .name = work->item->name,
                                .direction = work->event.direction,
                                .done = ok,
                                .from_history = work->event.from_history,
                                .duration_ms = duration_clock_ms() - attempt.began_ms,
                                .attempts = attempt.tries > 0 ? attempt.tries : 1,
                                .failed_attempts = attempt.failed};
    if (!ok)
        record_failure(&attempt, err);
    else if (!attempt.is_told_done)
        record_written(session);
    if (session->observer.migration_finished != NULL)
        session->observer.migration_finished(session->observer.context, result, ok ? NULL : err);
    arena_free(attempt.arena);
    return ok;
}
