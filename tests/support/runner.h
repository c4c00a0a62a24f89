/* SPDX-License-Identifier: MIT */
/* A database, a directory of migrations and a journal for one test of the runner. Failing ends the
 * test. */
#ifndef LOCKSTEP_TESTS_RUNNER_H
#define LOCKSTEP_TESTS_RUNNER_H

#include <libpq-fe.h>
#include <sys/types.h>

#include "run/run.h"
#include "support/temp_dir.h"

typedef struct Runner {
    Arena *arena;
    TempDir *directory;
    const char *database;
    PGconn *look; /* a connection of the test's own */
    RunOptions options;
    RunObserver observer;
    RunReport report;
    Error err;
} Runner;

/* For cmocka's setup and teardown: *state is a Runner with a new, empty database. */
int runner_set_up(void **state);
int runner_tear_down(void **state);

/* Writes migrations/NAME. */
void runner_write(Runner *runner, const char *name, const char *text);

/* These expect success, and say what went wrong otherwise. */
void runner_up(Runner *runner);
void runner_down(Runner *runner);

/* These expect an error of this kind. */
void runner_up_fails(Runner *runner, ErrorKind kind);
void runner_down_fails(Runner *runner, ErrorKind kind);

/* The first column of a query's rows, with a line feed between; NULL is "NULL". */
const char *runner_ask(Runner *runner, const char *sql);
const char *runner_ask_on(Runner *runner, PGconn *connection, const char *sql);

/* Another connection of the test's own; the caller closes it. */
PGconn *runner_connect(Runner *runner);

/* Runs `up` in a child of its own, which ends with the exit status of its error; nothing of
 * `report` and `err` comes back. */
pid_t runner_fork_up(Runner *runner);

/* Waits for it: its exit status, or 128 + the signal that ended it. */
int runner_join(pid_t pid);

/* "1 up done, 2 up failed": the history in short. */
const char *runner_history(Runner *runner);

/* Waits until the query gives this answer, ten seconds at most. */
void runner_wait(Runner *runner, const char *sql, const char *answer);

#endif
