/* SPDX-License-Identifier: MIT */
/* What may go through a connection pooler: transactions that leave nothing in the session. Private
 * to src/run. */
#ifndef LOCKSTEP_RUN_POOLED_H
#define LOCKSTEP_RUN_POOLED_H

#include "run/work.h"

/* ERROR_GATE for a file that is more than one transaction, or with a statement whose effect another
 * client of the pooler would find in its session. */
bool pooled_check(Arena *arena, const Work *work, Error *err) MUST_USE;

#endif
