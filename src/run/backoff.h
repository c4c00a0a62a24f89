/* SPDX-License-Identifier: MIT */
/*
 * Between two attempts at a lock: a random pause, and then, where it is known who was in the way,
 * until their transactions are gone. Nobody queues behind us meanwhile, since we wait for nothing
 * but the clock; an attempt that began earlier would only stop the application. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_BACKOFF_H
#define LOCKSTEP_RUN_BACKOFF_H

#include "run/attempt.h"
#include "run/retry.h"

/* How long the attempt that begins now may wait for a lock; 0: for ever. */
int64_t backoff_patience(const RunSession *session, const Retry *retry);

/* Waits, after an attempt has failed with this error. False: the budget, which began at `began_ms`,
 * is spent and `err` stays as it is, or a signal ended the wait and `err` says so. */
bool backoff_wait(Attempt *attempt, Retry *retry, int64_t began_ms, Error *err) MUST_USE;

#endif
