/* SPDX-License-Identifier: MIT */
#include "run/commit.h"

#include "base/duration.h"
#include "db/interrupt.h"

#define GROUP_MS ((int64_t)500) /* for so long COMMITs need not have been on the disk */

typedef struct Commit {
    Attempt *attempt;
    size_t index;
    Arena *arena;
    size_t command; /* of the batch: COMMIT */
    bool is_committed;
} Commit;

static bool
settle_commit(Attempt *attempt, size_t index, Error *err)
{
    bool committed = false;
    Error problem = {0};
    if (!record_settle_commit(attempt, index, &committed, &problem)) {
        error_set(err, ERROR_CONNECTION,
                  "the connection was lost while %s was committed, and it is not known whether it "
                  "was: %s",
                  attempt->work->path, problem.message);
        return error_hint(err, "Run `lockstep status` when the server is back.");
    }
    return committed || error_context(err, "before %s was committed", attempt->work->path);
}

bool
commit_joins_group(const Attempt *attempt)
{
    const RunSession *session = attempt->session;
    const MigrationEvent *event = &attempt->work->event;
    return event->number < event->total && !attempt->work->is_stepped &&
           session->options->hooks.at[HOOK_AFTER_EACH].count == 0 &&
           session->options->hooks.at[HOOK_BEFORE_EACH].count == 0 &&
           duration_clock_ms() - session->written_ms < GROUP_MS;
}

/* Another migration comes, which is to find the session as it was. */
static bool
resets_behind(const Attempt *attempt, size_t index)
{
    const MigrationEvent *event = &attempt->work->event;
    return attempt->runs_code && attempt_is_last(attempt, index) && event->number < event->total &&
           !db_is_pooled(attempt->session->db);
}

static void
on_committed(void *context, size_t command)
{
    Commit *commit = context;
    Attempt *attempt = commit->attempt;
    if (command != commit->command)
        return;
    commit->is_committed = true;
    session_reached(attempt->session, POINT_AFTER_COMMIT);
    if (attempt->is_grouped || !attempt_is_last(attempt, commit->index))
        return;
    record_written(attempt->session);
    attempt->is_told_done = true;
}

/* The transaction has lasted: what is behind it is not to wait any longer. */
static void
leave_group(const Commit *commit, DbCommandList *batch)
{
    Attempt *attempt = commit->attempt;
    if (!attempt->is_grouped || commit_joins_group(attempt))
        return;
    attempt->is_grouped = false;
    db_batch_add(commit->arena, batch, "SET LOCAL synchronous_commit TO DEFAULT");
}

/* Whatever comes of the reset: the next migration does what is missing, and says it. */
static bool
send_commit(Commit *commit, Error *err)
{
    Attempt *attempt = commit->attempt;
    RunSession *session = attempt->session;
    DbCommandList batch = {0};
    SessionReset reset = {0};
    DbBatchWatch watch = {.context = commit, .finished = on_committed};
    leave_group(commit, &batch);
    attempt->is_told_done = attempt->is_grouped;
    commit->command = batch.count;
    LIST_APPEND(commit->arena, &batch,
                (DbCommand){.sql = "COMMIT", .is_kept = !attempt->runs_code});
    if (resets_behind(attempt, commit->index))
        facts_add_reset(commit->arena, session->db, session->advisory_key, PREPARED_LOOK, &reset,
                        &batch);
    bool ok = db_run_batch(commit->arena, session->db, &batch, &watch, NULL, err);
    session->is_clean =
        ok && (attempt->runs_code ? facts_is_reset(session->db, &reset) : attempt->is_reset);
    return commit->is_committed;
}

bool
commit_transaction(Attempt *attempt, size_t index, Arena *arena, Error *err)
{
    RunSession *session = attempt->session;
    Commit commit = {.attempt = attempt, .index = index, .arena = arena};
    Error problem = {0};
    session_reached(session, POINT_BEFORE_COMMIT);
    if (!interrupt_check(err))
        return false;
    session_shield(session, true);
    bool ok = send_commit(&commit, &problem);
    session_shield(session, false);
    if (ok)
        return true;
    *err = problem;
    if (!db_is_lost(session->db) || !settle_commit(attempt, index, err))
        return false;
    session_reached(session, POINT_AFTER_COMMIT);
    return true;
}
