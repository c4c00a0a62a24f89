/* SPDX-License-Identifier: MIT */
/*
 * An application at work on the table `orders` of a database: sessions that read and write single
 * rows at a steady rate, and others that keep a transaction open for some seconds, go away, and
 * come back. The load is an open one: a request counts from when it was due, not from when its
 * session got round to sending it, so that a stall shows in every request that it held up. Failing
 * to connect ends the program.
 */
#ifndef LOCKSTEP_TESTS_LOAD_H
#define LOCKSTEP_TESTS_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"

/* A transaction that stays open. */
typedef struct LoadHold {
    const char *begin; /* statements, BEGIN included */
    double held_s;
    double away_s;
} LoadHold;

typedef struct LoadPlan {
    const char *conninfo;
    size_t clients;
    double rate; /* requests a second of each client; every other one is an UPDATE */
    size_t rows; /* ids 2 to this one are asked for */
    const LoadHold *holds;
    size_t hold_count;
} LoadPlan;

/* Times are in seconds, of load_clock(). */
typedef struct LoadRequest {
    double due;
    double latency;
    bool failed;
} LoadRequest;

typedef LIST(LoadRequest) LoadRequestList;

typedef struct Load Load;

double load_clock(void);
void load_sleep_until(double time);

/* The plan is borrowed until load_end(). */
Load *load_begin(const LoadPlan *plan);

/* Lets every request that is due be answered, stops, and gives the requests, in `arena`. Frees the
 * load. */
LoadRequestList load_end(Load *load, Arena *arena);

#endif
