/* SPDX-License-Identifier: MIT */
/*
 * The history in the target database: one row per attempt to apply or revert a migration, never
 * changed afterwards, and one row per step of an attempt that cannot be one transaction. A version
 * is applied when its newest `done` row is not a down. Rows of other kinds than HISTORY_RUN are of
 * format 3; tables of format 2, which have no such column, are read as they are, and get it with
 * the first row that needs it.
 */
#ifndef LOCKSTEP_DB_HISTORY_H
#define LOCKSTEP_DB_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "db/batch.h"

typedef enum AttemptOutcome {
    ATTEMPT_DONE,
    ATTEMPT_FAILED, /* nothing of it is left */
    ATTEMPT_STOPPED /* part of it is done: its steps say which */
} AttemptOutcome;

/* "done" */
const char *attempt_outcome_words(AttemptOutcome outcome);

/* What a row is about. All but the first are done by hand (baseline, repair) and run no migration.
 */
typedef enum HistoryKind {
    HISTORY_RUN,      /* an attempt to apply or revert */
    HISTORY_BASELINE, /* recorded as applied */
    HISTORY_ACCEPT,   /* the applied file is from now on what it is in this row */
    HISTORY_FORGET,   /* recorded as not applied: its file is gone for good */
    HISTORY_SETTLE,   /* how a step ended that the catalog does not tell of */
    HISTORY_MEND      /* something left over was taken away; the version is "" */
} HistoryKind;

/* "baseline" */
const char *history_kind_words(HistoryKind kind);

/* One attempt. Times are the server's, as "2026-11-21T08:12:26.123456Z". */
typedef struct HistoryRow {
    int64_t id;
    HistoryKind kind;
    const char *attempt; /* the same for an attempt and those that resume it */
    const char *run;     /* id of the run, 8 hex digits */
    const char *version;
    const char *name;
    bool is_down;
    AttemptOutcome outcome;
    const char *started_at;
    const char *finished_at;
    int64_t duration_ms;
    const char *applied_by; /* database user */
    const char *client;     /* host name of the client */
    const char *tool_version;
    const char *checksum;       /* SHA-256 of the file's bytes */
    const char *token_checksum; /* SHA-256 of its tokens */
    const char *down_sql;       /* the way back, of an up that has one */
    const char *down_checksum;
    const char *sqlstate; /* of a failure, or NULL */
    const char *error;    /* of what is no attempt: what was done */
    const char *marker;   /* the run's PITR marker as JSON, or NULL */
} HistoryRow;

typedef LIST(HistoryRow) HistoryRowList;

typedef enum StepState { STEP_RUNNING, STEP_DONE, STEP_FAILED } StepState;

/* "running" */
const char *step_state_words(StepState state);

typedef struct HistoryStep {
    const char *attempt;
    size_t position; /* of the segment within the file, from 1 */
    const char *version;
    bool is_down;
    const char *text_hash; /* SHA-256 of the segment's text */
    StepState state;
    int backend_pid; /* that ran it */
    const char *started_at;
} HistoryStep;

typedef LIST(HistoryStep) HistoryStepList;

/* Rows by id. `steps` are those of attempts that have no `done` row. */
typedef struct History {
    bool exists; /* false: the schema or its tables are not there */
    HistoryRowList rows;
    HistoryStepList open_steps;
} History;

/* Creates schema and tables where they are missing. A role that may not gets ERROR_GATE with the
 * GRANT that it needs. */
bool history_create(Arena *scratch, Db *db, const char *schema, Error *err) MUST_USE;

/* How much is read: the long texts are most of a history. */
typedef enum HistoryTexts {
    HISTORY_STATE, /* what is applied: `down_sql` is "" where there is one, and of what belongs to
                      the attempt (its id and run, its begin, client, error and marker, and
                      `down_checksum`) all is NULL */
    HISTORY_DOWNS, /* all, ways back too, but no markers */
    HISTORY_ALL_TEXTS
} HistoryTexts;

/* Reads every row. Tables that are not there give an empty history with `exists` false. */
bool history_load(Arena *arena, Db *db, const char *schema, HistoryTexts texts, History *out,
                  Error *err) MUST_USE;

/* The transaction that a row is written in. */
typedef struct HistoryWriting {
    bool is_plain; /* nothing in it has changed who the session is */
    bool may_lag;  /* the server may write its COMMIT to the disk a little later */
    DbRows *id;    /* first cell: of the row; NULL: of no interest */
    DbRows *fires; /* first cell: whether there are event triggers now; NULL: of no interest */
} HistoryWriting;

/* Adds to a batch what appends a row in the transaction that is open there. The server sets `id`
 * and the times: the row's `duration_ms` is what had passed of the attempt before the transaction
 * began. The batch borrows the row's texts. */
void history_add_row(Arena *arena, const Db *db, const char *schema, const HistoryRow *row,
                     const HistoryWriting *writing, DbCommandList *batch);

/* The same for a step: written, or its new state if it is there already. `state` decides whether it
 * has ended. */
void history_add_step(Arena *arena, const Db *db, const char *schema, const HistoryStep *step,
                      DbCommandList *batch);

/* Adds the question whether no other run has written of this version since its newest row was
 * `last` (NULL: there was none); the first cell of `rows` says it. */
void history_add_guard(Arena *arena, const char *schema, const char *version, const char *run,
                       const HistoryRow *last, DbRows *rows, DbCommandList *batch);

/* The id that the next row gets unless somebody else writes one, too; 0: nobody knows, because ids
 * are missing that may yet turn up (a row gets its number before others can see it). */
int64_t history_next_id(const History *history);

/* Of what that has returned; ERROR_MIGRATION where there is no row, as a trigger may see to. */
bool history_took_row(const DbRows *rows, int64_t *id, Error *err) MUST_USE;

/* Each in a transaction of its own; none may be open. `id` is that of the row. */
bool history_append(Arena *scratch, Db *db, const char *schema, const HistoryRow *row, int64_t *id,
                    Error *err) MUST_USE;
bool history_record_step(Arena *scratch, Db *db, const char *schema, const HistoryStep *step,
                         Error *err) MUST_USE;

/*
 * Appends rows of other kinds than HISTORY_RUN, of which `started_at`, `duration_ms` and `sqlstate`
 * are not looked at, and records the steps: in one transaction of its own. The tables are there;
 * one of format 2 is extended: ERROR_LOCK where somebody reads it for longer than five seconds.
 */
bool history_append_events(Arena *scratch, Db *db, const char *schema, const HistoryRowList *rows,
                           const HistoryStepList *steps, Error *err) MUST_USE;

/* What the rows say of one version; all zero where they do not know it. */
typedef struct VersionRows {
    const HistoryRow *applied; /* that made it applied, with what was accepted since; or NULL */
    const HistoryRow *last;    /* the newest of any outcome and kind, or NULL */
} VersionRows;

/* The rows by version. Borrows the history, which must not grow meanwhile. */
typedef struct HistoryIndex HistoryIndex;

HistoryIndex *history_index(Arena *arena, const History *history);
VersionRows history_index_find(const HistoryIndex *index, const char *version);

/* The transaction that wrote the step last, as xid; NULL where there is no such step. */
bool history_step_transaction(Arena *arena, Db *db, const char *schema, const char *attempt,
                              size_t position, const char **out, Error *err) MUST_USE;

/* Whether this attempt has a `done` row: how to find out what became of a COMMIT that was never
 * answered. */
bool history_has_done(Arena *scratch, Db *db, const char *schema, const char *attempt, bool *out,
                      Error *err) MUST_USE;

#endif
