/* SPDX-License-Identifier: MIT */
/* The timeouts of a statement: those of the run, as far as its class has any use for them, and what
 * the file says of it. Private to src/run. */
#ifndef LOCKSTEP_RUN_TIMEOUTS_H
#define LOCKSTEP_RUN_TIMEOUTS_H

#include "run/run.h"
#include "run/work.h"

/* `class` and the timeouts of each statement that is sent, in the order of the file. */
PlannedStatementList timeouts_plan(Arena *arena, const Work *work, const RunOptions *options);

/* Those of one statement; only the timeouts are filled in. */
PlannedStatement timeouts_of(const Work *work, size_t index, const RunOptions *options);

#endif
