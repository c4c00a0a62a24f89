/* SPDX-License-Identifier: MIT */
/* The program as a process of its own, on a database of its own, with a saboteur in between. */
#ifndef LOCKSTEP_TESTS_FAULT_RUN_H
#define LOCKSTEP_TESTS_FAULT_RUN_H

#include "support/fault_files.h"
#include "support/saboteur.h"

typedef struct FaultRun FaultRun;

/* How a run of the program ended. */
typedef struct FaultEnd {
    int status; /* of the exit; 128 + signal where one ended it */
    bool hung;  /* it had to be ended after two minutes */
    bool struck;
    size_t events; /* messages that passed */
    size_t commits;
    const char *messages; /* on standard error; until fault_run_begin() */
} FaultEnd;

/* With the fault_files, an empty database and an empty journal. Failing ends the test. */
FaultRun *fault_run_new(void);
void fault_run_free(FaultRun *run);

/* Empties the database and begins another journal. */
void fault_run_begin(FaultRun *run);

/* Runs `lockstep COMMAND` and waits for its end. Afterwards the server takes connections. */
FaultEnd fault_run(FaultRun *run, const char *command, const Fault *fault);

/* It says that somebody must look and change the bookkeeping by hand. */
bool fault_run_needs_human(const FaultEnd *end);

/* What fault_digest_query says; until fault_run_begin(), but for the first two. */
const char *fault_run_digest(FaultRun *run);

/* Lines that only one of two digests has. */
const char *fault_run_difference(FaultRun *run, const char *wanted, const char *got);

/* Where the journal says something else than the history, or NULL. */
const char *fault_run_journal_problem(FaultRun *run);

/* What was done since fault_run_begin(), a line for each run. */
const char *fault_run_story(FaultRun *run);

/* "PostgreSQL 15" */
const char *fault_run_server(const FaultRun *run);

#endif
