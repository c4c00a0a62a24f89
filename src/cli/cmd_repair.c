/* SPDX-License-Identifier: MIT */
#include "cli/mend_command.h"

bool
cmd_repair(Invocation *invocation, Error *err)
{
    const Settings *settings = invocation->settings;
    MendRequest request = {.accept = settings->accept,
                           .forget = settings->forget,
                           .steps_done = settings->steps_done,
                           .steps_failed = settings->steps_failed};
    request.leftovers = request.accept.count + request.forget.count + request.steps_done.count +
                            request.steps_failed.count ==
                        0;
    return mend_command(invocation, &request, true, err);
}
