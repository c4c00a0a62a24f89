/* SPDX-License-Identifier: MIT */
#include "run/cancel.h"

#include "base/duration.h"
#include "run/session.h"

#define CANCEL_EVERY_MS 1000

static bool
is_wanted(const RunOptions *options, const Blocker *blocker)
{
    return blocker->pid != 0 && blocker->backend[0] == '\0' && !blocker->is_wraparound &&
           blocker->age_ms >= options->cancel_older_than_ms;
}

static void
keep_in_journal(RunSession *session, const Blocker *blocker, const char *how)
{
    Error problem = {0};
    char age[DURATION_SIZE];
    const char *what =
        arena_printf(session->arena, "%s pid %d (%s, %s, %s, in its transaction for %s)", how,
                     blocker->pid, blocker->application, blocker->user, blocker->state,
                     duration_print((long)blocker->age_ms, age));
    if (session->journal_has_run &&
        !journal_record_event(session->journal, session->run, what, &problem))
        session_note(session, "%s", problem.message);
}

static void
tell(RunSession *session, const Blocker *blocker, const char *how)
{
    const CancelledSession cancelled = {.blocker = blocker_copy(session->arena, blocker),
                                        .how = arena_strdup(session->arena, how)};
    LIST_APPEND(session->arena, &session->cancelled, cancelled);
    keep_in_journal(session, blocker, how);
    if (session->observer.session_cancelled != NULL)
        session->observer.session_cancelled(session->observer.context, &cancelled);
}

/* Once is enough to say that we may not. */
static void
note_refusal(RunSession *session, const Blocker *blocker, const char *reason)
{
    if (session->cancel_refused)
        return;
    session->cancel_refused = true;
    session_note(session, "pid %d is in the way and cannot be cancelled: %s", blocker->pid, reason);
}

/* What a session does, only some may see. */
static bool
is_hidden(const Blocker *blocker)
{
    return blocker->pid != 0 && blocker->age_ms < 0;
}

void
cancel_blockers(RunSession *session, Db *db, const BlockerList *blockers, bool waits)
{
    const RunOptions *options = session->options;
    int64_t now = duration_clock_ms();
    if (options->cancel_older_than_ms < 0 || now - session->cancelled_ms < CANCEL_EVERY_MS)
        return;
    Arena *arena = arena_new();
    foreach (blocker, blockers) {
        if (is_hidden(blocker))
            note_refusal(session, blocker,
                         "the role lacks pg_read_all_stats, so nobody knows how "
                         "long it has been there");
        if (!is_wanted(options, blocker))
            continue;
        const char *how;
        Error problem = {0};
        CancelOrder order = {.pid = blocker->pid,
                             .waiting_pid = waits ? db_backend_pid(session->db) : 0,
                             .older_than_ms = options->cancel_older_than_ms,
                             .idle_only = options->cancel_idle_only};
        session->cancelled_ms = now;
        if (!waits_cancel(arena, db, order, &how, &problem))
            note_refusal(session, blocker, problem.message);
        else if (how != NULL)
            tell(session, blocker, how);
    }
    arena_free(arena);
}
