/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/baseline.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Fixture {
    Arena *arena;
    TempDir *directory;
    LintResult result;
    BaselineEntryList stale;
    Error err;
} Fixture;

#define INDEX "CREATE INDEX i ON t (a);\n"
#define TYPE "ALTER TABLE t ALTER a TYPE bigint;\n"

static int
set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->directory = temp_dir_new();
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    Fixture *fixture = *state;
    temp_dir_free(fixture->directory);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void
lint(Fixture *fixture, const char *name)
{
    const LintOptions options = {.pg_version = 17, .today = "2026-01-01"};
    const char *path = temp_dir_path(fixture->directory, name);
    DiscoveredFiles files = {0};
    const DiscoverOptions how = {.max_bytes = SOURCE_MAX_BYTES};
    StringList paths = {0};
    LIST_APPEND(fixture->arena, &paths, path);
    discover_paths(fixture->arena, &how, &paths, &files);
    assert_int_equal(files.problems.count, 0);
    lint_run(fixture->arena, &options, &files, &fixture->result);
}

static void
write_for(Fixture *fixture, const char *name)
{
    lint(fixture, name);
    if (!baseline_write(fixture->arena, temp_dir_path(fixture->directory, "known.json"),
                        &fixture->result, &fixture->err))
        fail_msg("%s", fixture->err.message);
}

/* How many findings are left. */
static size_t
left_of(Fixture *fixture, const char *name)
{
    lint(fixture, name);
    fixture->stale = (BaselineEntryList){0};
    if (!baseline_apply(fixture->arena, temp_dir_path(fixture->directory, "known.json"),
                        &fixture->result, &fixture->stale, &fixture->err))
        fail_msg("%s", fixture->err.message);
    return fixture->result.count[SEVERITY_ERROR] + fixture->result.count[SEVERITY_WARNING];
}

static void
moved_and_reformatted_findings_are_known(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "db/a.sql", INDEX TYPE);
    write_for(fixture, "db");
    assert_int_equal(left_of(fixture, "db"), 0);
    assert_int_equal(fixture->result.in_baseline, 2);
    assert_int_equal(fixture->result.suppressed, 2);
    assert_int_equal(fixture->stale.count, 0);

    temp_dir_write(fixture->directory, "db/a.sql",
                   "-- new\n" TYPE "\n\nCREATE  INDEX i /* b */\n ON t (a);\n");
    assert_int_equal(left_of(fixture, "db/a.sql"), 0);
    assert_int_equal(fixture->stale.count, 0);
}

static void
findings_are_counted(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "db/a.sql", INDEX INDEX);
    write_for(fixture, "db");
    temp_dir_write(fixture->directory, "db/a.sql", INDEX INDEX INDEX);
    assert_int_equal(left_of(fixture, "db"), 1);
    assert_int_equal(fixture->stale.count, 0);
    temp_dir_write(fixture->directory, "db/a.sql", INDEX);
    assert_int_equal(left_of(fixture, "db"), 0);
    assert_int_equal(fixture->stale.count, 1);
    temp_dir_write(fixture->directory, "db/b.sql", INDEX);
    assert_int_equal(left_of(fixture, "db"), 1);
}

/* Those of a file that is gone are stale; those of one that is not looked at are not. */
static void
other_files_are_left_alone(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "db/a.sql", INDEX);
    const char *gone = temp_dir_write(fixture->directory, "db/b.sql", TYPE);
    write_for(fixture, "db");
    temp_dir_write(fixture->directory, "db/a.sql", "SELECT 1;\n");
    write_for(fixture, "db/a.sql");
    assert_int_equal(left_of(fixture, "db/b.sql"), 0);
    assert_int_equal(fixture->result.in_baseline, 1);
    assert_int_equal(left_of(fixture, "db/a.sql"), 0);
    assert_int_equal(fixture->stale.count, 0);
    assert_int_equal(unlink(gone), 0);
    assert_int_equal(left_of(fixture, "db/a.sql"), 0);
    assert_int_equal(fixture->stale.count, 1);
    assert_string_equal(fixture->stale.items[0].file, "db/b.sql");
}

static void
accepted_and_unreadable_is_not_written(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "db/a.sql",
                   "-- lockstep: allow create-index-blocks-writes: small\n" INDEX);
    temp_dir_write(fixture->directory, "db/b.sql", "\xFF");
    write_for(fixture, "db");
    assert_null(strstr(temp_dir_read(fixture->directory, "known.json"), "create-index"));
    assert_int_equal(left_of(fixture, "db"), 1);
    assert_int_equal(fixture->result.suppressed, 1);
    assert_int_equal(fixture->result.in_baseline, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(moved_and_reformatted_findings_are_known, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(findings_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_files_are_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(accepted_and_unreadable_is_not_written, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
