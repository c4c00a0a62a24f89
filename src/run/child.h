/* SPDX-License-Identifier: MIT */
/* Runs a program to its end, as another user where we are root. Private to src/run. */
#ifndef LOCKSTEP_RUN_CHILD_H
#define LOCKSTEP_RUN_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

typedef struct ChildUser {
    uid_t uid;
    gid_t gid;
    const char *name;
} ChildUser;

/* What the program said on stdout and stderr, its last 4 KiB, and how it ended. */
typedef struct ChildResult {
    int status; /* exit status, or 128 + signal */
    const char *output;
    bool timed_out; /* it did not end in time, and was ended */
} ChildResult;

/*
 * `arguments` begins with the program's path and ends with NULL. It runs in `directory`, without
 * the PG* environment of ours, with stdin closed and, where we are root, as `user` for good. False
 * only where it could not be run at all.
 */
bool child_run(Arena *arena, const ChildUser *user, const char *directory,
               const char *const *arguments, ChildResult *out, Error *err) MUST_USE;

/* The same as ourselves, in our directory and our environment, to which `environment` adds
 * ("NAME=value"). Its stdin is closed. It and what it has started is told to end (SIGTERM) after
 * `within_ms` (0: no limit) and when a signal tells us to; five seconds later, or at the next
 * signal, it is ended (SIGKILL). */
bool child_run_here(Arena *arena, const char *const *arguments, const StringList *environment,
                    int64_t within_ms, ChildResult *out, Error *err) MUST_USE;

/* Whether a file is there that can be run; ERROR_USAGE where not. */
bool child_can_run(const char *path, Error *err) MUST_USE;

/* Whether that user can look into the directory. */
bool child_can_enter(const ChildUser *user, const char *directory);

#endif
