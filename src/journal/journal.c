/* SPDX-License-Identifier: MIT */
#include "journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "journal/sqlite.h"

#include "journal_sql.h"

#define BUSY_TIMEOUT_MS 5000
#define FORMAT 2 /* user_version */

struct Journal {
    const Sqlite *sqlite;
    sqlite3 *handle;
    bool is_relaxed;      /* writes are not waited for */
    sqlite3_stmt *record; /* of a migration; NULL until there is one */
};

typedef struct Statement {
    const Sqlite *sqlite;
    sqlite3_stmt *handle;
} Statement;

static void
finalize(Statement *statement)
{
    (void)statement->sqlite->finalize(statement->handle);
}

#define AUTO_STATEMENT(journal)                                                                    \
    __attribute__((cleanup(finalize))) Statement statement = {.sqlite = (journal)->sqlite}

const char *
journal_default_path(Arena *arena)
{
    const char *state = getenv("XDG_STATE_HOME");
    if (state != NULL && state[0] == '/')
        return file_join(arena, state, "lockstep/journal.db");
    const char *home = getenv("HOME");
    if (home == NULL || home[0] != '/')
        return NULL;
    return file_join(arena, home, ".local/state/lockstep/journal.db");
}

static bool
refuse(Error *err, const char *path, const char *reason)
{
    error_set(err, ERROR_GATE, "the journal %s cannot be written: %s", path, reason);
    return error_hint(err, "Name a file that can be written with --journal PATH.");
}

static bool
failed(Journal *journal, Error *err)
{
    const char *path = journal->sqlite->db_filename(journal->handle, "main");
    return refuse(err, path != NULL ? path : "", journal->sqlite->errmsg(journal->handle));
}

/* SQLite makes its -wal and -shm files with the permissions of the file that is there already. */
static bool
make_private(const char *path, Error *err)
{
    Arena *scratch = arena_new();
    Error cause = {0};
    bool ok = file_make_directories(file_directory(scratch, path), 0700, &cause);
    arena_free(scratch);
    if (!ok)
        return refuse(err, path, cause.message);
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return refuse(err, path, file_errno_words(errno));
    struct stat found;
    ok = fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) &&
         ((found.st_mode & 077) == 0 || fchmod(descriptor, 0600) == 0);
    close(descriptor);
    return ok || refuse(err, path, "it is no private file of ours");
}

