/* SPDX-License-Identifier: MIT */
/* Runs hooks. Private to src/run. */
#ifndef LOCKSTEP_RUN_HOOK_H
#define LOCKSTEP_RUN_HOOK_H

#include "run/session.h"
#include "run/work.h"

/* What is known at a moment; what is NULL or 0 is not told. */
typedef struct HookFacts {
    const MigrationEvent *migration;
    const char *outcome;      /* "done", "failed", "partly done" */
    size_t planned;           /* migrations of the run … */
    size_t done;              /* … and those that are through */
    const char *last_applied; /* version as written */
} HookFacts;

/* All files there, readable, of a grammar that is known, and nothing in them that could not be in a
 * transaction. ERROR_USAGE where not. */
bool hook_check_all(const RunSession *session, Error *err) MUST_USE;

/* Runs those of the moment until one fails: ERROR_GATE, with what it said. An interrupt stays one.
 */
bool hook_run_all(RunSession *session, HookMoment moment, const HookFacts *facts,
                  Error *err) MUST_USE;

/* After a run, whatever became of it: SQL files only where it succeeded. A failure is told to the
 * observer as a warning. */
void hook_finish(RunSession *session, const HookFacts *facts, bool succeeded);

#endif
