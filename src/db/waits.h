/* SPDX-License-Identifier: MIT */
/*
 * Who waits for whom: what a second connection asks the server about the session that does the
 * work. Every query is a statement of its own in autocommit, so that no snapshot outlives it.
 */
#ifndef LOCKSTEP_DB_WAITS_H
#define LOCKSTEP_DB_WAITS_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/lock.h"

#include "db/db.h"
#include "db/facts.h"

/* The session that does the work, at one moment. Names are SQL. */
typedef struct WaitSample {
    bool waits;          /* for a lock */
    LockLevel wanted;    /* LOCK_NONE where it is none of a relation */
    const char *awaited; /* the relation, or NULL */
    LockLevel held;      /* the strongest that stops others; LOCK_NONE: they can all go on */
    const char *stopped; /* the relation that it is held on, or NULL */
    int64_t queued;      /* sessions that wait behind it */
    int64_t queued_ms;   /* for how long the first of them does */
} WaitSample;

bool waits_sample(Arena *arena, Db *db, int pid, WaitSample *out, Error *err) MUST_USE;

/* With strings of its own. */
Blocker blocker_copy(Arena *arena, const Blocker *blocker);

/* Who this session waits for; empty when it does not wait. `show_queries`: with their statements.
 */
bool waits_blockers(Arena *arena, Db *db, int pid, bool show_queries, BlockerList *out,
                    Error *err) MUST_USE;

/* Those of them whose transactions are not over yet, with the same strings. */
bool waits_blockers_left(Arena *arena, Db *db, const BlockerList *blockers, BlockerList *out,
                         Error *err) MUST_USE;

/* The transactions that a concurrent statement on this table (or index of it, as SQL; NULL: many)
 * would wait for. `builds`: it builds an index, and so waits for every old snapshot of the
 * database, too. */
bool waits_old_transactions(Arena *arena, Db *db, const char *table, bool builds, bool show_queries,
                            BlockerList *out, Error *err) MUST_USE;

/* What is done to a session that is in the way. */
typedef struct CancelOrder {
    int pid;         /* in the way of … */
    int waiting_pid; /* … this one; 0: of nobody who waits already */
    int64_t older_than_ms;
    bool idle_only; /* only where it is idle in its transaction */
} CancelOrder;

/* `how`: "cancelled", "terminated" (one that is idle has nothing to be cancelled), or NULL where it
 * is not in the way any more, too young, no session of a client, or another lockstep. */
bool waits_cancel(Arena *arena, Db *db, CancelOrder order, const char **how, Error *err) MUST_USE;

/* What a session does, as far as it tells whether its client may hope for an answer. */
typedef enum SessionDoing {
    SESSION_WORKS,
    SESSION_WAITS_FOR_CLIENT, /* or is not there any more */
    SESSION_WAITS_FOR_STANDBY /* its COMMIT, for a synchronous one: as long as it takes */
} SessionDoing;

bool waits_doing(Arena *scratch, Db *db, int pid, SessionDoing *out, Error *err) MUST_USE;

/* Ends a session of ours that does, so that what it holds is free. */
bool waits_end_session(Db *db, int pid, Error *err) MUST_USE;

/* How far the building of an index has come. */
typedef struct BuildProgress {
    const char *phase; /* in the server's words: "waiting for old snapshots"; NULL: none is built */
    int64_t percent;   /* of the phase; -1: nobody knows */
    int awaited_pid;   /* 0: it does not wait for a session */
} BuildProgress;

bool waits_progress(Arena *arena, Db *db, int pid, BuildProgress *out, Error *err) MUST_USE;

#endif
