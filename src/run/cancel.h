/* SPDX-License-Identifier: MIT */
/* Cancels sessions that are in the way, where the run was told to: never an autovacuum, a walsender
 * or another lockstep. Each one is told to the observer and kept in the journal. Private to
 * src/run.
 */
#ifndef LOCKSTEP_RUN_CANCEL_H
#define LOCKSTEP_RUN_CANCEL_H

#include "db/waits.h"
#include "run/observer.h"

struct RunSession;

/* Those of the list that are to be cancelled, asked for on `db`. `waits`: they are in the way of
 * our session now, which is asked for anew; else they would be. */
void cancel_blockers(struct RunSession *session, Db *db, const BlockerList *blockers, bool waits);

#endif
