/* SPDX-License-Identifier: MIT */
#include "run/backoff.h"

#include <string.h>

#include "base/duration.h"
#include "db/interrupt.h"
#include "run/cancel.h"

#define TICK_MS 100
#define LOOK_EVERY_MS 250

/* The server cancels an autovacuum for whoever has waited for it for deadlock_timeout, and only for
 * such a one (proc.c, ProcSleep). */
static bool
gives_way(const Blocker *blocker)
{
    return strcmp(blocker->backend, "autovacuum worker") == 0 && !blocker->is_wraparound;
}

static bool
one_gives_way(const BlockerList *blockers)
{
    foreach (blocker, blockers)
        if (gives_way(blocker))
            return true;
    return false;
}

int64_t
backoff_patience(const RunSession *session, const Retry *retry)
{
    int64_t longest = session->options->lock_timeout_ms;
    bool is_waited_for = retry->failures > 0 && one_gives_way(&session->watch.blockers);
    return is_waited_for ? longest : retry_patience(retry, longest);
}

static bool
can_be_seen_going(const Watch *watch)
{
    if (watch->db == NULL || watch->blockers.count == 0 || one_gives_way(&watch->blockers))
        return false;
    foreach (blocker, &watch->blockers)
        if (blocker->transaction[0] == '\0')
            return false;
    return true;
}

/* `waited_ms` since the blockers were seen. */
static bool
are_gone(RunSession *session, int64_t waited_ms)
{
    Watch *watch = &session->watch;
    Arena *arena = arena_new();
    BlockerList left;
    Error problem = {0};
    bool ok = waits_blockers_left(arena, watch->db, &watch->blockers, &left, &problem);
    if (!ok)
        watch_give_up(session, &problem);
    foreach (blocker, &left)
        if (blocker->age_ms >= 0)
            blocker->age_ms += waited_ms;
    if (left.count > 0)
        cancel_blockers(session, watch->db, &left, false);
    bool gone = left.count == 0;
    arena_free(arena);
    return gone;
}

/* With ticks, so that whoever looks on sees that something goes on. */
static bool
sleep_until(const RunSession *session, int64_t began_ms, int64_t end_ms, Error *err)
{
    for (int64_t now = duration_clock_ms(); now < end_ms; now = duration_clock_ms()) {
        if (!interrupt_sleep(end_ms - now < TICK_MS ? end_ms - now : TICK_MS, err))
            return false;
        if (session->observer.tick != NULL)
            session->observer.tick(session->observer.context, NULL, now - began_ms);
    }
    return true;
}

static bool
wait_until_gone(RunSession *session, int64_t began_ms, int64_t end_ms, Error *err)
{
    for (;;) {
        int64_t now = duration_clock_ms();
        if (now >= end_ms || are_gone(session, now - began_ms))
            return true;
        int64_t next = now + LOOK_EVERY_MS;
        if (!sleep_until(session, began_ms, next < end_ms ? next : end_ms, err))
            return false;
    }
}

bool
backoff_wait(Attempt *attempt, Retry *retry, int64_t began_ms, Error *err)
{
    RunSession *session = attempt->session;
    const Watch *watch = &session->watch;
    int64_t now = duration_clock_ms();
    int64_t pause = 0;
    if (!retry_next(retry, now - began_ms, watch->queued_ms / 2, &pause))
        return false;
    RetryEvent event = {.migration = &attempt->work->event,
                        .error = err,
                        .blockers = watch->blockers,
                        .queued = watch->queued,
                        .queued_ms = watch->queued_ms,
                        .attempt = retry->failures,
                        .pause_ms = pause,
                        .until_gone = can_be_seen_going(watch),
                        .left_ms = retry->policy.budget_ms - (now - began_ms) - pause};
    if (session->observer.retry_scheduled != NULL)
        session->observer.retry_scheduled(session->observer.context, &event);
    return sleep_until(session, now, now + pause, err) &&
           (!event.until_gone ||
            wait_until_gone(session, now, began_ms + retry->policy.budget_ms, err));
}
