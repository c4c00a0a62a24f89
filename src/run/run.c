/* SPDX-License-Identifier: MIT */
#include "run/run.h"

#include <stdio.h>
#include <stdlib.h>

#include "db/interrupt.h"
#include "run/apply.h"
#include "run/hook.h"
#include "run/look.h"
#include "run/marker.h"
#include "run/pooled.h"
#include "run/session.h"
#include "run/timeouts.h"
#include "run/work.h"
#include "source/discover.h"

#define SECOND_MS ((int64_t)1000)

RunOptions
run_options_default(void)
{
    return (RunOptions){.directory = "migrations",
                        .max_bytes = SOURCE_MAX_BYTES,
                        .history_schema = "lockstep",
                        .command = "up",
                        .connect_timeout_ms = 10 * SECOND_MS,
                        .lock_timeout_ms = 2 * SECOND_MS,
                        .lock_wait_ms = 60 * SECOND_MS,
                        .retry_budget_ms = 600 * SECOND_MS,
                        .max_hold_ms = 10 * SECOND_MS,
                        .max_queue = 20,
                        .silence_ms = 10 * SECOND_MS,
                        .show_queries = true,
                        .cancel_older_than_ms = -1,
                        .old_snapshot_age_ms = 10 * SECOND_MS,
                        .retry_base_ms = 1000,
                        .retry_cap_ms = 60 * SECOND_MS};
}

typedef enum RunKind { RUN_UP, RUN_DOWN, RUN_REDO, RUN_GOTO } RunKind;

/* All that up and down need on their way. */
typedef struct Run {
    Arena *arena;
    const RunOptions *options;
    RunKind kind;
    RunSession session;
    MigrationList migrations;
    StringList lone_downs;
    History history;
    Plan plan;
    WorkList works;
    HookFacts facts; /* so far, of no migration */
    RunReport *report;
} Run;

static bool
load_plan(Run *run, Error *err)
{
    if (!history_load(run->arena, run->session.db, run->options->history_schema, HISTORY_DOWNS,
                      &run->history, err))
        return false;
    run->session.next_id = history_next_id(&run->history);
    plan_make(run->arena, &run->migrations, &run->history, &run->plan);
    return true;
}

static bool
choose(Run *run, PlanOrder *order, Error *err)
{
    const RunOptions *options = run->options;
    switch (run->kind) {
    case RUN_UP:
        return plan_up(run->arena, &run->plan, options->to, options->count, options->order, order,
                       err);
    case RUN_DOWN:
        return plan_down(run->arena, &run->plan, options->count, options->to, order, err);
    case RUN_REDO:
        return plan_redo(run->arena, &run->plan, options->count, order, err);
    case RUN_GOTO:
        return plan_goto(run->arena, &run->plan, options->to, options->order, order, err);
    }
    abort();
}

static bool
add_work(Run *run, PlanStep step, size_t total, Error *err)
{
    const PlanItem *item = &run->plan.items.items[step.item];
    Work work;
    LIST_APPEND(run->arena, &run->report->planned, (PlannedRun){*item, step.direction});
    if (!work_prepare(run->arena, item, step.direction, run->session.run, &work, err) ||
        !work_resume(run->arena, &run->history, &work, err))
        return false;
    work.event.number = run->works.count + 1;
    work.event.total = total;
    LIST_APPEND(run->arena, &run->works, work);
    return true;
}

static void
foresee_statements(Run *run)
{
    work_classify(run->arena, &run->works, run->session.target.server_major);
    foreach (work, &run->works)
        if (run->options->dry_run)
            LIST_APPEND(run->arena, &run->report->statements,
                        timeouts_plan(run->arena, work, run->options));
}

static bool
check_pooled(const Run *run, Error *err)
{
    foreach (work, &run->works)
        if (!pooled_check(run->arena, work, err))
            return false;
    return true;
}

/* Everything that can be found wrong without changing anything is found now. */
static bool
prepare(Run *run, Error *err)
{
    PlanOrder order;
    if (!load_plan(run, err) || !choose(run, &order, err))
        return false;
    run->report->pending_after = run->plan.pending;
    run->report->reformatted = run->plan.reformatted;
    run->report->missing = run->plan.missing;
    if (run->options->order == ORDER_SKIP && run->kind != RUN_DOWN)
        run->report->left_late = run->plan.out_of_order;
    foreach (step, &order) {
        if (!add_work(run, *step, order.count, err))
            return false;
    }
    if (db_is_pooled(run->session.db) && !check_pooled(run, err))
        return false;
    foresee_statements(run);
    if (order.count > 0 && !hook_check_all(&run->session, err))
        return false;
    if (run->session.observer.planned != NULL)
        run->session.observer.planned(run->session.observer.context, &run->report->planned);
    return true;
}

