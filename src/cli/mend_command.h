/* SPDX-License-Identifier: MIT */
/* What baseline and repair have in common: the list, the question, the report. */
#ifndef LOCKSTEP_CLI_MEND_COMMAND_H
#define LOCKSTEP_CLI_MEND_COMMAND_H

#include <stdbool.h>

#include "cli/command.h"
#include "run/mend.h"

/* `must_agree`: where nobody can be asked, only --yes lets it go on. */
bool mend_command(Invocation *invocation, const MendRequest *request, bool must_agree,
                  Error *err) MUST_USE;

#endif
