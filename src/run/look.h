/* SPDX-License-Identifier: MIT */
/* What all commands do before they look at a server, and how one is looked at without changing it.
 * Private to src/run. */
#ifndef LOCKSTEP_RUN_LOOK_H
#define LOCKSTEP_RUN_LOOK_H

#include "run/session.h"

/* The migrations of the directory, whose ups can all be read. `without_downs`, `lone_downs`: see
 * DiscoverOptions. */
bool look_discover(Arena *arena, const RunOptions *options, bool without_downs,
                   StringList *lone_downs, MigrationList *out, Error *err) MUST_USE;

/* What the server refuses to our own queries is no migration's fault: such an error becomes
 * ERROR_GATE. Returns false. */
bool look_blame_nobody(Error *err);

/*
 * Calls `look` with a session that the server keeps read-only, without the lock of runs; `context`
 * is handed to it. Signals are the runner's business meanwhile.
 */
bool look_at(Arena *arena, const RunOptions *options, const RunObserver *observer,
             bool (*look)(RunSession *session, void *context, Error *err), void *context,
             Error *err) MUST_USE;

#endif
