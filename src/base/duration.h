/* SPDX-License-Identifier: MIT */
/* Spans of time as people write them, and a clock that never goes back. */
#ifndef LOCKSTEP_BASE_DURATION_H
#define LOCKSTEP_BASE_DURATION_H

#include <stdint.h>

#include "lockstep/error.h"

/* What the server takes for its timeouts: 2^31-1 ms, about 24 days. */
#define DURATION_MAX_MS 2147483647L

/* Enough for every text that duration_print() makes. */
#define DURATION_SIZE 24

/*
 * "500ms", "2s", "10min", "1h", "1d" (a blank before the unit is fine) or "0", in milliseconds.
 * ERROR_USAGE for anything else: no unit, a fraction, a sign, too long. The message quotes the
 * text.
 */
bool duration_parse(const char *text, long *ms, Error *err) MUST_USE;

/* The shortest text that duration_parse() reads back as the same value: 120000 is "2min", 1500 is
 * "1500ms", 0 is "0". Returns `out`. */
const char *duration_print(long ms, char out[DURATION_SIZE]);

/* CLOCK_MONOTONIC in milliseconds: only differences mean something. */
int64_t duration_clock_ms(void);

#endif
