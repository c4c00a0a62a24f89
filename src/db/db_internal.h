/* SPDX-License-Identifier: MIT */
/* What db.c and db_connect.c share; nobody else includes it. */
#ifndef LOCKSTEP_DB_DB_INTERNAL_H
#define LOCKSTEP_DB_DB_INTERNAL_H

#include "db/db.h"
#include "db/libpq.h"

#define DB_MOST_KEPT 24
#define DB_NOT_KEPT SIZE_MAX

/* A statement that the server keeps prepared. */
typedef struct DbKept {
    char *sql; /* ours */
    char name[40];
    bool is_there;
} DbKept;

struct Db {
    const Libpq *pq;
    PGconn *connection;
    DbHooks hooks;
    char *conninfo;    /* ours; may hold a password */
    DbOptions options; /* conninfo and application point to ours */
    char *application;
    char version[32];
    char role[256];
    bool is_pooled;
    bool watches_client; /* client_connection_check_interval can be set */
    bool shielded;
    bool abandoned;      /* we stopped waiting for an answer */
    char why[200];       /* … in db_give_up()'s words */
    int cancels_sent;    /* value of interrupt_count() when we last asked for a cancel */
    int64_t started_ms;  /* of what is under way */
    int64_t works_ms;    /* when db_still_works() last said so */
    int64_t heard_ms;    /* when something last came or went */
    int64_t deadline_ms; /* for each call; 0: none */
    size_t error_position;
    DbKept kept[DB_MOST_KEPT];
    size_t kept_count;
    uint32_t kept_mark; /* in their names; 0: not chosen yet */
};

/* Waits up to 100 ms for poll events on the socket and sees to ticks and signals. False: the
 * connection is of no more use. */
bool db_wait_socket(Db *db, short events, Error *err) MUST_USE;

/* libpq's last message on one line as an ERROR_CONNECTION; returns false. */
bool db_connection_error(const Db *db, Error *err, const char *what);

/* That the connection is gone, with libpq's words; returns false. */
bool db_lost(Db *db, Error *err);

/* False where nobody wants to hear the server any more. */
bool db_is_wanted(const Db *db, Error *err) MUST_USE;

/* Before each call to the server: a signal that came in between ends it here. */
bool db_begin_call(Db *db, Error *err) MUST_USE;

/* Waits until a result can be fetched without blocking. */
bool db_await_result(Db *db, Error *err) MUST_USE;

/* The place of the statement in `kept`, as a new one where it was not; DB_NOT_KEPT: it has to go
 * without. */
size_t db_keep(Db *db, const char *sql);

/* The server has none of them any more. */
void db_forget_kept(Db *db);

void db_free_kept(Db *db);

/* What the results of one statement are read into. */
typedef struct DbReply {
    Arena *arena;
    DbRows *rows; /* NULL: not wanted */
    const char *copy_data;
    size_t copy_length;
    bool failed;
} DbReply;

/* Reads the results of one statement. */
bool db_read_reply(Db *db, DbReply *reply, Error *err) MUST_USE;

#endif
