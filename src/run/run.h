/* SPDX-License-Identifier: MIT */
/*
 * The runner: applies and reverts migrations, and says where a database stands.
 *
 * While one of these functions runs, SIGINT and SIGTERM are its business: it cancels what the
 * server does, cleans up and returns ERROR_INTERRUPTED or ERROR_TERMINATED; the handlers that were
 * there before are put back. SIGPIPE is ignored meanwhile. All results live in the arena.
 */
#ifndef LOCKSTEP_RUN_RUN_H
#define LOCKSTEP_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "db/history.h"
#include "run/hooks.h"
#include "run/observer.h"
#include "run/plan.h"
#include "run/restore_point.h"

/* What is done about transactions that a concurrent statement would have to wait for. */
typedef enum OldSnapshots {
    OLD_SNAPSHOTS_WAIT,    /* begin when they are gone */
    OLD_SNAPSHOTS_PROCEED, /* begin, and let the server wait */
    OLD_SNAPSHOTS_STOP     /* ERROR_GATE */
} OldSnapshots;

/* Start from run_options_default(). Durations are milliseconds. */
typedef struct RunOptions {
    const char *conninfo;       /* key=value or URI; "" or NULL: PG* environment and service file */
    const char *directory;      /* of the migrations */
    size_t max_bytes;           /* of one file */
    const char *history_schema; /* "lockstep" */
    const char *layout;         /* of the migrations; NULL: as recognised */
    const VariableList *variables; /* for `${NAME}` in them; NULL: none */
    const char *journal_path;      /* NULL: $XDG_STATE_HOME/lockstep/journal.db */
    const char *command;           /* for the journal: "up" */
    int64_t connect_timeout_ms;    /* rounded up to seconds */
    int64_t wait_for_database_ms;  /* for a server that is not there or still starting; 0: not */
    const char *database_name;     /* that it has to be; NULL: any */
    const char *system_identifier; /* the same of the cluster */
    const atomic_bool *given_up;   /* see DbOptions */
    const char *role;              /* to work as, the history included; NULL: who connects */
    int64_t lock_timeout_ms;       /* of a statement, at most: retry_patience(); 0: none */
    int64_t statement_timeout_ms;  /* 0: none */
    int64_t max_hold_ms;           /* of a lock that stops the application; 0: no limit */
    int64_t max_queue;             /* sessions that may wait behind us; 0: no limit */
    int64_t silence_ms;            /* of a server that waits for us while we wait for it, after
                                      which the connection counts as dead */
    bool show_queries;             /* of other sessions, in reports */
    int64_t cancel_older_than_ms;  /* sessions in the way, in a transaction for longer, are
                                      cancelled; -1: none is */
    bool cancel_idle_only;         /* only those that are idle in it */
    OldSnapshots old_snapshots;
    int64_t old_snapshot_age_ms;   /* younger ones are no reason to wait */
    int64_t concurrent_timeout_ms; /* of a statement that lets the application go on; 0: none */
    int64_t lock_wait_ms;          /* for the lock that keeps two runs apart */
    int64_t retry_budget_ms;       /* for trying again after a lock timeout, per migration */
    int64_t retry_base_ms;         /* upper bound of the first pause; doubles with each attempt */
    int64_t retry_cap_ms;          /* of one pause */
    uint64_t seed;                 /* of the pauses; 0: from the system */
    OrderPolicy order;
    int64_t hook_timeout_ms; /* of a program, and of each statement of a file; 0: none */
    Hooks hooks;             /* of up, down, redo and goto */
    bool allow_pooler; /* for files that are one transaction and leave nothing in the session */
    bool dry_run;      /* plan only, in a session that the server keeps read-only */
    size_t count;      /* how many migrations; 0: up all, down and redo one */
    const char *to;    /* up: this version is the last one; down: the last one that stays, "0" for
                          none; goto: either. NULL: not said */
} RunOptions;

RunOptions run_options_default(void);

/* A statement as a dry run foresees it. Timeouts are milliseconds; 0: none. */
typedef struct PlannedStatement {
    StatementEvent event;
    size_t transaction;            /* of its file, from 1; 0: outside of one */
    int64_t first_lock_timeout_ms; /* of the first attempt: retry_patience() */
    int64_t lock_timeout_ms;       /* of the most patient one */
    int64_t statement_timeout_ms;
    int64_t max_hold_ms; /* of its transaction */
} PlannedStatement;

typedef LIST(PlannedStatement) PlannedStatementList;

typedef struct RunReport {
    const char *run; /* id, 8 hex digits */
    RunTarget target;
    bool has_marker; /* false where there was nothing to do */
    RestorePoint marker;
    PlannedRunList planned; /* what this run set out to do, in order; all of it for a dry run */
    LIST(PlannedStatementList) statements; /* of each of them; of a dry run only */
    MigrationResultList migrations;        /* what it did, in order */
    CancelledSessionList cancelled;        /* of others, because they were in the way */
    size_t pending_after;
    size_t reformatted; /* applied files whose comments or white space changed */
    size_t missing;     /* applied migrations without a file */
    size_t left_late;   /* pending ones that came too late and that ORDER_SKIP leaves */
} RunReport;

/*
 * Applies pending migrations. `out` is filled as far as it got, also when it fails. `observer` may
 * be NULL. The kinds of error are those of the exit statuses (lockstep/exit_status.h); the error of
 * a failed statement names file, line and column in its message and carries the server's DETAIL and
 * HINT.
 */
bool run_up(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
            Error *err) MUST_USE;

/* Reverts, newest first. */
bool run_down(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
              Error *err) MUST_USE;

/* Reverts the newest ones and applies them again, in one run: one lock, one marker. */
bool run_redo(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
              Error *err) MUST_USE;

/* Up or down to `options->to`. */
bool run_goto(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
              Error *err) MUST_USE;

typedef struct RunStatus {
    RunTarget target;
    bool has_history; /* false: nothing was ever applied here; nothing is created by asking */
    int64_t advisory_key;
    bool is_running; /* another run holds the lock now … */
    Blocker runner;  /* … this one */
    Plan plan;
} RunStatus;

/* Where the database stands. Writes nothing. Drift and pending migrations are no errors here: they
 * are in the plan. */
bool run_status(Arena *arena, const RunOptions *options, const RunObserver *observer,
                RunStatus *out, Error *err) MUST_USE;

/* Every attempt, oldest first. `directory` is not looked at. An absent history gives an empty one.
 */
bool run_history(Arena *arena, const RunOptions *options, const RunObserver *observer,
                 RunTarget *target, History *out, Error *err) MUST_USE;

#endif
