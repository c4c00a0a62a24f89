/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

bool
cmd_goto(Invocation *invocation, Error *err)
{
    static const RunVerb verb = {.run = run_goto,
                                 .may_create_sandbox = true,
                                 .can_go_to_zero = true,
                                 .dry_word = "run",
                                 .nothing_before_to = "the database is at ",
                                 .nothing_behind_to = " already"};
    return run_command(invocation, &verb, invocation->arguments.items[0], err);
}
