/* SPDX-License-Identifier: MIT */
/* What a shell offers behind `lockstep`, from the tables of commands, settings and rules. */
#ifndef LOCKSTEP_CLI_COMPLETION_H
#define LOCKSTEP_CLI_COMPLETION_H

#include <stdio.h>

#include "cli/command.h"

/* Scripts for the shells, whole. */
void completion_bash(Arena *arena, FILE *out);
void completion_zsh(Arena *arena, FILE *out);
void completion_fish(Arena *arena, FILE *out);

/* ---- for completion_*.c */

/* The commands that are shown, or of these those whose bits are asked for, with a blank between. */
const char *completion_commands(Arena *arena, int bits);

/* The ids of rules and of what is said of files themselves. */
const char *completion_rules(Arena *arena);

/* What a setting may be in this command; NULL where any word will do. */
const char *completion_choices(Arena *arena, const Setting *setting, int bits);

/* The words that the one argument of a command is one of; NULL where it is none of a list. */
const char *completion_actions(Arena *arena, const Command *command);

/* Whether the value is the path of a directory, or of a file. */
bool completion_is_directory(const Setting *setting);
bool completion_is_file(const Setting *setting);

/* Whether the switch can be turned off by a flag: --no-NAME. */
bool completion_has_no(const Setting *setting);

/* The first clause of a help text, cut where it is long. */
const char *completion_help(Arena *arena, const char *help);

/* The text between single quotes, with `escape` (as a shell writes it) for each one within. */
void completion_quote(FILE *out, const char *text, const char *escape);

#endif
