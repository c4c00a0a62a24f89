/* SPDX-License-Identifier: MIT */
/* The state of one migration that is being run; shared by apply.c, transaction.c, send.c and
 * record.c. Private to src/run. */
#ifndef LOCKSTEP_RUN_ATTEMPT_H
#define LOCKSTEP_RUN_ATTEMPT_H

#include "run/outside.h"
#include "run/session.h"
#include "run/work.h"

typedef struct Attempt {
    RunSession *session;
    Work *work;
    Arena *arena;       /* of the migration */
    RunOptions options; /* of the run, but for the lock timeout: of this try */
    int64_t began_ms;
    size_t segments_done; /* committed, those of earlier attempts included */
    bool is_unsettled;    /* a statement outside of a transaction may have left something */
    bool can_go_on;       /* … but another try finishes it */
    bool is_recorded;     /* the history says done */
    bool is_reset;        /* the session is as it was before the migration before this one */
    bool is_announced;    /* in the journal */
    bool is_told_done;    /* there, too; or will be with the flush that takes its COMMIT along */
    bool shuns_kept;      /* the file throws away what the server has kept for us */
    bool runs_code;       /* of the database's, which may do to the session what it likes */
    bool is_grouped;      /* the server may write its COMMIT to the disk a little later */
    size_t tries;         /* of the segment that took most */
    FailedAttemptList failed;
} Attempt;

static inline bool
attempt_is_last(const Attempt *attempt, size_t segment)
{
    return segment + 1 == attempt->work->segments.count;
}

/* ---- send.c: statements outside of a transaction */

/* Brings the session back to how it was when it was opened, unless that has been done. */
bool send_reset(Attempt *attempt, Error *err) MUST_USE;

/* Sends a statement of the file and tells the observer. The error has its place in the file. */
bool send_statement(Attempt *attempt, size_t index, Error *err) MUST_USE;

/* Tells the observer of a statement that an earlier attempt has done; repeats what it set in the
 * session. */
bool send_skipped(Attempt *attempt, size_t index, Error *err) MUST_USE;

/* Puts file, line and column in front of what the server says of the statement; returns false. */
bool send_place_error(const Attempt *attempt, size_t index, Error *err);

/* ---- record.c: bookkeeping */

/* In the transaction that is open in the batch. */
void record_add_step(const Attempt *attempt, size_t segment, DbCommandList *batch, Arena *arena);
void record_add_done(const Attempt *attempt, const HistoryWriting *writing, DbCommandList *batch,
                     Arena *arena);

/* What the id of a row of ours says of the next one; false: others have written meanwhile, or may
 * have. */
bool record_took_id(RunSession *session, int64_t id);

/* In a transaction of its own. */
bool record_step(Attempt *attempt, size_t segment, StepState state, Error *err) MUST_USE;
bool record_done(Attempt *attempt, Error *err) MUST_USE;

/* That it is begun, in the journal, unless that has been said. */
bool record_begun(Attempt *attempt, Error *err) MUST_USE;

/* That the server has on its disk what was committed so far: in the journal it is done. */
void record_written(RunSession *session);

/* How it ended otherwise, in the history (where the server can be reached) and in the journal. That
 * it cannot be written is told to the observer. */
void record_failure(Attempt *attempt, const Error *failure);
bool record_in_journal(Attempt *attempt, const char *outcome, const Error *failure,
                       Error *err) MUST_USE;

/* After a connection broke while COMMIT was under way: connects again, waits until the old session
 * is gone, and looks whether the segment is on record. */
bool record_settle_commit(Attempt *attempt, size_t segment, bool *committed, Error *err) MUST_USE;

#endif
