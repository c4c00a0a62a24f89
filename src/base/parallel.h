/* SPDX-License-Identifier: MIT */
/* Work in pieces that need nothing of each other, on several threads. */
#ifndef LOCKSTEP_BASE_PARALLEL_H
#define LOCKSTEP_BASE_PARALLEL_H

#include <stddef.h>

/* One piece; `worker` is the thread that does it, from 0 on: what it writes to need not be shared.
 */
typedef void ParallelWork(void *self, size_t worker, size_t piece);

/* The processors that this process may use; at least 1. */
size_t parallel_processors(void);

/*
 * Does each of `count` pieces once, in their order as far as there is a worker for them, on up to
 * `workers` threads, the caller's among them; with one worker, no thread is started. Returns when
 * all is done. Where the system gives fewer threads, those that there are do all.
 */
void parallel_run(size_t workers, size_t count, ParallelWork *work, void *self);

#endif
