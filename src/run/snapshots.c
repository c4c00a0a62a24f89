/* SPDX-License-Identifier: MIT */
#include "run/snapshots.h"

#include <inttypes.h>

#include "base/duration.h"
#include "db/interrupt.h"
#include "run/cancel.h"

#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 1000

/* Whether the server makes it wait for others, and whether for every snapshot. */
static bool
is_concerned(const Op *op, bool *builds)
{
    *builds = op->kind == OP_CREATE_INDEX || op->kind == OP_REINDEX;
    return op->concurrently &&
           (*builds || op->kind == OP_DROP_INDEX || op->kind == OP_DETACH_PARTITION);
}

static bool
find_old(const Attempt *attempt, Arena *arena, const Op *op, bool builds, BlockerList *out,
         Error *err)
{
    const RunOptions *options = attempt->session->options;
    BlockerList all;
    *out = (BlockerList){0};
    const char *table = op->target.name != NULL ? sql_qualified(arena, op->target) : NULL;
    if (!waits_old_transactions(arena, attempt->session->db, table, builds, options->show_queries,
                                &all, err))
        return false;
    foreach (blocker, &all)
        if (blocker->age_ms >= options->old_snapshot_age_ms)
            LIST_APPEND(arena, out, *blocker);
    return true;
}

static const char *
oldest(Arena *arena, const BlockerList *old)
{
    const Blocker *first = &old->items[0];
    foreach (blocker, old)
        if (blocker->age_ms > first->age_ms)
            first = blocker;
    char age[DURATION_SIZE];
    duration_print((long)(first->age_ms / 1000 * 1000), age);
    if (first->pid == 0)
        return arena_printf(arena, "the prepared transaction %s has been open for %s",
                            first->application, age);
    return arena_printf(arena, "pid %d (%s, %s) has had a transaction open for %s", first->pid,
                        first->application[0] != '\0' ? first->application : "unnamed",
                        first->state, age);
}

static bool
refuse(const Attempt *attempt, const StatementEvent *event, const BlockerList *old, ErrorKind kind,
       Error *err)
{
    error_set(err, kind, "%s:%zu: %s was not begun, because it would wait for others: %s",
              event->migration->path, event->line, event->kind, oldest(attempt->arena, old));
    if (old->count > 1)
        error_detail(err, "there are %zu such transactions", old->count);
    return error_hint(err, "End the transaction and run again, or begin all the same with "
                           "--old-snapshots proceed.");
}

static void
tell(const RunSession *session, const StatementEvent *event, const BlockerList *old, bool waits)
{
    if (session->observer.old_transactions != NULL)
        session->observer.old_transactions(session->observer.context, event, old, waits);
}

/* With ticks, so that whoever waits sees that something goes on. */
static bool
sleep_a_while(const RunSession *session, int64_t waited_ms, int64_t pause_ms, Error *err)
{
    if (!interrupt_sleep(pause_ms, err))
        return false;
    if (session->observer.tick != NULL)
        session->observer.tick(session->observer.context, NULL, waited_ms + pause_ms);
    return true;
}

bool
snapshots_wait(Attempt *attempt, size_t index, Error *err)
{
    RunSession *session = attempt->session;
    const RunOptions *options = session->options;
    const Op *op = &attempt->work->script->statements.items[index].ops.items[0];
    const StatementEvent event = work_statement_event(attempt->arena, attempt->work, index);
    bool builds;
    if (!is_concerned(op, &builds))
        return true;
    bool waits = options->old_snapshots == OLD_SNAPSHOTS_WAIT;
    int64_t began = duration_clock_ms();
    int64_t told = 0;
    int64_t wait = FIRST_PAUSE_MS;
    for (;;) {
        BlockerList old;
        ArenaMark mark = arena_mark(attempt->arena);
        if (!find_old(attempt, attempt->arena, op, builds, &old, err))
            return false;
        if (old.count == 0)
            return true;
        if (options->old_snapshots == OLD_SNAPSHOTS_STOP)
            return refuse(attempt, &event, &old, ERROR_GATE, err);
        int64_t now = duration_clock_ms();
        if (told == 0 || now - told >= LONGEST_PAUSE_MS) {
            tell(session, &event, &old, waits);
            told = now;
        }
        if (!waits)
            return true;
        int64_t left = options->retry_budget_ms - (now - began);
        watch_saw(session, &event, &old);
        cancel_blockers(session, session->db, &old, false);
        if (left <= 0)
            return refuse(attempt, &event, &old, ERROR_LOCK, err);
        if (!sleep_a_while(session, now - began, wait < left ? wait : left, err))
            return false;
        wait = wait * 2 < LONGEST_PAUSE_MS ? wait * 2 : LONGEST_PAUSE_MS;
        arena_rewind(attempt->arena, mark);
    }
}
