/* SPDX-License-Identifier: MIT */
/* A server's point in time, as we show and store it. */
#ifndef LOCKSTEP_DB_INSTANT_H
#define LOCKSTEP_DB_INSTANT_H

#include <stdint.h>

#include "lockstep/arena.h"

/* "2026-11-21T08:12:26.123456Z", of microseconds since 1970 in UTC. The year is one of four digits.
 */
const char *instant_text(Arena *arena, int64_t microseconds);

#endif
