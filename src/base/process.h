/* SPDX-License-Identifier: MIT */
/* Another program, run to its end for what it prints. */
#ifndef LOCKSTEP_BASE_PROCESS_H
#define LOCKSTEP_BASE_PROCESS_H

#include <stddef.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

typedef struct ProcessResult {
    int status;         /* exit status, or 128 + signal */
    const char *output; /* what it wrote on stdout, with a NUL behind it */
    size_t length;
    const char *words; /* on stderr: the first KiB, without the blanks at its end */
} ProcessResult;

/*
 * `arguments` begins with the program's name, which is looked for in PATH, and ends with NULL; no
 * shell is in between. stdin is empty; of the environment, the variables in `without` (ends with
 * NULL) are left out. False (ERROR_USAGE) only where the program could not be run at all.
 */
bool process_run(Arena *arena, const char *const *arguments, const char *const *without,
                 ProcessResult *out, Error *err) MUST_USE;

#endif
