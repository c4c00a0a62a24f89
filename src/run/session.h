/* SPDX-License-Identifier: MIT */
/*
 * One run's hold on a server: the connection that does the work, a second one that only looks on,
 * the lock that keeps two runs apart, the journal and the observer. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_SESSION_H
#define LOCKSTEP_RUN_SESSION_H

#include "db/db.h"
#include "db/facts.h"
#include "journal/journal.h"
#include "run/run.h"
#include "run/silence.h"
#include "run/watch.h"

typedef struct RunSession {
    Arena *arena; /* of the run */
    const RunOptions *options;
    RunObserver observer; /* functions may be NULL: use the session_tell_…() below */
    Db *db;
    Watch watch;
    Silence silence;
    Journal *journal;
    bool journal_has_run;
    SessionFacts facts;
    RunTarget target;
    const char *run;    /* id */
    const char *client; /* this machine's name */
    const char *marker; /* of this run as JSON, or NULL */
    int64_t advisory_key;
    bool is_locked;
    bool is_clean;   /* nothing has run since it was put back */
    bool may_fire;   /* when last looked for, there were event triggers */
    int64_t next_id; /* as history_next_id() says, for the next row of the history */
    /* When the server has last written to disk for us, by duration_clock_ms(); it writes in order,
     * so all that was committed before is there, too. */
    int64_t written_ms;
    uint64_t seed; /* of the pauses */
    CancelledSessionList cancelled;
    int64_t cancelled_ms; /* when that was last tried, by duration_clock_ms() */
    bool cancel_refused;  /* the server does not let us; that was said */
} RunSession;

/* Fills `session`, which session_close() ends, also after a failure. Connects and checks that this
 * is a place where migrations can be run. */
bool session_open(Arena *arena, const RunOptions *options, const RunObserver *observer,
                  RunSession *session, Error *err) MUST_USE;
void session_close(RunSession *session);

/* ERROR_GATE for a pooler, a standby, a read-only session. */
bool session_check_gates(const RunSession *session, Error *err) MUST_USE;

/* Waits for the lock by trying. ERROR_LOCK names who holds it. */
bool session_lock(RunSession *session, Error *err) MUST_USE;

/* A new connection in the place of one that was lost. Waits for the lock, which the server lets go
 * of when the old session is gone for good. */
bool session_reconnect(RunSession *session, Error *err) MUST_USE;

/* Sees to it that the lock is still ours: a migration may have dropped it (DISCARD ALL). */
bool session_check_lock(RunSession *session, Error *err) MUST_USE;

/* That another run has taken the lock meanwhile, as an ERROR_GATE; returns false. */
bool session_refuse_lost_lock(Error *err);

void session_reached(const RunSession *session, RunPoint point);
void session_note(const RunSession *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* While it is on, signals do not stop what is under way: for COMMIT and bookkeeping. Turned on or
 * off, it expects answers within SESSION_ANSWER_MS again. */
void session_shield(RunSession *session, bool on);

/* How long the server may take for what we ask it. One that says nothing for longer counts as a
 * lost connection; 0: no limit, for what may take its time. */
#define SESSION_ANSWER_MS ((int64_t)30000)
void session_expect(RunSession *session, int64_t within_ms);

#endif
