/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

bool
cmd_up(Invocation *invocation, Error *err)
{
    static const RunVerb verb = {.run = run_up,
                                 .may_create_sandbox = true,
                                 .dry_word = "applied",
                                 .nothing = "no migration is pending",
                                 .nothing_before_to = "no migration up to ",
                                 .nothing_behind_to = " is pending"};
    return run_command(invocation, &verb, invocation->settings->to, err);
}
