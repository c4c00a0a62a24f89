/* SPDX-License-Identifier: MIT */
/*
 * What a run is doing, for programs: one JSON object a line, written as it happens.
 *
 * Every event has "event", "time" (of this machine, UTC) and "run" (null before the run has begun).
 * The names of events and of their members are stable; new ones may come.
 */
#ifndef LOCKSTEP_CLI_EVENT_LOG_H
#define LOCKSTEP_CLI_EVENT_LOG_H

#include <jansson.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "run/observer.h"

typedef struct EventLog EventLog;

/* Lives in the arena; `out` is borrowed. */
EventLog *event_log_new(Arena *arena, FILE *out, const char *command);

/* Given to the runner; lives as long as the log. */
const RunObserver *event_log_observer(const EventLog *log);

/* The last event, "run_finished", which has the members of `take_result`. */
void event_log_finish(EventLog *log, json_t *take_result);

#endif
