/* SPDX-License-Identifier: MIT */
/* A run's place in the journal: that it began, where the server stood, how it ended. Private to
 * src/run. */
#ifndef LOCKSTEP_RUN_MARKER_H
#define LOCKSTEP_RUN_MARKER_H

#include "run/session.h"

/* Opens the journal of the session, begins the run there, takes the marker and keeps it: before
 * anything is changed. ERROR_GATE where the journal cannot be written. */
bool marker_take(RunSession *session, RestorePoint *out, Error *err) MUST_USE;

/* `outcome` is a word of the journal. Nothing where no run was begun; that it cannot be written is
 * told to the observer. */
void marker_finish_run(RunSession *session, const char *outcome);

#endif
