/* SPDX-License-Identifier: MIT */
#include "run/commit.h"

#include "base/duration.h"
#include "db/interrupt.h"

#define GROUP_MS ((int64_t)500) /* for so long COMMITs need not have been on the disk */

typedef struct Commit {
    Attempt *attempt;
    size_t index;
    Arena *arena;
    bool is_grouped; /* the server may write it to its disk a little later */
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

/* Another migration comes, which is to find the session as it was. */
static bool
resets_behind(const Attempt *attempt, size_t index)
{
    const MigrationEvent *event = &attempt->work->event;
    return attempt_is_last(attempt, index) && event->number < event->total &&
           !db_is_pooled(attempt->session->db);
}

/* Whether the server may write this COMMIT to disk a little later, with those that follow: the last
 * one of the run is waited for, and takes all with it. What a crash takes away before, it takes
 * away together with its row in the history: it is pending then, as if it had never been. */
static bool
joins_group(const Attempt *attempt)
{
    const RunSession *session = attempt->session;
    const MigrationEvent *event = &attempt->work->event;
    return event->number < event->total && !attempt->work->is_stepped &&
           session->options->hooks.at[HOOK_AFTER_EACH].count == 0 &&
           session->options->hooks.at[HOOK_BEFORE_EACH].count == 0 &&
           duration_clock_ms() - session->written_ms < GROUP_MS;
}

static void
on_committed(void *context, size_t command)
{
    Commit *commit = context;
    Attempt *attempt = commit->attempt;
    if (command != (commit->is_grouped ? 1 : 0))
        return;
    commit->is_committed = true;
    session_reached(attempt->session, POINT_AFTER_COMMIT);
    if (commit->is_grouped || !attempt_is_last(attempt, commit->index))
        return;
    record_written(attempt->session);
    attempt->is_told_done = true;
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
    attempt->is_told_done = commit->is_grouped = joins_group(attempt);
    if (commit->is_grouped)
        LIST_APPEND(commit->arena, &batch,
                    (DbCommand){.sql = "SET LOCAL synchronous_commit = off",
                                .is_kept = !attempt->shuns_kept});
    db_batch_add(commit->arena, &batch, "COMMIT");
    if (resets_behind(attempt, commit->index))
        facts_add_reset(commit->arena, session->db, session->advisory_key,
                        attempt->runs_code ? PREPARED_LOOK : PREPARED_OURS, &reset, &batch);
    bool ok = db_run_batch(commit->arena, session->db, &batch, &watch, NULL, err);
    session->is_clean = ok && facts_is_reset(session->db, &reset);
    if (attempt->runs_code)
        session->may_fire = facts_may_fire(&reset);
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
