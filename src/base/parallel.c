/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MOST_WORKERS = 64 };

/* That of the thread that a process begins with, whatever the system gives to others. */
#define STACK_SIZE ((size_t)8 * 1024 * 1024)

typedef struct Pieces {
    ParallelWork *work;
    void *self;
    size_t count;
    atomic_size_t next;
} Pieces;

typedef struct Worker {
    Pieces *pieces;
    Arena *arena;
    size_t number;
    pthread_t thread;
} Worker;

size_t
parallel_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    const int count = CPU_COUNT(&set);
    return count > 0 ? (size_t)count : 1;
}

static void *
do_pieces(void *argument)
{
    const Worker *worker = argument;
    Pieces *pieces = worker->pieces;
    size_t piece;
    while ((piece = atomic_fetch_add(&pieces->next, 1)) < pieces->count)
        pieces->work(pieces->self, worker->arena, worker->number, piece);
    return NULL;
}

/* How many of them the system starts. */
static size_t
start(Worker *workers, size_t count)
{
    pthread_attr_t attributes;
    size_t started = 0;
    if (pthread_attr_init(&attributes) != 0)
        return 0;
    if (pthread_attr_setstacksize(&attributes, STACK_SIZE) == 0) {
        while (started < count && pthread_create(&workers[started].thread, &attributes, do_pieces,
                                                 &workers[started]) == 0)
            started++;
    }
    pthread_attr_destroy(&attributes);
    return started;
}

void
parallel_run(Arena *arena, size_t workers, size_t count, ParallelWork *work, void *self)
{
    Pieces pieces = {.work = work, .self = self, .count = count};
    Worker all[MOST_WORKERS];
    size_t most = workers < MOST_WORKERS ? workers : MOST_WORKERS;
    most = most < count ? most : count;
    for (size_t i = 0; i < most; i++)
        all[i] = (Worker){.pieces = &pieces, .arena = i > 0 ? arena_new() : arena, .number = i};
    const size_t started = most > 1 ? start(all + 1, most - 1) : 0;
    if (most > 0)
        (void)do_pieces(&all[0]);
    for (size_t i = 1; i <= started; i++)
        (void)pthread_join(all[i].thread, NULL);
    for (size_t i = 1; i < most; i++)
        arena_take(arena, all[i].arena);
}
