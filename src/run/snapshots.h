/* SPDX-License-Identifier: MIT */
/* Before a concurrent statement: the transactions that the server would make it wait for, while it
 * holds up every other change of the table. Private to src/run. */
#ifndef LOCKSTEP_RUN_SNAPSHOTS_H
#define LOCKSTEP_RUN_SNAPSHOTS_H

#include "run/attempt.h"

/* Waits until none is older than what the run allows, or as its policy says. ERROR_LOCK where they
 * stay longer than the lock budget, ERROR_GATE where the policy is not to wait. */
bool snapshots_wait(Attempt *attempt, size_t statement, Error *err) MUST_USE;

#endif
