/* SPDX-License-Identifier: MIT */
/*
 * What was tried, when, and how it ended, in a SQLite file on this machine. It holds every PITR
 * marker, because a restore rewinds what the database itself remembers. The directory is made with
 * mode 0700, the file with 0600. A run and its marker are on disk before the function returns;
 * what is recorded of its migrations survives the end of the program at once, and a power cut when
 * the operating system has written it: the database itself has it too.
 */
#ifndef LOCKSTEP_JOURNAL_JOURNAL_H
#define LOCKSTEP_JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

typedef struct Journal Journal;

typedef struct JournalRun {
    const char *run; /* id, 8 hex digits */
    const char *system_identifier;
    const char *database;
    const char *server; /* "db1:5432": no user, no password */
    const char *command;
    const char *tool_version;
    const char *user;       /* of the database */
    const char *outcome;    /* "running" until it is finished; "died": it never said its end */
    const char *started_at; /* this machine's clock, UTC; set by journal_begin_run() */
    const char *ended_at;   /* NULL: running, or killed */
} JournalRun;

typedef LIST(JournalRun) JournalRunList;

/* A PITR marker; the fields are those of RestorePoint (run/restore_point.h). */
typedef struct JournalMarker {
    const char *run;
    const char *name;
    const char *name_missing;
    const char *taken_at;
    const char *lsn;
    int64_t timeline;
    const char *system_identifier;
    const char *database;
    int64_t in_flight;
    const char *snapshot_xmin;
    const char *wal_level;
    const char *archive_mode;
    const char *last_archived_wal;
    bool archiver_failing;
} JournalMarker;

typedef LIST(JournalMarker) JournalMarkerList;

typedef struct JournalMigration {
    const char *run;
    const char *version;
    const char *name;
    const char *direction; /* "up", "down" */
    const char *outcome;   /* "running", "done", "failed", "stopped" */
    const char *sqlstate;  /* or NULL */
    const char *error;     /* or NULL */
} JournalMigration;

typedef LIST(JournalMigration) JournalMigrationList;

typedef struct JournalEvent {
    const char *run;
    const char *at;
    const char *what; /* "terminated pid 4711 (psql, anna, …)" */
} JournalEvent;

typedef LIST(JournalEvent) JournalEventList;

/* Where the journal is when nobody says otherwise: below $XDG_STATE_HOME, or ~/.local/state. NULL
 * where there is neither that nor $HOME. */
const char *journal_default_path(Arena *arena);

/* Opens or creates it. ERROR_GATE where it cannot be written. The caller closes it; NULL is fine.
 */
bool journal_open(const char *path, Journal **out, Error *err) MUST_USE;
void journal_close(Journal *journal);

/* All of these: ERROR_GATE where it cannot be written. */
bool journal_begin_run(Journal *journal, const JournalRun *run, Error *err) MUST_USE;
bool journal_finish_run(Journal *journal, const char *run, const char *outcome,
                        Error *err) MUST_USE;
bool journal_record_marker(Journal *journal, const JournalMarker *marker, Error *err) MUST_USE;

/* One row per run, version and direction: recorded again, it gets the new outcome. */
bool journal_record_migration(Journal *journal, const JournalMigration *migration,
                              Error *err) MUST_USE;

/* All migrations of the run that are on record as running are done. */
bool journal_settle_run(Journal *journal, const char *run, Error *err) MUST_USE;

/* Something that was done besides, in words; the time is this machine's. */
bool journal_record_event(Journal *journal, const char *run, const char *what, Error *err) MUST_USE;

/* What runs on this database of this server have begun, without an end on record: each run once,
 * with a version of NULL where none of its migrations is open. The run `but` is left out. */
bool journal_list_unfinished(Arena *arena, Journal *journal, const char *system_identifier,
                             const char *database, const char *but, JournalMigrationList *out,
                             Error *err) MUST_USE;

/* Oldest first. */
bool journal_list_runs(Arena *arena, Journal *journal, JournalRunList *out, Error *err) MUST_USE;
bool journal_list_markers(Arena *arena, Journal *journal, JournalMarkerList *out,
                          Error *err) MUST_USE;
bool journal_list_migrations(Arena *arena, Journal *journal, JournalMigrationList *out,
                             Error *err) MUST_USE;
bool journal_list_events(Arena *arena, Journal *journal, JournalEventList *out,
                         Error *err) MUST_USE;

#endif
