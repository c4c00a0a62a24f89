/* SPDX-License-Identifier: MIT */
/* What lint and explain take from a live database: --url. */
#ifndef LOCKSTEP_CLI_LIVE_INPUT_H
#define LOCKSTEP_CLI_LIVE_INPUT_H

#include "cli/input.h"

/* Only a flag makes them connect: they run in places where DATABASE_URL is set for others. */
bool live_input_wanted(const Settings *settings);

/* Reads the catalog into `schema`, the server's version into `pg_version` where no other is asked
 * for, and which versions its history has. */
bool live_input_load(const Invocation *invocation, Input *out, Error *err) MUST_USE;

/* Takes the migrations out of `files` that the history has, and says so. */
void live_input_leave_out_applied(const Invocation *invocation, Input *input);

#endif
