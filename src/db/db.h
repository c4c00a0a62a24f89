/* SPDX-License-Identifier: MIT */
/*
 * One connection to a PostgreSQL server. Everything that a command sends goes through here; no
 * other file of ours calls libpq.
 *
 * While a statement runs, the socket is polled so that SIGINT and SIGTERM (db/interrupt.h) can stop
 * it: the statement is cancelled, its end is awaited, and the call fails with ERROR_INTERRUPTED or
 * ERROR_TERMINATED. A refusal of the server is ERROR_SERVER with its SQLSTATE; a connection that
 * breaks is ERROR_CONNECTION. No error and no text that this module hands out contains the
 * connection string or a password.
 */
#ifndef LOCKSTEP_DB_DB_H
#define LOCKSTEP_DB_DB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

#define DB_OLDEST_MAJOR 14
#define DB_NEWEST_MAJOR 18 /* that was checked; a newer one is used with a warning */

typedef struct Db Db;

/* Called while a statement runs. Each may be NULL. */
typedef struct DbHooks {
    void *context;
    void (*tick)(void *context, int64_t elapsed_ms); /* about ten times a second; not shielded */
    void (*look)(void *context); /* as often, shielded too: whether the server is still there */
    void (*notice)(void *context, const char *severity, const char *message);
} DbHooks;

typedef struct DbOptions {
    const char *conninfo; /* key=value or URI; "" or NULL: environment and service file */
    int64_t connect_timeout_ms;
    int64_t statement_timeout_ms; /* 0: none */
    const char *application;      /* name shown in pg_stat_activity */
    bool read_only;               /* every transaction, by the server's own setting */
    const char *role; /* that the session works as; NULL: the one that connects, or that its
                         settings say. Borrowed for the life of the connection */
    bool is_shielded; /* from the start: db_shield() */
    const atomic_bool *given_up; /* once another thread sets it, every wait for the server ends with
                                   an ERROR_CONNECTION; NULL: none does. Borrowed likewise */
} DbOptions;

/* The caller closes it with db_close(), which takes NULL too. Fails for a server older than
 * DB_OLDEST_MAJOR (ERROR_USAGE). */
bool db_open(const DbOptions *options, Db **out, Error *err) MUST_USE;
void db_close(Db *db);

/* Whether the server takes connections, whatever it thinks of ours. False while it starts or cannot
 * be reached, or where nobody can tell. */
bool db_server_answers(const DbOptions *options);

/* A second connection to the same place, for looking on while the first one is busy. */
bool db_open_again(const Db *db, Db **out, Error *err) MUST_USE;

/* The same while the first one is busy: shielded, and within so many milliseconds. */
bool db_open_meanwhile(const Db *db, int64_t within_ms, Db **out, Error *err) MUST_USE;

void db_set_hooks(Db *db, const DbHooks *hooks);

/* While shielded, a signal does not stop what is sent: for bookkeeping that must not be cut off.
 * The third signal does. */
void db_shield(Db *db, bool on);

/* For how long nothing has come or gone on the connection, since a call is under way. */
int64_t db_quiet_ms(const Db *db);

/* From a tick: ends the call that is under way with an ERROR_CONNECTION of these words, and the use
 * of the connection. */
void db_give_up(Db *db, const char *why);

/* From a look: the server is known to work for us, so that the time of db_set_deadline() begins
 * anew. */
void db_still_works(Db *db);

/* From now on each call has to be through within so many milliseconds, or the connection is given
 * up (ERROR_CONNECTION); 0: it may take as long as it likes. */
void db_set_deadline(Db *db, int64_t milliseconds);

/* Asks the server to stop what it does for this connection, from within a hook: the statement then
 * fails with SQLSTATE 57014, unless it was through already. */
void db_cancel(Db *db);

/* There is a pooler in between. Then nothing was set in the session, because the server's session
 * may be another's with the next transaction, and nothing that outlives a transaction may be. */
bool db_is_pooled(const Db *db);

/* Rows of a query; a NULL value is NULL. Lives in the arena it was made in. */
typedef struct DbRows {
    size_t count;
    size_t columns;
    const char **cells; /* count * columns */
} DbRows;

const char *db_cell(const DbRows *rows, size_t row, size_t column);

/* The same with "" for NULL. */
const char *db_cell_text(const DbRows *rows, size_t row, size_t column);

/* The cell as a number (0 for NULL), or as a boolean (false for NULL). */
int64_t db_cell_int(const DbRows *rows, size_t row, size_t column);
bool db_cell_bool(const DbRows *rows, size_t row, size_t column);

/* A number as a parameter. */
const char *db_number(Arena *arena, int64_t value);

/* Sends one statement with `count` parameters as text (NULL: an SQL NULL). `out` may be NULL. */
bool db_query(Arena *arena, Db *db, const char *sql, const char *const *values, size_t count,
              DbRows *out, Error *err) MUST_USE;

/* Sends one statement as it is written, without its result. */
bool db_execute(Db *db, const char *sql, Error *err) MUST_USE;

/* Sends COPY … FROM stdin and its data. */
bool db_copy_in(Db *db, const char *sql, const char *data, size_t length, Error *err) MUST_USE;

/* Position of the last ERROR_SERVER in the text that was sent, in characters from 1; 0: none. */
size_t db_error_position(const Db *db);

bool db_is_lost(const Db *db);        /* the connection is broken */
bool db_in_transaction(const Db *db); /* an aborted one too */

int db_server_major(const Db *db);
const char *db_server_version(const Db *db); /* "15.8" */
int db_backend_pid(const Db *db);            /* as the protocol said, not as the server says */
const char *db_host(const Db *db);           /* name, address or directory of the socket */
const char *db_port(const Db *db);
const char *db_name(const Db *db);
const char *db_user(const Db *db);
const char *db_role(const Db *db); /* that the session began with: "none", or a name */

#endif
