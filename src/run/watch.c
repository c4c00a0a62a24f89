/* SPDX-License-Identifier: MIT */
#include "run/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "run/cancel.h"
#include "run/session.h"

#define FIRST_LOOK_MS 100
#define NEXT_LOOKS_MS 100 /* during the first second, while it waits */
#define LATER_LOOKS_MS 250
#define WORKING_LOOKS_MS 500
#define CONCURRENT_LOOKS_MS 1000 /* it may take hours */
#define TELL_EVERY_MS 1000
#define CANCEL_AGAIN_MS 1000
#define ANSWER_WITHIN_MS 2000

/* ---- the second connection */

static void
prepare(const RunSession *session)
{
    Error ignored = {0};
    Db *db = session->watch.db;
    db_shield(db, true);
    db_set_deadline(db, ANSWER_WITHIN_MS);
    /* Who connected may see more of the others than the role that the files run as. */
    if (session->options->role != NULL)
        (void)!db_execute(db, "RESET ROLE", &ignored);
}

void
watch_open(RunSession *session)
{
    Watch *watch = &session->watch;
    Error reason = {0};
    /* Behind a pooler nobody knows which process is ours. */
    if (db_is_pooled(session->db))
        return;
    if (!db_open_again(session->db, &watch->db, &reason)) {
        session_note(session, "no second connection, so sessions in the way cannot be shown: %s",
                     reason.message);
        return;
    }
    prepare(session);
}

bool
watch_open_meanwhile(RunSession *session, int64_t within_ms)
{
    Error ignored = {0};
    if (!db_open_meanwhile(session->db, within_ms, &session->watch.db, &ignored))
        return false;
    prepare(session);
    return true;
}

void
watch_close(Watch *watch)
{
    db_close(watch->db);
    arena_free(watch->arena);
    *watch = (Watch){0};
}

void
watch_give_up(RunSession *session, const Error *reason)
{
    Watch *watch = &session->watch;
    db_close(watch->db);
    watch->db = NULL;
    session_note(session, "the second connection is given up, so nobody sees who is in the way: %s",
                 reason->message);
}

/* ---- what is held */

static bool
is_foreseen_strong(const Watch *watch)
{
    const TimeoutClass *class = &watch->statement.class;
    return class->kind == TIMEOUT_STRONG && class->relation != NULL;
}

/* When it was last seen waiting it had not got its lock; else it may have had it from the start. */
static void
note_held(Watch *watch, LockLevel level, const char *relation)
{
    if (watch->held_since_ms == 0)
        watch->held_since_ms =
            watch->waited_ms > watch->began_ms ? watch->waited_ms : watch->began_ms;
    watch->held = level;
    snprintf(watch->held_on, sizeof watch->held_on, "%s", relation);
}

static void
note_foreseen(Watch *watch)
{
    if (watch->held_since_ms == 0 && is_foreseen_strong(watch))
        note_held(watch, watch->statement.class.level, watch->statement.class.relation);
}

void
watch_begin(RunSession *session, int64_t max_hold_ms)
{
    Watch *watch = &session->watch;
    watch->max_hold_ms = max_hold_ms;
    watch->held_since_ms = 0;
    watch->stop = WATCH_GOES_ON;
}

void
session_watch(RunSession *session, const StatementEvent *statement)
{
    Watch *watch = &session->watch;
    if (watch->is_on)
        note_foreseen(watch);
    watch->is_on = statement != NULL;
    if (statement == NULL)
        return;
    watch->statement = *statement;
    watch->began_ms = duration_clock_ms();
    watch->next_ms = watch->began_ms + FIRST_LOOK_MS;
    watch->waited_ms = watch->told_ms = 0;
    watch->sample = (WaitSample){0};
    watch->queued = watch->queued_ms = 0;
    watch->blockers = (BlockerList){0};
}

/* ---- looking */

static void
tell_blockers(RunSession *session, int64_t now)
{
    Watch *watch = &session->watch;
    if (watch->blockers.count == 0 || (watch->told_ms != 0 && now - watch->told_ms < TELL_EVERY_MS))
        return;
    watch->told_ms = now;
    if (session->observer.lock_waiting != NULL)
        session->observer.lock_waiting(session->observer.context, &watch->statement,
                                       &watch->blockers);
}

static void
note_sample(Watch *watch, const WaitSample *sample, int64_t now)
{
    watch->sample = *sample;
    watch->sample.awaited = watch->sample.stopped = NULL;
    if (sample->held != LOCK_NONE)
        note_held(watch, sample->held, sample->stopped);
    else
        watch->held_since_ms = 0;
    if (sample->waits)
        watch->waited_ms = now;
    if (sample->queued > watch->queued)
        watch->queued = sample->queued;
    if (sample->queued_ms > watch->queued_ms)
        watch->queued_ms = sample->queued_ms;
}

