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

/* What the proof with this number, from 0, is about: the name of the constraint. */
const char *proof_subject(const Statement *statement, size_t number);

/* The SQLSTATE with which a proof fails. */
#define PROOF_REFUSED "22P02"

#endif
