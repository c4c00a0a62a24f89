/* SPDX-License-Identifier: MIT */
/*
 * Looks on from a second connection while the first one works: who is in the way, who queues behind
 * us, and for how long we have been holding a lock that stops the application. Where that is too
 * long, what runs is cancelled. The second connection is in autocommit and never holds a snapshot;
 * one that does not answer in time is given up. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_WATCH_H
#define LOCKSTEP_RUN_WATCH_H

#include "db/db.h"
#include "db/waits.h"
#include "run/observer.h"

typedef enum WatchStop { WATCH_GOES_ON, WATCH_HELD_TOO_LONG, WATCH_QUEUE_TOO_LONG } WatchStop;

/* Times are those of duration_clock_ms(). */
typedef struct Watch {
    Db *db;       /* the second connection; NULL: there is none, and only what is foreseen counts */
    Arena *arena; /* of what was seen last while the statement waited */
    bool is_on;   /* a statement is under way: */
    StatementEvent statement;
    int64_t began_ms;
    int64_t next_ms;   /* when to look again */
    int64_t waited_ms; /* when it was last seen waiting; 0: not at all */
    int64_t told_ms;   /* when the observer was last told of that */
    WaitSample sample; /* without the names */
    int64_t queued;    /* longest queue behind it that was seen */
    int64_t queued_ms;
    BlockerList blockers;
    /* Of the transaction, or of the statement outside of one: */
    int64_t max_hold_ms;   /* 0: none */
    int64_t held_since_ms; /* a lock that stops others is held; 0: none */
    LockLevel held;
    char held_on[300];
    WatchStop stop; /* why it was cancelled */
    int64_t stopped_ms;
    int64_t
        stopped_after_ms; /* how long the lock was held then, or the first of the queue waited */
    bool stopped_waiting; /* we waited for a further lock at that moment */
} Watch;

struct RunSession;

/* Opens the second connection; that it cannot be had is told to the observer, and no error. */
void watch_open(struct RunSession *session);

/* The same while the first one waits for an answer. False: it cannot be had now. */
bool watch_open_meanwhile(struct RunSession *session, int64_t within_ms);

/* Goes on without it, and tells the observer why. */
void watch_give_up(struct RunSession *session, const Error *reason);
void watch_close(Watch *watch);

/* A transaction begins, or a statement outside of one: nothing is held. `max_hold_ms` 0: it may
 * hold what it gets for as long as it likes. */
void watch_begin(struct RunSession *session, int64_t max_hold_ms);

/* The statement that is awaited from now on; NULL: none. What was seen of the one before is
 * forgotten when the next one begins. */
void session_watch(struct RunSession *session, const StatementEvent *statement);

/* Between two statements: false where a lock has been held for too long already. */
bool watch_allows(struct RunSession *session, Error *err) MUST_USE;

/* Called about ten times a second while the first connection waits for an answer. */
void watch_tick(struct RunSession *session);

/* Seen in the way of a statement that has not been begun: they go into its report. */
void watch_saw(struct RunSession *session, const StatementEvent *statement,
               const BlockerList *blockers);

/* Where the error is that of a statement that we have cancelled ourselves, it says why: ERROR_LOCK
 * where another attempt would end the same way, else one that retry_helps(). */
void watch_explain(struct RunSession *session, Error *err);

/* What was seen of an attempt that ends with this error, with strings of the run. */
FailedAttempt watch_report(const struct RunSession *session, const Error *err);

#endif
