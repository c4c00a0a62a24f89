/* SPDX-License-Identifier: MIT */
#include "run/connect.h"

#include <string.h>

#include "base/duration.h"
#include "db/interrupt.h"

#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 2000
#define TICK_MS 100

static void
tell(const RunSession *session, const Error *reason, int64_t waited_ms)
{
    if (session->observer.connect_wait != NULL)
        session->observer.connect_wait(session->observer.context, reason, waited_ms);
}

static bool
pause_between(const RunSession *session, int64_t pause_ms, int64_t waited_ms, Error *err)
{
    for (int64_t done = 0; done < pause_ms; done += TICK_MS) {
        if (!interrupt_sleep(pause_ms - done < TICK_MS ? pause_ms - done : TICK_MS, err))
            return false;
        if (session->observer.tick != NULL)
            session->observer.tick(session->observer.context, NULL, waited_ms + done);
    }
    return true;
}

bool
connect_open(RunSession *session, Error *err)
{
    const RunOptions *options = session->options;
    const DbOptions connection = {.conninfo = options->conninfo,
                                  .connect_timeout_ms = options->connect_timeout_ms,
                                  .statement_timeout_ms = options->statement_timeout_ms,
                                  .application = "lockstep",
                                  .read_only = options->dry_run,
                                  .role = options->role,
                                  .given_up = options->given_up};
    int64_t began = duration_clock_ms();
    int64_t pause = FIRST_PAUSE_MS;
    while (!db_open(&connection, &session->db, err)) {
        int64_t waited = duration_clock_ms() - began;
        int64_t left = options->wait_for_database_ms - waited;
        bool given_up = options->given_up != NULL && atomic_load(options->given_up);
        if (err->kind != ERROR_CONNECTION || left <= 0 || given_up ||
            db_server_answers(&connection))
            return false;
        tell(session, err, waited);
        if (!pause_between(session, pause < left ? pause : left, waited, err))
            return false;
        pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS;
    }
    if (options->role == NULL || !db_is_pooled(session->db))
        return true;
    (void)error_set(err, ERROR_GATE, "behind a connection pooler no session keeps role %s",
                    options->role);
    return error_hint(err, "Connect to the server itself, or as a role that needs no --role.");
}

static bool
refuse(const char *what, const char *found, const char *expected, Error *err)
{
    (void)error_set(err, ERROR_GATE, "this is %s %s, but %s is expected", what, found, expected);
    return error_hint(err, "Look at --url, the environment and the section of the target in "
                           "lockstep.ini: one of them means another place.");
}

bool
connect_check_place(const RunSession *session, Error *err)
{
    const RunOptions *options = session->options;
    const char *system = NULL;
    if (options->database_name != NULL &&
        strcmp(options->database_name, session->target.database) != 0)
        return refuse("database", session->target.database, options->database_name, err);
    if (options->system_identifier == NULL)
        return true;
    if (!facts_system_identifier(session->arena, session->db, &system, err))
        return false;
    return strcmp(options->system_identifier, system) == 0 ||
           refuse("the cluster with system identifier", system, options->system_identifier, err);
}
