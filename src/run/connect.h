/* SPDX-License-Identifier: MIT */
/* How a session gets its connection: waits for a server that does not answer yet, and sees to it
 * that it is the right one. Private to src/run. */
#ifndef LOCKSTEP_RUN_CONNECT_H
#define LOCKSTEP_RUN_CONNECT_H

#include "run/session.h"

/* Opens `session->db`. With `wait_for_database_ms`, a server that is not there or still starting is
 * tried again until then; one that takes connections and refuses ours is not. */
bool connect_open(RunSession *session, Error *err) MUST_USE;

/* ERROR_GATE where it is not the database or not the cluster that the options expect. */
bool connect_check_place(const RunSession *session, Error *err) MUST_USE;

#endif
