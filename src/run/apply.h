/* SPDX-License-Identifier: MIT */
/*
 * Runs one migration: its segments one after the other, each as a transaction or, where the server
 * wants it so, as a statement outside of one, and records it. What is recorded is true at every
 * moment: the row of a transaction is written in it; a statement outside of one has its intent on
 * record before it is sent. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_APPLY_H
#define LOCKSTEP_RUN_APPLY_H

#include "run/session.h"
#include "run/work.h"

/*
 * `result` is filled in both cases. Errors: ERROR_MIGRATION, ERROR_LOCK, ERROR_CONNECTION where
 * nothing of it is left, ERROR_HALF_DONE where something is, ERROR_INTERRUPTED and ERROR_TERMINATED
 * (the message says which), ERROR_GATE. The connection may be another one afterwards.
 */
bool apply_migration(RunSession *session, Work *work, MigrationResult *result, Error *err) MUST_USE;

#endif
