/* SPDX-License-Identifier: MIT */
/*
 * What is run around a run and around each of its migrations: SQL files, on the connection that
 * does the work and under its lock, each as one transaction of its own, and programs, which get the
 * facts in their environment. Not within a migration's transaction: what a hook does would prolong
 * the time for which its locks are held, and not every migration has one.
 */
#ifndef LOCKSTEP_RUN_HOOKS_H
#define LOCKSTEP_RUN_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

/* In the order in which they come. */
typedef enum HookMoment {
    HOOK_BEFORE_RUN,
    HOOK_BEFORE_EACH,
    HOOK_AFTER_EACH,
    HOOK_AFTER_RUN,
    HOOK_MOMENT_COUNT
} HookMoment;

/* "before-run" */
const char *hook_moment_words(HookMoment moment);

typedef enum HookKind { HOOK_SQL, HOOK_COMMAND } HookKind;

typedef struct Hook {
    HookKind kind;
    const char *path;
} Hook;

typedef LIST(Hook) HookList;

/* "sql:FILE", as it is written in the settings. */
const char *hook_words(Arena *arena, const Hook *hook);

/* Those of a run, by moment, in the order in which they run. */
typedef struct Hooks {
    HookList at[HOOK_MOMENT_COUNT];
} Hooks;

#endif
