/* SPDX-License-Identifier: MIT */
/* Running SQL of the tests on a real server, and looking at what it did. Failing ends the test. */
#ifndef LOCKSTEP_TESTS_PG_SCRIPT_H
#define LOCKSTEP_TESTS_PG_SCRIPT_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"

/* What is looked at before a transaction ends; `context` is the caller's. */
typedef void PgBeforeCommit(PGconn *connection, const char *sql, void *context);

/* A connection to a new, empty database. */
PGconn *pg_database_new(const char *conninfo, const char *name);

/* Takes everything out of it, also what an earlier test left behind when it failed. */
void pg_database_empty(PGconn *connection);

/* Another connection to the same database. */
PGconn *pg_connect_again(PGconn *connection);

/* Runs a migration as `up` does: one transaction, but for what cannot run in one. `look` may be
 * NULL. */
void pg_run_migration(Arena *arena, PGconn *connection, const char *text, PgBeforeCommit *look,
                      void *context);

/* Sends one statement. */
void pg_run(PGconn *connection, const char *sql);

/* The first column of a query, a line for each row, in the arena. */
const char *pg_lines(Arena *arena, PGconn *connection, const char *sql);

/* The schema of the user's objects as text, column order left out. */
const char *pg_schema_dump(Arena *arena, PGconn *connection);

/* The rows of the user's tables as text, ordered, column order left out. */
const char *pg_rows_dump(Arena *arena, PGconn *connection);

/* The files of the user's tables: "orders 16401", a line for each. */
const char *pg_table_files(Arena *arena, PGconn *connection);

/* Tables that were there before and that the transaction, run with a `look`, has read from end to
 * end while it keeps writers out; readers, for a materialized view, which has no writers. */
const char *pg_scanned_under_lock(Arena *arena, PGconn *connection);

#endif
