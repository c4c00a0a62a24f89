/* SPDX-License-Identifier: MIT */
/* Which database a command works on. */
#ifndef LOCKSTEP_CLI_CONNECTION_H
#define LOCKSTEP_CLI_CONNECTION_H

#include <stdbool.h>

#include "lockstep/error.h"

#include "cli/command.h"
#include "run/cluster.h"

typedef struct Connection {
    const char
        *conninfo; /* for libpq; may hold a password: never to be shown. "" leaves it to PG* */
    bool is_sandbox;
} Connection;

/*
 * The database that the settings name: the sandbox, the URL, or what the PG* variables say. Of the
 * first two, the one from the stronger place (flag, environment, file) wins. The sandbox is started
 * where it does not run; where it does not exist, it is created if `may_create`, else the error
 * says how to. Fails (ERROR_USAGE) where nothing names a database.
 */
bool connection_choose(Invocation *invocation, bool may_create, Connection *out,
                       Error *err) MUST_USE;

/* The sandbox of this project, as it is now. */
bool connection_open_sandbox(Invocation *invocation, Cluster *out, Error *err) MUST_USE;

/* Creates and starts it where needed, and says so on the messages' stream. */
bool connection_start_sandbox(Invocation *invocation, Cluster *cluster, Error *err) MUST_USE;

#endif
