/* SPDX-License-Identifier: MIT */
/* Other sessions, for people: a line for one, a small table for several. */
#ifndef LOCKSTEP_CLI_BLOCKERS_H
#define LOCKSTEP_CLI_BLOCKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "db/facts.h"
#include "run/observer.h"

/* "autovacuum worker to prevent wraparound"; "" for an ordinary session. */
const char *blockers_backend_words(Arena *arena, const Blocker *blocker);

/* A row for each, below titles, no line wider than `width` (0: as wide as it has to be). What they
 * say of themselves cannot command the terminal. */
void blockers_write(FILE *out, Arena *scratch, const BlockerList *blockers, bool colour, int width);

/* "23 sessions queued behind it, the first for 1.9 s" */
const char *blockers_queue_words(Arena *arena, int64_t queued, int64_t queued_ms);

/* When the next attempt is made, as a sentence; and what is waited for until then. */
const char *blockers_next_words(Arena *arena, const RetryEvent *retry);
const char *blockers_until_words(Arena *arena, const RetryEvent *retry);

#endif
