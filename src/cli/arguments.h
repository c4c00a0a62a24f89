/* SPDX-License-Identifier: MIT */
/* The command line taken apart: flags of the settings table, and the words between them. */
#ifndef LOCKSTEP_CLI_ARGUMENTS_H
#define LOCKSTEP_CLI_ARGUMENTS_H

#include <stdbool.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "cli/settings.h"

typedef struct Arguments {
    bool help;
    bool version;
    FlagList flags;
    StringList words; /* the command and its arguments; all that follows "--" too */
} Arguments;

/*
 * Flags and words may be mixed; a flag must be written in full. Fails (ERROR_USAGE) for an unknown
 * flag, with the nearest known one, and for one whose value is missing or not wanted. The result
 * borrows from `argv`, which is put into another order.
 */
bool arguments_parse(Arena *arena, int argc, char **argv, Arguments *out, Error *err) MUST_USE;

#endif
