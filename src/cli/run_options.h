/* SPDX-License-Identifier: MIT */
/* From the settings to what the runner takes. */
#ifndef LOCKSTEP_CLI_RUN_OPTIONS_H
#define LOCKSTEP_CLI_RUN_OPTIONS_H

#include "cli/command.h"
#include "cli/connection.h"
#include "run/run.h"

/* All but `to`. Borrows the settings and the connection string. */
RunOptions run_options_of(const Invocation *invocation, const Connection *connection);

#endif
