/* SPDX-License-Identifier: MIT */
/* The client library that we talk to servers with. */
#ifndef LOCKSTEP_DB_CLIENT_H
#define LOCKSTEP_DB_CLIENT_H

#include "lockstep/arena.h"

/* Version of the libpq at hand: "15.8", or that it is not there. */
const char *db_client_version(Arena *arena);

#endif
