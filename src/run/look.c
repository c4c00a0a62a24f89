/* SPDX-License-Identifier: MIT */
#include "run/look.h"

#include <stdatomic.h>

#include "base/parallel.h"
#include "db/interrupt.h"
#include "source/discover.h"

bool
look_discover(Arena *arena, const RunOptions *options, bool without_downs, StringList *lone_downs,
              MigrationList *out, Error *err)
{
    const DiscoverOptions how = {.max_bytes = options->max_bytes,
                                 .layout = options->layout,
                                 .variables = options->variables,
                                 .without_downs = without_downs,
                                 .with_checksums = true,
                                 .lone_downs = lone_downs};
    if (!discover_migrations(arena, &how, options->directory, out, err))
        return false;
    foreach (migration, out)
        if (migration->up != NULL && !source_require(migration->up, err))
            return false;
    return true;
}

bool
look_blame_nobody(Error *err)
{
    if (err->kind == ERROR_SERVER)
        err->kind = ERROR_GATE;
    return false;
}

bool
look_at(Arena *arena, const RunOptions *options, const RunObserver *observer,
        bool (*look)(RunSession *session, void *context, Error *err), void *context, Error *err)
{
    RunOptions read_only = *options;
    read_only.dry_run = true;
    InterruptState signals = {0};
    RunSession session;
    interrupt_catch(&signals);
    bool ok =
        session_open(arena, &read_only, observer, &session, err) && look(&session, context, err);
    session_close(&session);
    interrupt_release(&signals);
    return ok || look_blame_nobody(err);
}

/* What is on the server, and what is here: neither needs the other before both are known. */
typedef struct StatusLook {
    const RunObserver *observer;
    RunOptions options;
    atomic_bool given_up; /* the files are at fault, so that the server's answer is of no use */
    History history;
    MigrationList migrations;
    RunStatus *out;
    bool looked[2]; /* what came of each piece */
    Error problems[2];
} StatusLook;

/* The server's first: that thread asks libpq for much memory, and the process's own can be given it
 * in larger steps than another. */
enum { SERVER, FILES };

static bool
look_for_status(RunSession *session, void *context, Error *err)
{
    StatusLook *look = context;
    RunStatus *out = look->out;
    bool is_ours = false;
    out->target = session->target;
    out->advisory_key = session->advisory_key;
    if (!history_load(session->arena, session->db, session->options->history_schema, HISTORY_STATE,
                      &look->history, err) ||
        !facts_lock_holder(session->arena, session->db, session->advisory_key, &out->runner,
                           &is_ours, err))
        return false;
    out->has_history = look->history.exists;
    out->is_running = out->runner.pid != 0;
    return true;
}

static void
look_for_piece(void *self, Arena *arena, size_t worker, size_t piece)
{
    StatusLook *look = self;
    Error *problem = &look->problems[piece];
    (void)worker;
    look->looked[piece] =
        piece == FILES
            ? look_discover(arena, &look->options, true, NULL, &look->migrations, problem)
            : look_at(arena, &look->options, look->observer, look_for_status, look, problem);
    if (piece == FILES && !look->looked[piece])
        atomic_store(&look->given_up, true);
}

bool
run_status(Arena *arena, const RunOptions *options, const RunObserver *observer, RunStatus *out,
           Error *err)
{
    StatusLook *look = ARENA_NEW(arena, StatusLook);
    *out = (RunStatus){0};
    look->options = *options;
    look->options.given_up = &look->given_up;
    look->observer = observer;
    look->out = out;
    parallel_run(arena, 2, 2, look_for_piece, look);
    for (int piece = FILES; piece >= SERVER; piece--)
        if (!look->looked[piece]) {
            *err = look->problems[piece];
            return false;
        }
    plan_make(arena, &look->migrations, &look->history, &out->plan);
    return true;
}

typedef struct HistoryLook {
    RunTarget *target;
    History *out;
} HistoryLook;

static bool
look_for_history(RunSession *session, void *context, Error *err)
{
    const HistoryLook *look = context;
    *look->target = session->target;
    return history_load(session->arena, session->db, session->options->history_schema,
                        HISTORY_ALL_TEXTS, look->out, err);
}

bool
run_history(Arena *arena, const RunOptions *options, const RunObserver *observer, RunTarget *target,
            History *out, Error *err)
{
    HistoryLook look = {.target = target, .out = out};
    *out = (History){0};
    return look_at(arena, options, observer, look_for_history, &look, err);
}
