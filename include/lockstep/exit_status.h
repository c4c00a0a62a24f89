/* SPDX-License-Identifier: MIT */
/* The exit statuses of every command: stable, so that scripts can tell what happened. */
#ifndef LOCKSTEP_EXIT_STATUS_H
#define LOCKSTEP_EXIT_STATUS_H

#include "lockstep/error.h"

typedef enum ExitStatus {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1,
    EXIT_USAGE = 2,
    EXIT_CONNECTION = 3,
    EXIT_LOCK = 4,
    EXIT_ROLLED_BACK = 5,
    EXIT_HALF_DONE = 6,
    EXIT_DRIFT = 7,
    EXIT_PENDING = 8,
    EXIT_GATE = 9,
    EXIT_INTERRUPTED = 130,
    EXIT_TERMINATED = 143
} ExitStatus;

/* The status that an error of this kind ends the program with; ERROR_NONE is EXIT_DONE. */
ExitStatus exit_status_of(ErrorKind kind);

#endif