/* What was seen stays until it is seen anew: a last look that finds nobody in the way any more does
 * not take away who was. */
static bool
ask(RunSession *session, int64_t now, Error *err)
{
    Watch *watch = &session->watch;
    int pid = db_backend_pid(session->db);
    Arena *arena = arena_new();
    BlockerList blockers = {0};
    WaitSample sample;
    bool ok = waits_sample(arena, watch->db, pid, &sample, err);
    if (ok)
        note_sample(watch, &sample, now);
    ok = ok && (!sample.waits || waits_blockers(arena, watch->db, pid,
                                                session->options->show_queries, &blockers, err));
    if (blockers.count == 0) {
        arena_free(arena);
        return ok;
    }
    arena_free(watch->arena);
    watch->arena = arena;
    watch->blockers = blockers;
    cancel_blockers(session, watch->db, &blockers, true);
    return true;
}

/* What the statement does is not known here; where it builds no index, there is nothing to tell. */
static bool
tell_progress(RunSession *session, Error *err)
{
    Watch *watch = &session->watch;
    if (session->observer.progressed == NULL || strstr(watch->statement.kind, "INDEX") == NULL)
        return true;
    Arena *arena = arena_new();
    BuildProgress progress;
    bool ok = waits_progress(arena, watch->db, db_backend_pid(session->db), &progress, err);
    if (ok && progress.phase != NULL)
        session->observer.progressed(session->observer.context, &watch->statement, &progress);
    arena_free(arena);
    return ok;
}

static int64_t
pause_after(const Watch *watch, int64_t now)
{
    if (watch->statement.class.kind == TIMEOUT_CONCURRENT)
        return CONCURRENT_LOOKS_MS;
    if (!watch->sample.waits)
        return WORKING_LOOKS_MS;
    return now - watch->began_ms < 1000 ? NEXT_LOOKS_MS : LATER_LOOKS_MS;
}

static void
look(RunSession *session, int64_t now)
{
    Watch *watch = &session->watch;
    Error problem = {0};
    /* Behind a pooler nobody knows which session does the work. */
    if (watch->db == NULL || db_is_pooled(session->db)) {
        note_foreseen(watch);
    } else if (ask(session, now, &problem) && tell_progress(session, &problem)) {
        tell_blockers(session, now);
    } else {
        watch_give_up(session, &problem);
    }
    watch->next_ms = duration_clock_ms() + pause_after(watch, now);
}

/* ---- stopping */

/* A statement that may wait for long holds nothing that stops the application meanwhile. */
static bool
is_held_too_long(RunSession *session)
{
    Watch *watch = &session->watch;
    int64_t now = duration_clock_ms();
    if (watch->max_hold_ms == 0 || watch->held_since_ms == 0 ||
        now - watch->held_since_ms <= watch->max_hold_ms)
        return false;
    /* What was foreseen need not have come true, and ROLLBACK TO gives locks back. */
    look(session, now);
    return watch->held_since_ms != 0;
}

static void
stop(Watch *watch, WatchStop why, int64_t after_ms)
{
    watch->stop = why;
    watch->stopped_ms = duration_clock_ms();
    watch->stopped_after_ms = after_ms;
    watch->stopped_waiting = watch->is_on && watch->sample.waits;
}

/* What lets the application go on may stop it at its end: DETACH CONCURRENTLY wants the partition
 * for itself then, with no lock_timeout that could tell this wait from the long one before
 * (tablecmds.c, ATExecDetachPartition). */
static bool
lets_others_go_on(const Watch *watch)
{
    return watch->statement.class.kind == TIMEOUT_CONCURRENT &&
           !(watch->sample.waits && lock_blocks_writes(watch->sample.wanted));
}

static void
check(RunSession *session)
{
    Watch *watch = &session->watch;
    if (lets_others_go_on(watch))
        return;
    int64_t limit = session->options->max_queue;
    if (limit > 0 && watch->sample.queued > limit)
        stop(watch, WATCH_QUEUE_TOO_LONG, watch->sample.queued_ms);
    else if (is_held_too_long(session))
        stop(watch, WATCH_HELD_TOO_LONG, duration_clock_ms() - watch->held_since_ms);
    if (watch->stop != WATCH_GOES_ON)
        db_cancel(session->db);
}

void
watch_tick(RunSession *session)
{
    Watch *watch = &session->watch;
    int64_t now = duration_clock_ms();
    if (now - watch->began_ms < FIRST_LOOK_MS)
        return;
    if (watch->stop != WATCH_GOES_ON) {
        if (now - watch->stopped_ms < CANCEL_AGAIN_MS)
            return;
        watch->stopped_ms = now;
        db_cancel(session->db);
        return;
    }
    if (watch->is_on && now >= watch->next_ms)
        look(session, now);
    check(session);
}

