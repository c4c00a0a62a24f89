/* SPDX-License-Identifier: MIT */
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/journal.h"
#include "support/temp_dir.h"
#include "support/test.h"

static const JournalRun run = {.run = "0a1b2c3d",
                               .system_identifier = "7000000000000000001",
                               .database = "shop",
                               .server = "db1:5432",
                               .command = "up",
                               .tool_version = "0.1.0",
                               .user = "migrator"};

static const JournalMarker marker = {.run = "0a1b2c3d",
                                     .name_missing = "permission denied",
                                     .taken_at = "2026-11-21T08:12:26.123456Z",
                                     .lsn = "0/3000148",
                                     .timeline = 2,
                                     .system_identifier = "7000000000000000001",
                                     .database = "shop",
                                     .in_flight = 3,
                                     .snapshot_xmin = "741",
                                     .wal_level = "replica",
                                     .archive_mode = "on",
                                     .last_archived_wal = "000000010000000000000002",
                                     .archiver_failing = true};

static Journal *
open_at(const char *path)
{
    Journal *journal = NULL;
    Error err = {0};
    if (!journal_open(path, &journal, &err))
        fail_msg("%s", err.message);
    return journal;
}

static void
test_what_is_written_is_read(void **state)
{
    (void)state;
    TempDir *directory = temp_dir_new();
    Arena *arena = arena_new();
    Error err = {0};
    const char *path = temp_dir_path(directory, "a/b/journal.db");
    Journal *journal = open_at(path);
    JournalMigration migration = {.run = run.run,
                                  .version = "20250101000000",
                                  .name = "people",
                                  .direction = "up",
                                  .outcome = "running"};
    assert_true(journal_begin_run(journal, &run, &err));
    assert_true(journal_record_marker(journal, &marker, &err));
    assert_true(journal_record_migration(journal, &migration, &err));
    migration.outcome = "failed";
    migration.sqlstate = "55P03";
    migration.error = "canceling statement due to lock timeout";
    assert_true(journal_record_migration(journal, &migration, &err));
    journal_close(journal);

    journal = open_at(path);
    JournalRunList runs;
    JournalMarkerList markers;
    JournalMigrationList migrations;
    assert_true(journal_list_runs(arena, journal, &runs, &err));
    assert_int_equal(runs.count, 1);
    assert_string_equal(runs.items[0].outcome, "running");
    assert_null(runs.items[0].ended_at);
    assert_true(journal_finish_run(journal, run.run, "failed", &err));
    assert_true(journal_list_runs(arena, journal, &runs, &err));
    assert_string_equal(runs.items[0].outcome, "failed");
    assert_non_null(runs.items[0].ended_at);
    assert_true(journal_list_markers(arena, journal, &markers, &err));
    assert_int_equal(markers.count, 1);
    assert_null(markers.items[0].name);
    assert_string_equal(markers.items[0].lsn, "0/3000148");
    assert_int_equal(markers.items[0].timeline, 2);
    assert_int_equal(markers.items[0].in_flight, 3);
    assert_string_equal(markers.items[0].archive_mode, "on");
    assert_true(markers.items[0].archiver_failing);
    assert_true(journal_list_migrations(arena, journal, &migrations, &err));
    assert_int_equal(migrations.count, 1);
    assert_string_equal(migrations.items[0].version, "20250101000000");
    assert_string_equal(migrations.items[0].outcome, "failed");
    assert_string_equal(migrations.items[0].sqlstate, "55P03");
    journal_close(journal);
    arena_free(arena);
    temp_dir_free(directory);
}

static unsigned
mode_of(const char *path)
{
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
    return (unsigned)found.st_mode & 07777;
}

static void
test_it_is_private(void **state)
{
    (void)state;
    TempDir *directory = temp_dir_new();
    Error err = {0};
    mode_t before = umask(0);
    Journal *journal = open_at(temp_dir_path(directory, "state/lockstep/journal.db"));
    assert_true(journal_begin_run(journal, &run, &err));
    assert_int_equal(mode_of(temp_dir_path(directory, "state/lockstep")), 0700);
    assert_int_equal(mode_of(temp_dir_path(directory, "state/lockstep/journal.db")), 0600);
    assert_int_equal(mode_of(temp_dir_path(directory, "state/lockstep/journal.db-wal")), 0600);
    journal_close(journal);
    umask(before);
    temp_dir_free(directory);
}

