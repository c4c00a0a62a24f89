/* SPDX-License-Identifier: MIT */
#include "run/marker.h"

#include <string.h>
#include <unistd.h>

#include "version.h"

static const char *
path_of(const RunSession *session)
{
    return session->options->journal_path != NULL ? session->options->journal_path
                                                  : journal_default_path(session->arena);
}

static bool
open_journal(RunSession *session, const char *system_identifier, Error *err)
{
    const RunTarget *target = &session->target;
    const char *path = path_of(session);
    if (path == NULL) {
        error_set(err, ERROR_GATE, "there is no place for the journal: HOME is not set");
        return error_hint(err, "Name a file with --journal PATH.");
    }
    JournalRun row = {.run = session->run,
                      .system_identifier = system_identifier,
                      .database = target->database,
                      .server = arena_printf(session->arena, "%s:%s", target->host, target->port),
                      .command = session->options->command,
                      .tool_version = LOCKSTEP_VERSION,
                      .user = target->user};
    if (!journal_open(path, &session->journal, err) ||
        !journal_begin_run(session->journal, &row, err))
        return false;
    session->journal_has_run = true;
    return true;
}

static JournalMarker
journal_marker(const RestorePoint *point)
{
    return (JournalMarker){.run = point->run,
                           .name = point->name,
                           .name_missing = point->name_missing,
                           .taken_at = point->taken_at,
                           .lsn = point->lsn,
                           .timeline = point->timeline,
                           .system_identifier = point->system_identifier,
                           .database = point->database,
                           .in_flight = point->in_flight,
                           .snapshot_xmin = point->snapshot_xmin,
                           .wal_level = point->wal_level,
                           .archive_mode = point->archive_mode,
                           .last_archived_wal = point->last_archived_wal,
                           .archiver_failing = point->archiver_failing};
}

/* The journal first: what is only in the database is gone after the restore that the marker is for.
 */
bool
marker_take(RunSession *session, RestorePoint *out, Error *err)
{
    const char *system_identifier;
    if (!facts_system_identifier(session->arena, session->db, &system_identifier, err) ||
        !open_journal(session, system_identifier, err) ||
        !restore_point_take(session->arena, session->db, session->run, out, err))
        return false;
    JournalMarker marker = journal_marker(out);
    if (!journal_record_marker(session->journal, &marker, err))
        return false;
    session->marker = restore_point_json(session->arena, out);
    session_reached(session, POINT_MARKER_RECORDED);
    if (session->observer.marker_taken != NULL)
        session->observer.marker_taken(session->observer.context, out);
    return true;
}

/* ---- what earlier runs left open */

static bool
is_done(const History *history, const JournalMigration *migration)
{
    foreach (row, &history->rows)
        if (row->outcome == ATTEMPT_DONE && strcmp(row->run, migration->run) == 0 &&
            strcmp(row->version, migration->version) == 0 &&
            strcmp(row->is_down ? "down" : "up", migration->direction) == 0)
            return true;
    return false;
}

static bool
settle(RunSession *session, Journal *journal, const History *history, Error *err)
{
    const char *system_identifier;
    JournalMigrationList open;
    if (!facts_system_identifier(session->arena, session->db, &system_identifier, err) ||
        !journal_list_unfinished(session->arena, journal, system_identifier,
                                 session->target.database, session->run, &open, err))
        return false;
    foreach (migration, &open) {
        if (migration->version != NULL) {
            migration->outcome = is_done(history, migration) ? "done" : "died";
            if (!journal_record_migration(journal, migration, err))
                return false;
        }
        if (!journal_finish_run(journal, migration->run, "died", err))
            return false;
    }
    return true;
}

void
marker_settle_dead(RunSession *session, const History *history)
{
    Error problem = {0};
    const char *path = path_of(session);
    bool is_there = path != NULL && access(path, F_OK) == 0;
    bool ok =
        session->journal != NULL || !is_there || journal_open(path, &session->journal, &problem);
    if (ok && session->journal != NULL)
        ok = settle(session, session->journal, history, &problem);
    if (!ok)
        session_note(session, "%s", problem.message);
}

void
marker_finish_run(RunSession *session, const char *outcome)
{
    Error problem = {0};
    if (session->journal_has_run &&
        !journal_finish_run(session->journal, session->run, outcome, &problem))
        session_note(session, "%s", problem.message);
}
