/* SPDX-License-Identifier: MIT */
/* When to try again after a lock was not obtained. Pure: knows no clock and no server. */
#ifndef LOCKSTEP_RUN_RETRY_H
#define LOCKSTEP_RUN_RETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Milliseconds. */
typedef struct RetryPolicy {
    int64_t base_ms;   /* upper bound of the first pause; each next bound is twice the last */
    int64_t cap_ms;    /* no bound is higher */
    int64_t budget_ms; /* from the first attempt's beginning to the last attempt's beginning */
} RetryPolicy;

typedef struct Retry {
    RetryPolicy policy;
    uint64_t random;
    size_t failures;
} Retry;

void retry_begin(Retry *retry, RetryPolicy policy, uint64_t seed);

/*
 * After an attempt failed, `elapsed_ms` after the first one began: how long to pause before the
 * next. The pause is drawn evenly from 0 to its bound ("full jitter"), so that runners that failed
 * together do not meet again, and never reaches beyond the budget. To it comes `rest_ms`, in which
 * those who queued behind the attempt catch up. False: the budget is spent.
 */
bool retry_next(Retry *retry, int64_t elapsed_ms, int64_t rest_ms, int64_t *pause_ms);

/*
 * How long the next attempt may wait for a lock, where `longest_ms` is the most that one may; 0
 * waits for ever. Everybody who comes after us waits as long as we do, so the first attempts are
 * short: an eighth of it (but not below a quarter of a second, in which the sessions in the way can
 * be seen), twice as long after every second failure.
 */
int64_t retry_patience(const Retry *retry, int64_t longest_ms);

/* Whether another attempt can end otherwise: lock not available, deadlock, serialization failure.
 */
bool retry_helps(const char *sqlstate);

#endif
