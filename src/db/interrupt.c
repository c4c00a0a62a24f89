/* SPDX-License-Identifier: MIT */
#include "db/interrupt.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"

/* Written by the handler only, but for interrupt_catch(). */
static volatile sig_atomic_t signals_seen;
static volatile sig_atomic_t last_signal;

static sig_atomic_t signals_accepted;

/* The mask with which ppoll() waits: that of the caller, with our two signals let through. */
static sigset_t waiting_mask;

static void
count_signal(int number)
{
    last_signal = number;
    if (signals_seen < 100)
        signals_seen = signals_seen + 1;
}

void
interrupt_catch(InterruptState *state)
{
    signals_seen = 0;
    last_signal = 0;
    signals_accepted = 0;

    struct sigaction action = {.sa_handler = count_signal};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&action.sa_mask);
    sigemptyset(&ignore.sa_mask);

    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigprocmask(SIG_BLOCK, &ours, &state->mask);
    waiting_mask = state->mask;
    sigdelset(&waiting_mask, SIGINT);
    sigdelset(&waiting_mask, SIGTERM);

    sigaction(SIGINT, &action, &state->on_interrupt);
    sigaction(SIGTERM, &action, &state->on_terminate);
    sigaction(SIGPIPE, &ignore, &state->on_pipe);
    state->active = true;
}

void
interrupt_release(InterruptState *state)
{
    if (!state->active)
        return;
    sigaction(SIGINT, &state->on_interrupt, NULL);
    sigaction(SIGTERM, &state->on_terminate, NULL);
    sigaction(SIGPIPE, &state->on_pipe, NULL);
    sigprocmask(SIG_SETMASK, &state->mask, NULL);
    state->active = false;
}

bool
interrupt_pending(void)
{
    return signals_seen > signals_accepted;
}

void
interrupt_accept(void)
{
    signals_accepted = signals_seen;
}

int
interrupt_count(void)
{
    return (int)signals_seen;
}

bool
interrupt_error(Error *err)
{
    if (last_signal == SIGTERM)
        return error_set(err, ERROR_TERMINATED, "terminated by SIGTERM");
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
}

int
interrupt_wait(int descriptor, short events, int64_t timeout_ms)
{
    struct pollfd watched = {.fd = descriptor, .events = events};
    struct timespec limit = {.tv_sec = (time_t)(timeout_ms / 1000),
                             .tv_nsec = (long)(timeout_ms % 1000) * 1000000L};
    /* Outside of interrupt_catch() the mask stays as it is. */
    sigset_t current;
    sigprocmask(SIG_BLOCK, NULL, &current);
    bool catching = sigismember(&current, SIGINT) == 1;
    int ready = ppoll(&watched, descriptor >= 0 ? 1 : 0, &limit, catching ? &waiting_mask : NULL);
    return ready < 0 && errno == EINTR ? 0 : ready;
}

bool
interrupt_check(Error *err)
{
    if (!interrupt_pending())
        return true;
    interrupt_accept();
    return interrupt_error(err);
}

bool
interrupt_sleep(int64_t milliseconds, Error *err)
{
    int64_t end = duration_clock_ms() + milliseconds;
    for (;;) {
        if (!interrupt_check(err))
            return false;
        int64_t left = end - duration_clock_ms();
        if (left <= 0)
            return true;
        if (interrupt_wait(-1, 0, left) < 0)
            return error_set(err, ERROR_USAGE, "cannot wait: %s", strerror(errno));
    }
}
