/* SPDX-License-Identifier: MIT */
#include "run/silence.h"

#include "base/duration.h"
#include "run/session.h"

#define LOOK_AFTER_MS 1000
#define LOOK_EVERY_MS 1000
#define OPEN_EVERY_MS 10000
#define OPEN_WITHIN_MS 3000

/* What has silenced the first connection may have silenced the second one too. */
static bool
has_second(RunSession *session, int64_t now)
{
    Silence *silence = &session->silence;
    if (session->watch.db != NULL)
        return true;
    if (now < silence->open_ms)
        return false;
    bool ok = watch_open_meanwhile(session, OPEN_WITHIN_MS);
    silence->open_ms = duration_clock_ms() + OPEN_EVERY_MS;
    return ok;
}

static void
give_up(RunSession *session)
{
    Error problem = {0};
    char waited[DURATION_SIZE];
    duration_print((long)session->options->silence_ms, waited);
    if (!waits_end_session(session->watch.db, db_backend_pid(session->db), &problem))
        session_note(session, "%s", problem.message);
    db_give_up(session->db, arena_printf(session->arena,
                                         "the connection is dead: we wait for the server's answer, "
                                         "and for %s the server has been waiting for us",
                                         waited));
}

/* What is committed here already cannot be taken back: nobody gains by our leaving. */
static void
wait_with_it(RunSession *session)
{
    db_still_works(session->db);
    if (!session->silence.has_told)
        session_note(session, "the server waits for a synchronous standby to confirm the COMMIT");
    session->silence.has_told = true;
}

static void
look(RunSession *session, int64_t now)
{
    Silence *silence = &session->silence;
    Arena *scratch = arena_new();
    Error problem = {0};
    SessionDoing doing = SESSION_WORKS;
    if (!waits_doing(scratch, session->watch.db, db_backend_pid(session->db), &doing, &problem))
        watch_give_up(session, &problem);
    arena_free(scratch);
    if (doing == SESSION_WAITS_FOR_STANDBY)
        wait_with_it(session);
    if (doing != SESSION_WAITS_FOR_CLIENT)
        silence->since_ms = 0;
    else if (silence->since_ms == 0)
        silence->since_ms = now;
    else if (now - silence->since_ms >= session->options->silence_ms)
        give_up(session);
}

void
silence_tick(RunSession *session)
{
    Silence *silence = &session->silence;
    int64_t now = duration_clock_ms();
    if (db_quiet_ms(session->db) < LOOK_AFTER_MS) {
        silence->since_ms = 0;
        return;
    }
    if (now < silence->next_ms || db_is_pooled(session->db))
        return;
    silence->next_ms = now + LOOK_EVERY_MS;
    if (has_second(session, now))
        look(session, now);
}
