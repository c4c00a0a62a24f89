/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

bool
cmd_down(Invocation *invocation, Error *err)
{
    static const RunVerb verb = {.run = run_down,
                                 .can_go_to_zero = true,
                                 .dry_word = "reverted",
                                 .nothing = "no migration is applied",
                                 .nothing_before_to = "no migration newer than ",
                                 .nothing_behind_to = " is applied"};
    return run_command(invocation, &verb, invocation->settings->to, err);
}