static bool
execute(Journal *journal, const char *sql, Error *err)
{
    return journal->sqlite->exec(journal->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
           failed(journal, err);
}

static bool
prepare(Journal *journal, const char *sql, Statement *out, Error *err)
{
    return journal->sqlite->prepare_v2(journal->handle, sql, -1, &out->handle, NULL) == SQLITE_OK ||
           failed(journal, err);
}

static int
step(const Statement *statement)
{
    return statement->sqlite->step(statement->handle);
}

static bool
read_format(Journal *journal, int *out, Error *err)
{
    AUTO_STATEMENT(journal);
    if (!prepare(journal, "PRAGMA user_version", &statement, err))
        return false;
    if (step(&statement) != SQLITE_ROW)
        return failed(journal, err);
    *out = statement.sqlite->column_int(statement.handle, 0);
    return true;
}

/* Under a lock: two runs may begin at once. */
static bool
make_tables(Journal *journal, Error *err)
{
    int format = 0;
    if (!read_format(journal, &format, err))
        return false;
    if (format > FORMAT)
        return refuse(err, journal->sqlite->db_filename(journal->handle, "main"),
                      "a newer lockstep has written it");
    bool is_numbered = format == 1;
    return (!is_numbered || execute(journal, journal_sql_rename_numbered, err)) &&
           execute(journal, journal_sql_create_run, err) &&
           execute(journal, journal_sql_create_marker, err) &&
           execute(journal, journal_sql_create_migration, err) &&
           execute(journal, journal_sql_create_event, err) &&
           (!is_numbered || execute(journal, journal_sql_take_numbered, err));
}

static bool
set_up(Journal *journal, Error *err)
{
    journal->sqlite->busy_timeout(journal->handle, BUSY_TIMEOUT_MS);
    static const char *const settings[] = {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
                                           "PRAGMA foreign_keys = ON"};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (!execute(journal, settings[i], err))
            return false;
    /* A write that changes nothing: a file that can only be read is found out now. */
    return execute(journal, "BEGIN IMMEDIATE", err) && make_tables(journal, err) &&
           execute(journal, "PRAGMA user_version = 2", err) && execute(journal, "COMMIT", err);
}

bool
journal_open(const char *path, Journal **out, Error *err)
{
    *out = NULL;
    const Sqlite *sqlite = sqlite_load(err);
    if (sqlite == NULL || !make_private(path, err))
        return false;
    Journal *journal = calloc(1, sizeof *journal);
    if (journal == NULL)
        return refuse(err, path, "out of memory");
    journal->sqlite = sqlite;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    bool ok = sqlite->open_v2(path, &journal->handle, flags, NULL) == SQLITE_OK;
    if (!ok)
        refuse(err, path, sqlite->errmsg(journal->handle));
    if (!ok || !set_up(journal, err)) {
        journal_close(journal);
        return false;
    }
    *out = journal;
    return true;
}

void
journal_close(Journal *journal)
{
    if (journal == NULL)
        return;
    (void)journal->sqlite->finalize(journal->record);
    journal->sqlite->close(journal->handle);
    free(journal);
}

/* NULL is an SQL NULL. The texts outlive the statement. */
static bool
bind_texts(const Statement *statement, const char *const *values, int count)
{
    for (int i = 0; i < count; i++)
        if (statement->sqlite->bind_text(statement->handle, i + 1, values[i], -1, SQLITE_STATIC) !=
            SQLITE_OK)
            return false;
    return true;
}

static bool
finish(Journal *journal, const Statement *statement, Error *err)
{
    return step(statement) == SQLITE_DONE || failed(journal, err);
}

static bool
write_texts(Journal *journal, const char *sql, const char *const *values, int count, Error *err)
{
    AUTO_STATEMENT(journal);
    if (!prepare(journal, sql, &statement, err))
        return false;
    if (!bind_texts(&statement, values, count))
        return failed(journal, err);
    return finish(journal, &statement, err);
}

bool
journal_begin_run(Journal *journal, const JournalRun *run, Error *err)
{
    const char *values[] = {run->run,     run->system_identifier, run->database, run->server,
                            run->command, run->tool_version,      run->user};
    return write_texts(journal, journal_sql_begin_run, values, 7, err);
}

bool
journal_finish_run(Journal *journal, const char *run, const char *outcome, Error *err)
{
    const char *values[] = {run, outcome};
    return write_texts(journal, journal_sql_finish_run, values, 2, err);
}

bool
journal_record_marker(Journal *journal, const JournalMarker *marker, Error *err)
{
    const char *values[] = {marker->run,
                            marker->name,
                            marker->name_missing,
                            marker->taken_at,
                            marker->lsn,
                            NULL,
                            marker->system_identifier,
                            marker->database,
                            NULL,
                            marker->snapshot_xmin,
                            marker->wal_level,
                            marker->archive_mode,
                            marker->last_archived_wal};
    AUTO_STATEMENT(journal);
    if (!prepare(journal, journal_sql_record_marker, &statement, err))
        return false;
    if (!bind_texts(&statement, values, 13) ||
        statement.sqlite->bind_int64(statement.handle, 6, marker->timeline) != SQLITE_OK ||
        statement.sqlite->bind_int64(statement.handle, 9, marker->in_flight) != SQLITE_OK ||
        statement.sqlite->bind_int(statement.handle, 14, marker->archiver_failing) != SQLITE_OK)
        return failed(journal, err);
    return finish(journal, &statement, err);
}

/* Two fsync() per migration would be most of what a short one takes. */
static bool
relax(Journal *journal, Error *err)
{
    if (!journal->is_relaxed && !execute(journal, "PRAGMA synchronous = NORMAL", err))
        return false;
    journal->is_relaxed = true;
    return true;
}

bool
journal_record_migration(Journal *journal, const JournalMigration *migration, Error *err)
{
    if (!relax(journal, err))
        return false;
    Statement statement = {journal->sqlite, journal->record};
    if (journal->record == NULL && !prepare(journal, journal_sql_record_migration, &statement, err))
        return false;
    journal->record = statement.handle;
    const char *values[] = {migration->run,  migration->version, migration->direction,
                            migration->name, migration->outcome, migration->sqlstate,
                            migration->error};
    bool ok =
        bind_texts(&statement, values, 7) ? finish(journal, &statement, err) : failed(journal, err);
    /* Says once more what finish() has said. */
    (void)journal->sqlite->reset(statement.handle);
    return ok;
}

bool
journal_settle_run(Journal *journal, const char *run, Error *err)
{
    return relax(journal, err) && write_texts(journal, journal_sql_settle_run, &run, 1, err);
}

bool
journal_record_event(Journal *journal, const char *run, const char *what, Error *err)
{
    const char *values[] = {run, what};
    return write_texts(journal, journal_sql_record_event, values, 2, err);
}

static const char *
column(Arena *arena, const Statement *statement, int index)
{
    return arena_strdup(arena,
                        (const char *)statement->sqlite->column_text(statement->handle, index));
}

/* True while there is a row; `*ok` says at the end whether it was the end. */
static bool
next_row(Journal *journal, const Statement *statement, bool *ok, Error *err)
{
    int status = step(statement);
    if (status == SQLITE_ROW)
        return true;
    *ok = status == SQLITE_DONE || failed(journal, err);
    return false;
}

bool
journal_list_runs(Arena *arena, Journal *journal, JournalRunList *out, Error *err)
{
    *out = (JournalRunList){0};
    AUTO_STATEMENT(journal);
    if (!prepare(journal, journal_sql_list_runs, &statement, err))
        return false;
    bool ok = false;
    while (next_row(journal, &statement, &ok, err))
        LIST_APPEND(arena, out,
                    (JournalRun){.run = column(arena, &statement, 0),
                                 .system_identifier = column(arena, &statement, 1),
                                 .database = column(arena, &statement, 2),
                                 .server = column(arena, &statement, 3),
                                 .command = column(arena, &statement, 4),
                                 .tool_version = column(arena, &statement, 5),
                                 .user = column(arena, &statement, 6),
                                 .outcome = column(arena, &statement, 7),
                                 .started_at = column(arena, &statement, 8),
                                 .ended_at = column(arena, &statement, 9)});
    return ok;
}

bool
journal_list_markers(Arena *arena, Journal *journal, JournalMarkerList *out, Error *err)
{
    *out = (JournalMarkerList){0};
    AUTO_STATEMENT(journal);
    if (!prepare(journal, journal_sql_list_markers, &statement, err))
        return false;
    bool ok = false;
    while (next_row(journal, &statement, &ok, err))
        LIST_APPEND(
            arena, out,
            (JournalMarker){.run = column(arena, &statement, 0),
                            .name = column(arena, &statement, 1),
                            .name_missing = column(arena, &statement, 2),
                            .taken_at = column(arena, &statement, 3),
                            .lsn = column(arena, &statement, 4),
                            .timeline = statement.sqlite->column_int64(statement.handle, 5),
                            .system_identifier = column(arena, &statement, 6),
                            .database = column(arena, &statement, 7),
                            .in_flight = statement.sqlite->column_int64(statement.handle, 8),
                            .snapshot_xmin = column(arena, &statement, 9),
                            .wal_level = column(arena, &statement, 10),
                            .archive_mode = column(arena, &statement, 11),
                            .last_archived_wal = column(arena, &statement, 12),
                            .archiver_failing =
                                statement.sqlite->column_int(statement.handle, 13) != 0});
    return ok;
}

bool
journal_list_migrations(Arena *arena, Journal *journal, JournalMigrationList *out, Error *err)
{
    *out = (JournalMigrationList){0};
    AUTO_STATEMENT(journal);
    if (!prepare(journal, journal_sql_list_migrations, &statement, err))
        return false;
    bool ok = false;
    while (next_row(journal, &statement, &ok, err))
        LIST_APPEND(arena, out,
                    (JournalMigration){.run = column(arena, &statement, 0),
                                       .version = column(arena, &statement, 1),
                                       .name = column(arena, &statement, 2),
                                       .direction = column(arena, &statement, 3),
                                       .outcome = column(arena, &statement, 4),
                                       .sqlstate = column(arena, &statement, 5),
                                       .error = column(arena, &statement, 6)});
    return ok;
}

bool
journal_list_events(Arena *arena, Journal *journal, JournalEventList *out, Error *err)
{
    *out = (JournalEventList){0};
    AUTO_STATEMENT(journal);
    if (!prepare(journal, journal_sql_list_events, &statement, err))
        return false;
    bool ok = false;
    while (next_row(journal, &statement, &ok, err))
        LIST_APPEND(arena, out,
                    (JournalEvent){.run = column(arena, &statement, 0),
                                   .at = column(arena, &statement, 1),
                                   .what = column(arena, &statement, 2)});
    return ok;
}

bool
journal_list_unfinished(Arena *arena, Journal *journal, const char *system_identifier,
                        const char *database, const char *but, JournalMigrationList *out,
                        Error *err)
{
    const char *values[] = {system_identifier, database, but};
    *out = (JournalMigrationList){0};
    AUTO_STATEMENT(journal);
    if (!prepare(journal, journal_sql_list_unfinished, &statement, err))
        return false;
    if (!bind_texts(&statement, values, 3))
        return failed(journal, err);
    bool ok = false;
    while (next_row(journal, &statement, &ok, err))
        LIST_APPEND(arena, out,
                    (JournalMigration){.run = column(arena, &statement, 0),
                                       .version = column(arena, &statement, 1),
                                       .name = column(arena, &statement, 2),
                                       .direction = column(arena, &statement, 3),
                                       .outcome = "running"});
    return ok;
}
