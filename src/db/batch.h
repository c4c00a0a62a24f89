/* SPDX-License-Identifier: MIT */
/*
 * Several statements in one go: all of them are sent before the first answer is awaited (libpq's
 * pipeline mode), so that a batch costs one round trip. After a failure the server passes over what
 * follows, up to the end of the part; nothing of it is told. A part that comes after one that
 * failed does run: it must not make anything last.
 *
 * A COPY cannot go this way; a batch that has one is sent statement by statement, to the same
 * effect.
 */
#ifndef LOCKSTEP_DB_BATCH_H
#define LOCKSTEP_DB_BATCH_H

#include "lockstep/list.h"

#include "db/db.h"

#define DB_MOST_VALUES 20

typedef struct DbCommand {
    const char *sql;                    /* one statement */
    const char *values[DB_MOST_VALUES]; /* parameters as text; NULL: an SQL NULL */
    size_t count;
    bool is_copy; /* COPY, FROM stdin with the data below */
    const char *data;
    size_t length;
    bool may_last;  /* the answers to what came before it are not held back until it is through */
    bool ends_part; /* outside of a transaction, what came before is committed here */
    bool is_kept;   /* sent again and again: the server keeps it prepared (not behind a pooler) */
    bool discards;  /* what the server has kept is gone with it */
    DbRows *rows;   /* what it returns, in the arena of the batch; NULL: of no interest */
} DbCommand;

typedef LIST(DbCommand) DbCommandList;

/* Told as the answers come, in order. Each function may be NULL. */
typedef struct DbBatchWatch {
    void *context;
    void (*awaited)(void *context, size_t command);  /* those before are through */
    void (*finished)(void *context, size_t command); /* with success */
} DbBatchWatch;

/* Appends a command without parameters. */
void db_batch_add(Arena *arena, DbCommandList *batch, const char *sql);

/* Has the last command of the batch, a SELECT, set in the session what db_open() has. */
void db_add_settings(Arena *arena, const Db *db, DbCommandList *batch);

/* How many statements the server keeps for us, unless somebody has thrown them away. */
size_t db_kept_count(const Db *db);

/* Runs the batch. `watch` may be NULL. The error is that of the first command that failed, which
 * `failed` says (NULL: nobody asks; the count of the batch where it was none of them). */
bool db_run_batch(Arena *arena, Db *db, const DbCommandList *batch, const DbBatchWatch *watch,
                  size_t *failed, Error *err) MUST_USE;

#endif
