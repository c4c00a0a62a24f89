/* SPDX-License-Identifier: MIT */
/* Help for people, made from the tables of commands and settings. */
#ifndef LOCKSTEP_CLI_HELP_H
#define LOCKSTEP_CLI_HELP_H

#include <stdio.h>

#include "cli/command.h"

/* The widest line of help. */
#define HELP_WIDTH 80

void help_overview(Invocation *invocation);
void help_command(Invocation *invocation, const Command *command);

/* The tool's version, the grammar's and libpq's. */
void help_version(Arena *arena, FILE *out);

/* "--lock-timeout DURATION", with the short flag in front where there is one. */
const char *help_flag(Arena *arena, const Setting *setting);

/* Help and choices or range of a setting, as a command of these bits takes it: sentences that end
 * without a full stop. */
const char *help_meaning(Arena *arena, const Setting *setting, int used_by);

/* The same with the default. */
const char *help_setting(Arena *arena, const Setting *setting, int used_by);

#endif
