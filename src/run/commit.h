/* SPDX-License-Identifier: MIT */
/* The end of a migration's transaction, which can get lost between us and the server. Private to
 * src/run. */
#ifndef LOCKSTEP_RUN_COMMIT_H
#define LOCKSTEP_RUN_COMMIT_H

#include "run/attempt.h"

/* Whether the server may write the COMMIT to its disk a little later, with those that follow: the
 * last one of the run is waited for, and takes all with it. What a crash takes away before, it
 * takes away together with its row in the history: it is pending then, as if it had never been. */
bool commit_joins_group(const Attempt *attempt);

/* Commits the open transaction of segment `index`, and sends the reset of the session with it where
 * another migration follows. Where the answer does not come, the history is asked. False: it is not
 * committed, or nobody knows, and then the error says so. */
bool commit_transaction(Attempt *attempt, size_t index, Arena *arena, Error *err) MUST_USE;

#endif
