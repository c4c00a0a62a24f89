/* SPDX-License-Identifier: MIT */
/* SIGINT and SIGTERM as something to ask for: both are blocked but for the moments in which we
 * wait. */
#ifndef LOCKSTEP_DB_INTERRUPT_H
#define LOCKSTEP_DB_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "lockstep/error.h"

/* What interrupt_catch() replaced. */
typedef struct InterruptState {
    struct sigaction on_interrupt;
    struct sigaction on_terminate;
    struct sigaction on_pipe;
    sigset_t mask;
    bool active;
} InterruptState;

/* From here to interrupt_release(), the two signals are only counted, and SIGPIPE is ignored. */
void interrupt_catch(InterruptState *state);
void interrupt_release(InterruptState *state);

/* Whether a signal came that nobody has acted upon; interrupt_accept() acts upon it. */
bool interrupt_pending(void);
void interrupt_accept(void);

/* Signals since interrupt_catch(). */
int interrupt_count(void);

/* "interrupted" as an error of the kind that fits the last signal; returns false. */
bool interrupt_error(Error *err);

/* True while none is pending; else acts upon it, and the error is interrupt_error()'s. */
bool interrupt_check(Error *err) MUST_USE;

/* Waits for poll events on a descriptor (-1: for time only), a signal, or the timeout. Returns what
 * ppoll() does; 0 too for a signal. */
int interrupt_wait(int descriptor, short events, int64_t timeout_ms);

/* Sleeps; false with ERROR_INTERRUPTED or ERROR_TERMINATED when a signal comes. */
bool interrupt_sleep(int64_t milliseconds, Error *err) MUST_USE;

#endif
