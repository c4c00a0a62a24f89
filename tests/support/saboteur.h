/* SPDX-License-Identifier: MIT */
/* Something between client and server that counts the messages that pass and does harm at a chosen
 * one: before the server sees it, or before its answer is heard. */
#ifndef LOCKSTEP_TESTS_SABOTEUR_H
#define LOCKSTEP_TESTS_SABOTEUR_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef enum FaultKind {
    FAULT_NONE,
    FAULT_CLIENT_KILL,    /* SIGKILL */
    FAULT_CLIENT_INT,     /* Ctrl-C */
    FAULT_CLIENT_TERM,    /* SIGTERM */
    FAULT_BACKEND_KILL,   /* SIGKILL: the server ends all sessions and recovers */
    FAULT_BACKEND_TERM,   /* as pg_terminate_backend() does */
    FAULT_BACKEND_CANCEL, /* as pg_cancel_backend() does */
    FAULT_SERVER_STOP,    /* at once, without a checkpoint; the test starts it again */
    FAULT_CUT,            /* both ends of all connections are closed */
    FAULT_SILENCE         /* nothing passes any more, and nothing is closed for a minute */
} FaultKind;

#define FAULT_KINDS (FAULT_SILENCE + 1)

/* "kill -9 of the client" */
const char *fault_words(FaultKind kind);

typedef struct Fault {
    FaultKind kind;
    size_t event;     /* the message, from 1: statements and answers of all connections */
    size_t commit;    /* instead: this COMMIT, from 1 */
    bool answer;      /* and its answer, not the COMMIT itself */
    int delay_ms;     /* after the message has passed; 0: before it does */
    pid_t client;     /* whom to kill */
    pid_t postmaster; /* which server to stop */
} Fault;

/* Shared between the test and its saboteur. */
typedef struct Sabotage {
    Fault fault;
    size_t events;        /* that have passed since saboteur_arm() */
    size_t commits;       /* of them */
    volatile bool struck; /* the harm is done */
    char at[80];          /* the message at which it was done, or that it followed */
} Sabotage;

typedef struct Saboteur {
    pid_t pid;
    char directory[64]; /* of its socket, for host= */
    Sabotage *shared;   /* changes while a client is connected */
} Saboteur;

/* Listens in a directory of its own, and passes connections on to the server whose socket is in
 * `server_directory`. */
Saboteur saboteur_start(const char *server_directory);

/* What to do to the next client; the counting begins anew. */
void saboteur_arm(Saboteur *saboteur, const Fault *fault);

void saboteur_stop(Saboteur *saboteur);

#endif
