/* SPDX-License-Identifier: MIT */
/* The sockets of what stands between a client and a server in a test. */
#ifndef LOCKSTEP_TESTS_SOCKET_H
#define LOCKSTEP_TESTS_SOCKET_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/un.h>

/* Ends the process where the system refuses what a test needs. */
static inline void
socket_check(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    abort();
}

/* Of the server whose socket is in this directory, on port 5432. */
struct sockaddr_un socket_address(const char *directory);

/* Connected to it; -1 where nobody listens. */
int socket_connect(const char *directory);

/* Fills in the name of a new directory ("/tmp/lockstep-…-XXXXXX") and listens there. */
int socket_listen(char *directory);

/* Removes the socket and its directory. */
void socket_remove(const char *directory);

#endif
