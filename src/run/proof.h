/* SPDX-License-Identifier: MIT */
/* What the catalog has to say after a statement, before its transaction is recorded. Private to
 * src/run. */
#ifndef LOCKSTEP_RUN_PROOF_H
#define LOCKSTEP_RUN_PROOF_H

#include "lockstep/arena.h"
#include "lockstep/list.h"
#include "lockstep/op.h"

/* Queries that the server refuses where the statement has not done its job; none where the catalog
 * has nothing to say. To be sent in the transaction of the statement, at its end: what a later
 * statement has dropped or renamed is no matter. */
StringList proof_queries(Arena *arena, const Statement *statement);

#endif
