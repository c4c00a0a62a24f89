/* SPDX-License-Identifier: MIT */
/*
 * Statements that run outside of a transaction, seen through the catalog: whether one that nobody
 * knows the end of is through, whether one that succeeded has done its job, and what one that
 * failed has left behind. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_OUTSIDE_H
#define LOCKSTEP_RUN_OUTSIDE_H

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/op.h"

#include "db/db.h"

typedef enum Decision {
    DECISION_DONE,   /* its effect is there */
    DECISION_RUN,    /* nothing is there that it could not be run over */
    DECISION_UNKNOWN /* the catalog does not tell */
} Decision;

/* What is remembered from before the statement. */
typedef struct OutsideState {
    int64_t lock_timeout_ms;   /* given: for what is done under a lock that stops the application */
    bool is_done;              /* nothing is left to be sent */
    bool is_taken;             /* the index that it builds is there already, and usable */
    StringList invalid_before; /* unusable indexes of its table */
} OutsideState;

/* What became of a statement that was begun by an earlier attempt, in the transaction `since` (as
 * xid); drops an unusable index that it left. */
bool outside_decide(Arena *arena, Db *db, const Statement *statement, const char *since,
                    Decision *out, Error *err) MUST_USE;

/* Before it runs: drops an unusable index that bears its name, and those that an earlier REINDEX
 * has left; finalizes a detachment that was begun. */
bool outside_prepare(Arena *arena, Db *db, const Statement *statement, OutsideState *state,
                     Error *err) MUST_USE;

/* After it succeeded: the index is valid and ready, the partition is gone. ERROR_MIGRATION where
 * not. */
bool outside_verify(Arena *arena, Db *db, const Statement *statement, const OutsideState *state,
                    Error *err) MUST_USE;

typedef enum Remains {
    REMAINS_NOTHING, /* all is as before */
    REMAINS_BEGUN,   /* it cannot be taken back, but another try goes on with it */
    REMAINS_UNKNOWN
} Remains;

/* After it failed: takes away what it left. */
bool outside_clean_up(Arena *arena, Db *db, const Statement *statement, const OutsideState *state,
                      Remains *out, Error *err) MUST_USE;

#endif
