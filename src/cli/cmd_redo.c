/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

bool
cmd_redo(Invocation *invocation, Error *err)
{
    static const RunVerb verb = {
        .run = run_redo, .dry_word = "redone", .nothing = "no migration is applied"};
    return run_command(invocation, &verb, NULL, err);
}
