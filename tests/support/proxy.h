/* SPDX-License-Identifier: MIT */
/* Something between client and server that breaks the connection at a chosen moment. */
#ifndef LOCKSTEP_TESTS_PROXY_H
#define LOCKSTEP_TESTS_PROXY_H

#include <sys/types.h>

typedef struct Proxy {
    pid_t pid;
    char directory[64]; /* of its socket, for host= */
} Proxy;

typedef enum ProxyMode {
    PROXY_CUT_BEFORE,     /* the server never sees the message that holds the trigger */
    PROXY_CUT_AFTER,      /* it sees and answers it, but the answer never arrives */
    PROXY_SWALLOW_BEFORE, /* that message and all that follows on the connections that are there
                             disappears, and nothing is closed; new connections work */
    PROXY_SWALLOW_AFTER,  /* the same from the answer on */
    PROXY_POOL /* nothing is cut, but the server's process id is another one, as with a pooler */
} ProxyMode;

/*
 * Listens in a directory of its own and passes connections on to the server whose socket is in
 * `server_directory`. What is said is done at the first message of a client that holds
 * `trigger`; after that once, everything goes through.
 */
Proxy proxy_start(const char *server_directory, const char *trigger, ProxyMode mode);
void proxy_stop(Proxy *proxy);

#endif
