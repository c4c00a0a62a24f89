/* SPDX-License-Identifier: MIT */
/*
 * A connection that is alive and says nothing: something on the way answers for the other end and
 * swallows what is sent. The second connection sees whether the server still works for us; where it
 * waits for us while we wait for it, or has no such session any more, the connection is dead; where
 * a COMMIT waits for a synchronous standby, we wait with it. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_SILENCE_H
#define LOCKSTEP_RUN_SILENCE_H

#include <stdbool.h>
#include <stdint.h>

/* Times are those of duration_clock_ms(). */
typedef struct Silence {
    int64_t next_ms;  /* when to look again */
    int64_t since_ms; /* when the server was first seen waiting for us; 0: it works */
    int64_t open_ms;  /* when to try for a second connection again */
    bool has_told;    /* that a COMMIT waits for a standby */
} Silence;

struct RunSession;

/* Called about ten times a second while the first connection waits for an answer, that to a COMMIT
 * included. Where that is
 * dead, ends the session that it had, so that its locks are free, and gives it up. */
void silence_tick(struct RunSession *session);

#endif