static void
test_what_cannot_be_written_is_a_gate(void **state)
{
    (void)state;
    TempDir *directory = temp_dir_new();
    Journal *journal = NULL;
    Error err = {0};
    temp_dir_write(directory, "file", "x");
    assert_false(journal_open(temp_dir_path(directory, "file/journal.db"), &journal, &err));
    assert_int_equal(err.kind, ERROR_GATE);
    assert_non_null(strstr(err.hint, "--journal"));

    temp_dir_write(directory, "noise.db", "this is no database, and it is long enough to be told");
    assert_false(journal_open(temp_dir_path(directory, "noise.db"), &journal, &err));
    assert_int_equal(err.kind, ERROR_GATE);

    /* A link could lead to somebody else's file. */
    assert_int_equal(symlink("file", temp_dir_path(directory, "link.db")), 0);
    assert_false(journal_open(temp_dir_path(directory, "link.db"), &journal, &err));
    assert_int_equal(err.kind, ERROR_GATE);
    temp_dir_free(directory);
}

static void
test_a_run_is_there_once(void **state)
{
    (void)state;
    TempDir *directory = temp_dir_new();
    Error err = {0};
    Journal *journal = open_at(temp_dir_path(directory, "journal.db"));
    assert_true(journal_begin_run(journal, &run, &err));
    assert_false(journal_begin_run(journal, &run, &err));
    assert_int_equal(err.kind, ERROR_GATE);
    JournalMarker orphan = marker;
    orphan.run = "ffffffff";
    assert_false(journal_record_marker(journal, &orphan, &err));
    journal_close(journal);
    temp_dir_free(directory);
}

static void
test_default_path(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    setenv("HOME", "/srv/ada", 1);
    setenv("XDG_STATE_HOME", "/var/state", 1);
    assert_string_equal(journal_default_path(arena), "/var/state/lockstep/journal.db");
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_string_equal(journal_default_path(arena), "/srv/ada/.local/state/lockstep/journal.db");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_null(journal_default_path(arena));
    arena_free(arena);
}

/* As format 1 had it: versions were numbers. */
static void
write_numbered(const char *path)
{
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(handle,
                     "CREATE TABLE run (id TEXT PRIMARY KEY, system_identifier TEXT, database "
                     "TEXT, server TEXT, command TEXT, tool_version TEXT, user_name TEXT, "
                     "started_at TEXT, finished_at TEXT, outcome TEXT);"
                     "INSERT INTO run (id) VALUES ('0a1b2c3d');"
                     "CREATE TABLE migration (run TEXT NOT NULL REFERENCES run (id), version "
                     "INTEGER NOT NULL, direction TEXT NOT NULL, name TEXT NOT NULL, outcome TEXT "
                     "NOT NULL, sqlstate TEXT, error TEXT, recorded_at TEXT NOT NULL, PRIMARY KEY "
                     "(run, version, direction)) STRICT;"
                     "INSERT INTO migration VALUES ('0a1b2c3d', 7, 'up', 'people', 'done', NULL, "
                     "NULL, '2026-01-01');"
                     "PRAGMA user_version = 1",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(handle);
}

static void
test_an_older_one_is_taken_over(void **state)
{
    (void)state;
    TempDir *directory = temp_dir_new();
    Arena *arena = arena_new();
    Error err = {0};
    const char *path = temp_dir_path(directory, "journal.db");
    write_numbered(path);
    for (int times = 0; times < 2; times++) {
        Journal *journal = open_at(path);
        JournalMigrationList migrations;
        assert_true(journal_list_migrations(arena, journal, &migrations, &err));
        assert_int_equal(migrations.count, 1);
        assert_string_equal(migrations.items[0].version, "7");
        assert_string_equal(migrations.items[0].name, "people");
        journal_close(journal);
    }
    arena_free(arena);
    temp_dir_free(directory);
}

static void
test_a_newer_one_is_left_alone(void **state)
{
    (void)state;
    TempDir *directory = temp_dir_new();
    const char *path = temp_dir_path(directory, "journal.db");
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    Journal *journal = NULL;
    Error err = {0};
    assert_false(journal_open(path, &journal, &err));
    assert_int_equal(err.kind, ERROR_GATE);
    assert_non_null(strstr(err.message, "a newer lockstep"));
    temp_dir_free(directory);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_an_older_one_is_taken_over),
        cmocka_unit_test(test_a_newer_one_is_left_alone),
        cmocka_unit_test(test_it_is_private),
        cmocka_unit_test(test_what_cannot_be_written_is_a_gate),
        cmocka_unit_test(test_a_run_is_there_once),
        cmocka_unit_test(test_default_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
