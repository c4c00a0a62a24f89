/* SPDX-License-Identifier: MIT */
/* The timeouts of a statement: those of the run, as far as its class has any use for them, and what
 * the file says of it. Private to src/run. */
#ifndef LOCKSTEP_RUN_TIMEOUTS_H
#define LOCKSTEP_RUN_TIMEOUTS_H

#include "run/run.h"
#include "run/work.h"

/* `class` and the timeouts of each statement that is sent, in the order of the file. */
PlannedStatementList timeouts_plan(Arena *arena, const Work *work, const RunOptions *options);

/* For how long the transaction, or the statement outside of one, may hold a lock that stops the
 * application; 0: no limit. The longest that is said of one of its statements. */
int64_t timeouts_max_hold(const Work *work, const Segment *segment, const RunOptions *options);

/* Those of one statement; only its own timeouts are filled in. */
PlannedStatement timeouts_of(const Work *work, size_t index, const RunOptions *options);

/* How long the server may take for a segment, or one statement, before its silence means that the
 * connection is dead: where each statement has a timeout, all of them and a little more. 0: no
 * limit. */
int64_t timeouts_answer_within(const Work *work, size_t segment, const RunOptions *options);
int64_t timeouts_answer_to_one_within(const Work *work, size_t index, const RunOptions *options);

#endif