/* ---- saying why */

static const char *
place(const RunSession *session)
{
    const StatementEvent *statement = &session->watch.statement;
    return arena_printf(session->arena, "%s:%zu", statement->migration->path, statement->line);
}

static void
explain_hold(const RunSession *session, Error *err)
{
    const Watch *watch = &session->watch;
    char held[DURATION_SIZE];
    char limit[DURATION_SIZE];
    error_set(err, watch->stopped_waiting ? ERROR_SERVER : ERROR_LOCK,
              "%s: stopped during %s, because %s on %s was held for %s, longer than max-hold (%s), "
              "and blocks %s",
              place(session), watch->statement.kind, lock_words(watch->held), watch->held_on,
              duration_print((long)(watch->stopped_after_ms / 100 * 100), held),
              duration_print((long)watch->max_hold_ms, limit), lock_blocks(watch->held));
    if (watch->stopped_waiting)
        error_detail(err, "it waited for a further lock meanwhile");
    error_hint(err,
               "Put what takes long into a migration of its own or write it as `lockstep lint` "
               "proposes; to allow it, raise --max-hold, or write `-- lockstep: max-hold "
               "DURATION` before the statement.");
}

static void
explain_queue(const RunSession *session, Error *err)
{
    const Watch *watch = &session->watch;
    char waited[DURATION_SIZE];
    error_set(err, ERROR_SERVER,
              "%s: stopped during %s, because %" PRId64 " sessions queued behind it, more than "
              "max-queue (%" PRId64 "), the first of them for %s",
              place(session), watch->statement.kind, watch->queued, session->options->max_queue,
              duration_print((long)watch->stopped_after_ms, waited));
    error_hint(err, "Try when fewer sessions are at work, or let more of them wait with "
                    "--max-queue.");
}

/* The server has stopped what lets the application go on, after the time that we gave it. */
static void
explain_timeout(const RunSession *session, Error *err)
{
    const Watch *watch = &session->watch;
    int64_t limit = session->options->concurrent_timeout_ms;
    if (watch->statement.class.kind != TIMEOUT_CONCURRENT || limit == 0 ||
        duration_clock_ms() - watch->began_ms < limit)
        return;
    char text[DURATION_SIZE];
    error_set(err, ERROR_LOCK, "%s: %s was not through within concurrent-timeout (%s)",
              place(session), watch->statement.kind, duration_print((long)limit, text));
    error_hint(err, "Run again when the server has less to do or nobody is in the way, or give it "
                    "more time with --concurrent-timeout.");
}

void
watch_explain(RunSession *session, Error *err)
{
    const Watch *watch = &session->watch;
    if (strcmp(err->sqlstate, "57014") != 0 || err->kind != ERROR_SERVER)
        return;
    switch (watch->stop) {
    case WATCH_GOES_ON:
        explain_timeout(session, err);
        return;
    case WATCH_HELD_TOO_LONG:
        explain_hold(session, err);
        break;
    case WATCH_QUEUE_TOO_LONG:
        explain_queue(session, err);
        break;
    }
    /* What retry_helps() knows as a lock that was not to be had. */
    if (err->kind == ERROR_SERVER)
        memcpy(err->sqlstate, "55P03", sizeof "55P03");
}

bool
watch_allows(RunSession *session, Error *err)
{
    Watch *watch = &session->watch;
    if (watch->stop == WATCH_GOES_ON && !is_held_too_long(session))
        return true;
    if (watch->stop == WATCH_GOES_ON)
        stop(watch, WATCH_HELD_TOO_LONG, duration_clock_ms() - watch->held_since_ms);
    error_set(err, ERROR_SERVER, "stopped");
    memcpy(err->sqlstate, "57014", sizeof "57014");
    watch_explain(session, err);
    return false;
}

/* ---- the report */

void
watch_saw(RunSession *session, const StatementEvent *statement, const BlockerList *blockers)
{
    Watch *watch = &session->watch;
    session_watch(session, statement);
    session_watch(session, NULL);
    arena_free(watch->arena);
    watch->arena = arena_new();
    foreach (blocker, blockers)
        LIST_APPEND(watch->arena, &watch->blockers, blocker_copy(watch->arena, blocker));
}

FailedAttempt
watch_report(const RunSession *session, const Error *err)
{
    const Watch *watch = &session->watch;
    FailedAttempt report = {.message = arena_strdup(session->arena, err->message),
                            .sqlstate = arena_strdup(session->arena, err->sqlstate),
                            .queued = watch->queued,
                            .queued_ms = watch->queued_ms};
    foreach (blocker, &watch->blockers)
        LIST_APPEND(session->arena, &report.blockers, blocker_copy(session->arena, blocker));
    return report;
}
