/* SPDX-License-Identifier: MIT */
/* A segment that is a transaction, sent in two round trips: all of it, then COMMIT. Private to
 * src/run. */
#ifndef LOCKSTEP_RUN_TRANSACTION_H
#define LOCKSTEP_RUN_TRANSACTION_H

#include "run/attempt.h"

/*
 * Runs the segment and commits it together with its row in the history and its step. While it runs,
 * nobody else can hold the history's lock, whatever the migration does to ours. A failure rolls
 * back; where the connection broke during COMMIT, the history of a new connection says what became
 * of it.
 */
bool transaction_run(Attempt *attempt, size_t index, Error *err) MUST_USE;

#endif
