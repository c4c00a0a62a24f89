/* SPDX-License-Identifier: MIT */
/* Parts of the generated documents: Markdown, and the manual page. */
#ifndef LOCKSTEP_CLI_DOCS_H
#define LOCKSTEP_CLI_DOCS_H

#include <stdio.h>

#include "lockstep/rule.h"

#include "cli/command.h"

/* A section about one command. */
void docs_command(FILE *out, const Command *command);

/* The table of all exit statuses. */
void docs_exit_statuses(FILE *out);

/* A section with the settings of one group. */
void docs_setting_group(Arena *arena, FILE *out, SettingGroup group);

/* A section about one rule. */
void docs_rule(Arena *arena, FILE *out, const Rule *rule);

/* What lint says of files and comments themselves. */
void docs_input_findings(FILE *out);

/* lockstep(1), whole. */
void docs_man_page(Arena *arena, FILE *out);

#endif
