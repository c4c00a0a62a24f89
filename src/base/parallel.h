/* SPDX-License-Identifier: MIT */
/* Work in pieces that need nothing of each other, on several threads. */
#ifndef LOCKSTEP_BASE_PARALLEL_H
#define LOCKSTEP_BASE_PARALLEL_H

#include <stddef.h>

#include "lockstep/arena.h"

/* One piece. `worker` is the thread that does it, from 0 on, and `arena` is its own: what lives
 * there outlives the thread. */
typedef void ParallelWork(void *self, Arena *arena, size_t worker, size_t piece);

/* The processors that this process may use; at least 1. */
size_t parallel_processors(void);

/*
 * Does each of `count` pieces once, in their order as far as there is a worker for them, on up to
 * `workers` threads, the caller's among them; with one worker, no thread is started. Returns when
 * all is done; all that the workers have made then lives in `arena`. Where the system gives fewer
 * threads, those that there are do all.
 */
void parallel_run(Arena *arena, size_t workers, size_t count, ParallelWork *work, void *self);

#endif
