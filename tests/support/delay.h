/* SPDX-License-Identifier: MIT */
/* A link with a delay: what comes in on one side goes out on the other so many milliseconds later,
 * in order, however much is on its way. */
#ifndef LOCKSTEP_TESTS_DELAY_H
#define LOCKSTEP_TESTS_DELAY_H

#include <stddef.h>
#include <sys/types.h>

typedef struct Delay {
    pid_t pid;
    char directory[64]; /* of its socket, for host= */
    size_t *turns;      /* how often a client has spoken after its server had: round trips */
} Delay;

/* Listens in a directory of its own and passes connections on to the server whose socket is in
 * `server_directory`. */
Delay delay_start(const char *server_directory, long milliseconds);
void delay_stop(Delay *delay);

#endif
