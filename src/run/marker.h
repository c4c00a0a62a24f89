/* SPDX-License-Identifier: MIT */
/* A run's place in the journal: that it began, where the server stood, how it ended. Private to
 * src/run. */
#ifndef LOCKSTEP_RUN_MARKER_H
#define LOCKSTEP_RUN_MARKER_H

#include "db/history.h"
#include "run/session.h"

/* Opens the journal of the session, begins the run there, takes the marker and keeps it: before
 * anything is changed. ERROR_GATE where the journal cannot be written. */
bool marker_take(RunSession *session, RestorePoint *out, Error *err) MUST_USE;

/* What the journal says of runs that died: the history knows what became of their migrations. The
 * session holds the lock of the history. With nothing to do of its own a run has no journal open:
 * one that is there is opened. Problems are told to the observer. */
void marker_settle_dead(RunSession *session, const History *history);

/* `outcome` is a word of the journal. Nothing where no run was begun; that it cannot be written is
 * told to the observer. */
void marker_finish_run(RunSession *session, const char *outcome);

#endif
