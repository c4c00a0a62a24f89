/* SPDX-License-Identifier: MIT */
/*
 * What a run tells while it works. The runner never prints: it calls these functions, each of which
 * may be NULL. All are called on the runner's thread; what they are given is borrowed for the call.
 * They return quickly: a lock may be held meanwhile.
 */
#ifndef LOCKSTEP_RUN_OBSERVER_H
#define LOCKSTEP_RUN_OBSERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lockstep/error.h"
#include "lockstep/list.h"

#include "db/facts.h"
#include "db/waits.h"
#include "run/plan.h"
#include "run/restore_point.h"
#include "run/timeout_class.h"
#include "source/migration.h"

/* Where a run is connected to. No password is ever in here. */
typedef struct RunTarget {
    const char *label; /* "shop on db1:5432", or "shop on /run/postgresql" */
    const char *host;  /* host name, or the socket's directory */
    const char *port;
    const char *database;
    const char *user;
    const char *server_version; /* "15.8" */
    int server_major;
    bool server_untested; /* newer than what the tool was checked against */
    const char *history_schema;
} RunTarget;

typedef struct MigrationEvent {
    const char *version;
    const char *version_text;
    const char *name;
    Direction direction;
    const char *path; /* of the file; "(stored in the history)" where it is gone */
    size_t number;    /* 1-based, of `total` in this run */
    size_t total;
    size_t statements;    /* that it consists of */
    bool resumed;         /* goes on with an attempt that stopped half way */
    bool from_history;    /* a down whose text comes from the history, because its file is gone */
    const char *left_out; /* "1.sql:1:1: \restrict", the first line that only psql minds; or NULL */
    size_t left_out_count;
} MigrationEvent;

typedef struct StatementEvent {
    const MigrationEvent *migration;
    size_t number;     /* 1-based, of migration->statements */
    size_t line;       /* in the file, from 1 */
    const char *kind;  /* "CREATE INDEX" */
    const char *words; /* its first words on one line, at most 70 characters */
    bool in_transaction;
    bool skipped; /* done by an earlier attempt */
    TimeoutClass class;
} StatementEvent;

typedef struct RetryEvent {
    const MigrationEvent *migration;
    const Error *error;   /* of the attempt that failed */
    BlockerList blockers; /* seen while it waited; may be empty */
    int64_t queued;       /* sessions that waited behind it, at most … */
    int64_t queued_ms;    /* … the first of them for this long */
    size_t attempt;       /* that failed, from 1 */
    int64_t pause_ms;     /* until the next one, at least */
    bool until_gone;      /* … which is begun when the blockers' transactions are over, or at the
                             end of the budget */
    int64_t left_ms;      /* of the budget, after the pause */
} RetryEvent;

/* A session that was in the way and has been cancelled or terminated. */
typedef struct CancelledSession {
    Blocker blocker;
    const char *how; /* "cancelled", "terminated" */
} CancelledSession;

typedef LIST(CancelledSession) CancelledSessionList;

/* An attempt that was taken back because of a lock, as RetryEvent tells of it. */
typedef struct FailedAttempt {
    const char *message;
    const char *sqlstate;
    BlockerList blockers;
    int64_t queued;
    int64_t queued_ms;
} FailedAttempt;

typedef LIST(FailedAttempt) FailedAttemptList;

/* How a migration of this run ended. */
typedef struct MigrationResult {
    const char *version;
    const char *version_text;
    const char *name;
    Direction direction;
    bool done;
    bool from_history;
    int64_t duration_ms;
    size_t attempts;                   /* 1 where nothing had to be tried again */
    FailedAttemptList failed_attempts; /* in their order */
} MigrationResult;

typedef LIST(MigrationResult) MigrationResultList;

/* Moments of a run that a crash can fall between; for traces and for the tests that kill the runner
 * there. */
typedef enum RunPoint {
    POINT_LOCKED,          /* the advisory lock is held */
    POINT_MARKER_RECORDED, /* the marker is in the journal */
    POINT_BEFORE_BEGIN,
    POINT_AFTER_BEGIN,
    POINT_BEFORE_STATEMENT, /* any statement */
    POINT_AFTER_STATEMENT,
    POINT_BEFORE_COMMIT,
    POINT_AFTER_COMMIT,    /* nothing but the database knows yet */
    POINT_INTENT_RECORDED, /* the next thing sent is a statement outside a transaction */
    POINT_BEFORE_OUTCOME,  /* that statement is through, its outcome is not recorded */
    POINT_AFTER_OUTCOME,
    POINT_BEFORE_HISTORY_ROW, /* of a file that ends outside a transaction */
    POINT_AFTER_HISTORY_ROW,
    POINT_COUNT
} RunPoint;

/* "intent recorded" */
const char *run_point_words(RunPoint point);

typedef struct RunObserver {
    void *context; /* given to each function */
    void (*run_started)(void *context, const RunTarget *target, const char *run);
    /* The server is not there yet; called before each pause. */
    void (*connect_wait)(void *context, const Error *reason, int64_t waited_ms);
    /* Another run holds the lock; called when it begins to wait and again when the holder changes.
     * `holder` has pid 0 where it cannot be seen. */
    void (*advisory_wait)(void *context, const Blocker *holder, int64_t waited_ms);
    /* What the run consists of, in order; called before the first one. */
    void (*planned)(void *context, const PlannedRunList *runs);
    void (*marker_taken)(void *context, const RestorePoint *marker);
    void (*migration_started)(void *context, const MigrationEvent *migration);
    void (*statement_started)(void *context, const StatementEvent *statement);
    /* About ten times a second while a statement runs or a wait lasts; `statement` is NULL where
     * none is under way. */
    void (*tick)(void *context, const StatementEvent *statement, int64_t elapsed_ms);
    /* The statement waits for these sessions; called at most once a second and only while it does.
     */
    void (*lock_waiting)(void *context, const StatementEvent *statement,
                         const BlockerList *blockers);
    /* The statement would have to wait for these transactions and is not begun before they are
     * gone; about once a second. Not `waits`: it is begun all the same. */
    void (*old_transactions)(void *context, const StatementEvent *statement,
                             const BlockerList *blockers, bool waits);
    void (*session_cancelled)(void *context, const CancelledSession *cancelled);
    /* The statement builds an index; about once a second while it does. */
    void (*progressed)(void *context, const StatementEvent *statement,
                       const BuildProgress *progress);
    void (*statement_finished)(void *context, const StatementEvent *statement, int64_t duration_ms);
    void (*retry_scheduled)(void *context, const RetryEvent *retry);
    /* A message of the server (severity "NOTICE", "WARNING" …) or of the runner ("NOTE"). */
    void (*notice)(void *context, const char *severity, const char *message);
    void (*migration_finished)(void *context, const MigrationResult *result, const Error *error);
    void (*reached)(void *context, RunPoint point);
} RunObserver;

#endif
