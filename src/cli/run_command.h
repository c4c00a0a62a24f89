/* SPDX-License-Identifier: MIT */
/* What up, down, redo and goto have in common: settings, progress, the report in text and JSON. */
#ifndef LOCKSTEP_CLI_RUN_COMMAND_H
#define LOCKSTEP_CLI_RUN_COMMAND_H

#include <stdbool.h>

#include "cli/command.h"
#include "run/run.h"

/* What tells one of these commands from the others. */
typedef struct RunVerb {
    bool (*run)(Arena *arena, const RunOptions *options, const RunObserver *observer,
                RunReport *out, Error *err);
    bool may_create_sandbox;
    bool can_go_to_zero;
    const char *dry_word;          /* "applied": what nothing would be */
    const char *nothing;           /* why there is nothing to do: "no migration is pending" */
    const char *nothing_before_to; /* with a version, the words before and behind it */
    const char *nothing_behind_to;
} RunVerb;

/* `to` is the version that the user wrote, or NULL. */
bool run_command(Invocation *invocation, const RunVerb *verb, const char *to, Error *err) MUST_USE;

#endif
