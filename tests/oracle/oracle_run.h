/* SPDX-License-Identifier: MIT */
/* Asking one live server about the cases. */
#ifndef LOCKSTEP_TESTS_ORACLE_RUN_H
#define LOCKSTEP_TESTS_ORACLE_RUN_H

#include <libpq-fe.h>
#include <stdint.h>

#include "oracle/oracle_answer.h"
#include "oracle/oracle_case.h"
#include "run/cluster.h"

/* A throwaway server and its database "oracle", which every case finds empty. */
typedef struct OracleServer {
    Cluster cluster;
    const char *conninfo;
    const char *version; /* "15.18" */
    char project[64];
    PGconn *admin;
    uint32_t end_relation; /* locking it ends a trace */
} OracleServer;

/* The bin directories of all servers of this machine: Debian's, and those that scripts/setup
 * --servers fetched; each major version once, the oldest first. */
StringList oracle_server_directories(Arena *arena);

/* 15 for "/usr/lib/postgresql/15/bin". */
int oracle_server_major(const char *bin_directory);

/* The caller ends it with oracle_server_stop(). */
bool oracle_server_start(Arena *arena, const char *bin_directory, OracleServer *out,
                         Error *err) MUST_USE;
void oracle_server_stop(Arena *arena, OracleServer *server);

/* Empties the server's database and runs the case's setup there; `out` says whether the server has
 * refused it. */
bool oracle_set_up_case(Arena *arena, OracleServer *server, const OracleCase *item,
                        OracleAnswer *out, Error *err) MUST_USE;

/* What the server does with one case. Without `traced`, a relation's lock is only what is held at
 * the end of the transaction. Fails where the case could not be asked; a refusal is an answer. */
bool oracle_run_case(Arena *arena, OracleServer *server, const OracleCase *item, bool traced,
                     OracleAnswer *out, Error *err) MUST_USE;

#endif
