/* SPDX-License-Identifier: MIT */
/* Something between client and server that breaks the connection at a chosen moment. */
#ifndef LOCKSTEP_TESTS_PROXY_H
#define LOCKSTEP_TESTS_PROXY_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct Proxy {
    pid_t pid;
    char directory[64]; /* of its socket, for host= */
} Proxy;

/*
 * Listens in a directory of its own for connections on and passes them to the server whose socket
 * is in `server_directory`. The first message of a client that holds `trigger` ends that
 * connection: after it was passed on and answered, so that the server has done it (`pass_on`), or
 * without (then the server never sees it). After that once, everything goes through.
 */
Proxy proxy_start(const char *server_directory, const char *trigger, bool pass_on);
void proxy_stop(Proxy *proxy);

#endif