static void
count_done(Run *run, const MigrationResult *result)
{
    run->facts.done++;
    if (result->direction == DIRECTION_DOWN) {
        run->report->pending_after++;
        return;
    }
    run->report->pending_after--;
    run->facts.last_applied = result->version_text;
}

static bool
apply_all(Run *run, Error *err)
{
    foreach (work, &run->works) {
        MigrationResult result;
        HookFacts facts = run->facts;
        facts.migration = &work->event;
        if (!hook_run_all(&run->session, HOOK_BEFORE_EACH, &facts, err))
            return false;
        bool ok = apply_migration(&run->session, work, &result, err);
        LIST_APPEND(run->arena, &run->report->migrations, result);
        if (!ok)
            return false;
        count_done(run, &result);
        facts = run->facts;
        facts.migration = &work->event;
        facts.outcome = "done";
        if (!hook_run_all(&run->session, HOOK_AFTER_EACH, &facts, err))
            return false;
    }
    return true;
}

static bool
execute(Run *run, Error *err)
{
    if (run->works.count == 0) {
        marker_settle_dead(&run->session, &run->history);
        return true;
    }
    run->facts.planned = run->works.count;
    watch_open(&run->session);
    run->report->has_marker = marker_take(&run->session, &run->report->marker, err);
    if (!run->report->has_marker)
        return false;
    marker_settle_dead(&run->session, &run->history);
    return history_create(run->arena, run->session.db, run->options->history_schema, err) &&
           hook_run_all(&run->session, HOOK_BEFORE_RUN, &run->facts, err) && apply_all(run, err);
}

static const char *
journal_outcome(const Run *run, bool ok)
{
    if (ok)
        return "done";
    const MigrationResultList *results = &run->report->migrations;
    return results->count > 0 && results->items[0].done ? "partly done" : "failed";
}

static void
note_lone_downs(const Run *run)
{
    foreach (path, &run->lone_downs)
        session_note(&run->session, "%s is left out: no migration of its version goes up", *path);
}

static bool
run_on_server(Run *run, const RunObserver *observer, Error *err)
{
    RunSession *session = &run->session;
    bool ok = session_open(run->arena, run->options, observer, session, err);
    run->report->run = session->run;
    run->report->target = session->target;
    if (ok)
        note_lone_downs(run);
    ok = ok && session_check_gates(session, err) &&
         (run->options->dry_run || session_lock(session, err)) && prepare(run, err) &&
         (run->options->dry_run || execute(run, err));
    if (run->report->has_marker) {
        HookFacts facts = run->facts;
        facts.outcome = journal_outcome(run, ok);
        hook_finish(session, &facts, ok);
    }
    marker_finish_run(session, journal_outcome(run, ok));
    run->report->cancelled = session->cancelled;
    session_close(session);
    return ok;
}

static bool
run_migrations(Arena *arena, const RunOptions *options, RunKind kind, const RunObserver *observer,
               RunReport *out, Error *err)
{
    *out = (RunReport){0};
    Run run = {.arena = arena, .options = options, .kind = kind, .report = out};
    InterruptState signals = {0};
    if (!look_discover(arena, options, false, &run.lone_downs, &run.migrations, err))
        return false;
    interrupt_catch(&signals);
    bool ok = run_on_server(&run, observer, err);
    interrupt_release(&signals);
    return ok || look_blame_nobody(err);
}

bool
run_up(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
       Error *err)
{
    return run_migrations(arena, options, RUN_UP, observer, out, err);
}

bool
run_down(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
         Error *err)
{
    return run_migrations(arena, options, RUN_DOWN, observer, out, err);
}

bool
run_redo(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
         Error *err)
{
    return run_migrations(arena, options, RUN_REDO, observer, out, err);
}

bool
run_goto(Arena *arena, const RunOptions *options, const RunObserver *observer, RunReport *out,
         Error *err)
{
    return run_migrations(arena, options, RUN_GOTO, observer, out, err);
}
