/* SPDX-License-Identifier: MIT */
/* What db.c and db_connect.c share; nobody else includes it. */
#ifndef LOCKSTEP_DB_DB_INTERNAL_H
#define LOCKSTEP_DB_DB_INTERNAL_H

#include "db/db.h"
#include "db/libpq.h"

struct Db {
    const Libpq *pq;
    PGconn *connection;
    DbHooks hooks;
    char *conninfo;    /* ours; may hold a password */
    DbOptions options; /* conninfo and application point to ours */
    char *application;
    char version[32];
    char role[256];
    bool shielded;
    bool abandoned;      /* we stopped waiting for an answer */
    int cancels_sent;    /* value of interrupt_count() when we last asked for a cancel */
    int64_t started_ms;  /* of what is under way */
    int64_t deadline_ms; /* for each call; 0: none */
    size_t error_position;
};

/* Waits up to 100 ms for poll events on the socket and sees to ticks and signals. False: the
 * connection is of no more use. */
bool db_wait_socket(Db *db, short events, Error *err) MUST_USE;

/* libpq's last message on one line as an ERROR_CONNECTION; returns false. */
bool db_connection_error(const Db *db, Error *err, const char *what);

/* Puts the session into our state: db_open() and db_reset_session(). */
bool db_prepare_session(Db *db, Error *err) MUST_USE;

#endif
