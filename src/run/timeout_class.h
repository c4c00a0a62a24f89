/* SPDX-License-Identifier: MIT */
/* How a statement may wait and for how long it may hold what it got, from the locks that it is
 * foreseen to take. */
#ifndef LOCKSTEP_RUN_TIMEOUT_CLASS_H
#define LOCKSTEP_RUN_TIMEOUT_CLASS_H

#include <stdbool.h>

#include "lockstep/lock.h"

typedef enum TimeoutKind {
    TIMEOUT_NONE,       /* touches no relation that others know */
    TIMEOUT_DATA,       /* reads and writes rows, as every application does */
    TIMEOUT_CONCURRENT, /* lets the application go on, and may wait for old transactions for long */
    TIMEOUT_STRONG      /* blocks the application: waits briefly, holds briefly */
} TimeoutKind;

/* "strong" */
const char *timeout_kind_words(TimeoutKind kind);

typedef struct TimeoutClass {
    TimeoutKind kind;
    bool is_unsure;       /* it may do more than can be told: dynamic SQL, an unknown function */
    const char *relation; /* STRONG: the one with the strongest lock, as SQL; NULL where unsure */
    LockLevel level;      /* on it */
} TimeoutClass;

#endif
