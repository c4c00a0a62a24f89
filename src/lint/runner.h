/* SPDX-License-Identifier: MIT */
/* What runs the files, where it is not lockstep itself: its habits with transactions and timeouts.
 * They decide what the server refuses, and what nobody else sees to. */
#ifndef LOCKSTEP_LINT_RUNNER_H
#define LOCKSTEP_LINT_RUNNER_H

#include "lockstep/arena.h"
#include "lockstep/op.h"

typedef enum RunnerHabit {
    RUNNER_PLANS,      /* as source/segment.h has it: lockstep */
    RUNNER_STATEMENTS, /* sends one statement after the other, without a transaction of its own */
    RUNNER_WRAPS,      /* puts BEGIN and COMMIT around the file, then sends it */
    RUNNER_SENDS_WHOLE /* sends the file as one query: several statements are one transaction */
} RunnerHabit;

typedef struct Runner {
    const char *name;
    RunnerHabit habit;
    RunnerHabit without;    /* its habit where the file says that it wants no transaction */
    const char *says_so;    /* how a line of the file begins that says it, or NULL */
    bool sees_for_itself;   /* a file of nothing but such statements gets no transaction */
    bool sets_lock_timeout; /* before it runs a file */
    bool keeps_session;     /* what a file sets for its session holds for the next one of the run */
    const char *gives_back; /* but for these settings, with blanks between; NULL for none */
    const char *way_out;    /* for a statement that the server refuses: "write …" */
} Runner;

/* NULL for an unknown name. */
const Runner *runner_find(const char *name);

/* NULL, too, is lockstep. */
bool runner_is_ours(const Runner *runner);

/* The names, in the order of the table; NULL-terminated. */
extern const char *const runner_names[];

/* Whether each statement of the file stands alone, as for a file that says no-transaction to us.
 * `no_transaction`: SourceFile has it. */
bool runner_parts(const Runner *runner, const char *text, bool no_transaction);

/* Whether it can run a statement that cannot run in a transaction, in a file of as many statements.
 */
bool runner_takes_outside(const Runner *runner, const char *text, bool no_transaction,
                          size_t statements);

/*
 * Why the server refuses a statement of the file that cannot run in a transaction, with the way out
 * in the runner's words, and the statement's index; NULL where it does not.
 */
const char *runner_problem(Arena *arena, const Runner *runner, const char *text,
                           bool no_transaction, const Script *script, size_t *at);

#endif
