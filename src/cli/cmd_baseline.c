/* SPDX-License-Identifier: MIT */
#include "cli/mend_command.h"

bool
cmd_baseline(Invocation *invocation, Error *err)
{
    const MendRequest request = {.baseline = invocation->arguments.items[0],
                                 .has_history = invocation->settings->yes};
    return mend_command(invocation, &request, false, err);
}
