/* SPDX-License-Identifier: MIT */
/* Numbers and times in the words that commands print. */
#ifndef LOCKSTEP_CLI_WORDS_H
#define LOCKSTEP_CLI_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"

#include "run/observer.h"

/* A measured time, rounded: "3 ms", "2.4 s", "3 min 20 s", "2 h 05 min". "?" for a negative one. */
const char *words_elapsed(Arena *arena, int64_t milliseconds);

/* "1 migration", "2 migrations" */
const char *words_count(Arena *arena, size_t count, const char *noun);

/* "2026-11-21 08:12" from "2026-11-21T08:12:26.123456Z"; with seconds on demand. "" for NULL. */
const char *words_time(Arena *arena, const char *timestamp, bool with_seconds);

/* A session without its query: "pid 4711 (psql, anna, idle in transaction for 2 min 03 s)". */
const char *words_blocker(Arena *arena, const Blocker *blocker);

#endif
