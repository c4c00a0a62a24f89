/* SPDX-License-Identifier: MIT */
#include "lockstep/text.h"

#include "journal/journal.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

static JournalMarkerList
markers_in_journal(Runner *runner)
{
    Journal *journal = NULL;
    JournalMarkerList markers = {0};
    if (!journal_open(runner->options.journal_path, &journal, &runner->err) ||
        !journal_list_markers(runner->arena, journal, &markers, &runner->err))
        fail_msg("%s", runner->err.message);
    journal_close(journal);
    return markers;
}

static void
test_marker_is_everywhere(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_write(runner, "2_b.up.sql", "CREATE TABLE b (x int);\n");
    const char *before = runner_ask(runner, "SELECT pg_current_wal_insert_lsn()");
    runner_up(runner);
    const RestorePoint *point = &runner->report.marker;
    assert_non_null(point->name);
    assert_non_null(strstr(point->name, "lockstep-20"));
    assert_non_null(strstr(point->name, runner->report.run));
    assert_true(strlen(point->name) <= 63);
    assert_string_equal(point->system_identifier,
                        runner_ask(runner, "SELECT system_identifier FROM pg_control_system()"));
    assert_int_equal(point->timeline, 1);
    assert_string_equal(point->wal_level, "replica");
    assert_string_equal(point->archive_mode, "off");
    assert_string_equal(
        runner_ask(runner, arena_printf(runner->arena,
                                        "SELECT '%s'::pg_lsn > '%s' AND '%s'::pg_lsn < "
                                        "pg_current_wal_insert_lsn()",
                                        point->lsn, before, point->lsn)),
        "t");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM lockstep.history WHERE "
                                           "marker->>'lsn' IS NOT NULL"),
                        "2");
    assert_string_equal(runner_ask(runner, "SELECT DISTINCT marker->>'name' FROM lockstep.history"),
                        point->name);
    JournalMarkerList markers = markers_in_journal(runner);
    assert_int_equal(markers.count, 1);
    foreach (marker, &markers) {
        assert_string_equal(marker->name, point->name);
        assert_string_equal(marker->lsn, point->lsn);
    }
}

static void
test_in_flight_transactions_are_counted(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE other (x int)");
    PGconn *writer = runner_connect(runner);
    runner_ask_on(runner, writer, "BEGIN");
    runner_ask_on(runner, writer, "INSERT INTO other VALUES (1)");
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up(runner);
    assert_int_equal(runner->report.marker.in_flight, 1);
    PQfinish(writer);
}

static void
test_no_privilege_is_no_error(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "DROP ROLE IF EXISTS plain");
    runner_ask(runner, "CREATE ROLE plain LOGIN; GRANT CREATE ON SCHEMA public TO plain");
    runner_ask(runner, arena_printf(runner->arena, "GRANT CREATE ON DATABASE %s TO plain",
                                    runner->database));
    runner->options.conninfo = test_cluster_database(runner->database, "plain");
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up(runner);
    assert_null(runner->report.marker.name);
    assert_non_null(strstr(runner->report.marker.name_missing, "permission denied"));
    assert_non_null(runner->report.marker.lsn);
    assert_string_equal(markers_in_journal(runner).items[0].name_missing,
                        runner->report.marker.name_missing);
    runner_ask(runner, "DROP OWNED BY plain; DROP ROLE plain");
}

static void
test_role_that_may_not_create_the_history(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "DROP ROLE IF EXISTS \"Weak One\"");
    runner_ask(runner, "CREATE ROLE \"Weak One\" LOGIN");
    runner->options.conninfo = test_cluster_database(runner->database, "'Weak One'");
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(
        runner->err.hint, arena_printf(runner->arena, "GRANT CREATE ON DATABASE %s TO \"Weak One\"",
                                       runner->database)));
    runner_ask(runner, "DROP ROLE \"Weak One\"");
}

static void
test_no_journal_no_change(void **state)
{
    Runner *runner = *state;
    temp_dir_write(runner->directory, "in_the_way", "");
    runner->options.journal_path = temp_dir_path(runner->directory, "in_the_way/journal.db");
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.hint, "--journal"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
    assert_string_equal(runner_ask(runner, "SELECT to_regnamespace('lockstep')"), "NULL");
}

static void
test_json_is_json(void **state)
{
    Runner *runner = *state;
    RestorePoint point = {.run = "0a1b2c3d",
                          .name_missing = "a \"quoted\" back\\slash\nand a line",
                          .taken_at = "2026-11-21T08:12:26.123456Z",
                          .lsn = "0/1",
                          .timeline = 3,
                          .system_identifier = "7",
                          .database = "späti",
                          .snapshot_xmin = "1",
                          .wal_level = "replica",
                          .archive_mode = "on"};
    const char *json = restore_point_json(runner->arena, &point);
    const char *sql = arena_printf(runner->arena, "SELECT %s::jsonb->>'name_missing'",
                                   sql_literal(runner->arena, json));
    assert_string_equal(runner_ask(runner, sql), point.name_missing);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_marker_is_everywhere, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_in_flight_transactions_are_counted, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_no_privilege_is_no_error, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_role_that_may_not_create_the_history, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_no_journal_no_change, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_json_is_json, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
