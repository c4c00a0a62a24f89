/* SPDX-License-Identifier: MIT */
#include "journal/journal.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

static void
three_migrations(Runner *runner)
{
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_write(runner, "1_a.down.sql", "DROP TABLE a;\n");
    runner_write(runner, "2_b.up.sql", "CREATE TABLE b (x int);\n");
    runner_write(runner, "2_b.down.sql", "DROP TABLE b;\n");
    runner_write(runner, "3_c.up.sql", "CREATE TABLE c (x int);\n");
}

static RunStatus
status_of(Runner *runner)
{
    RunStatus status;
    if (!run_status(runner->arena, &runner->options, NULL, &status, &runner->err))
        fail_msg("%s", runner->err.message);
    return status;
}

static void
test_rows(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner->options.count = 2;
    runner_up(runner);
    assert_int_equal(runner->report.pending_after, 1);
    RunTarget target;
    History history;
    assert_true(
        run_history(runner->arena, &runner->options, NULL, &target, &history, &runner->err));
    assert_int_equal(history.rows.count, 2);
    const HistoryRow *row = &history.rows.items[1];
    assert_string_equal(row->version, "2");
    assert_string_equal(row->name, "b");
    assert_string_equal(row->run, runner->report.run);
    assert_string_equal(row->applied_by, "postgres");
    assert_string_equal(row->down_sql, "DROP TABLE b;\n");
    assert_int_equal(strlen(row->checksum), 64);
    assert_int_equal(strlen(row->down_checksum), 64);
    assert_null(row->error);
    assert_non_null(strstr(row->marker, "\"lsn\""));
    assert_string_equal(row->checksum,
                        runner_ask(runner, "SELECT encode(sha256('CREATE TABLE b (x int);\n'), "
                                           "'hex')"));
}

static void
test_asking_writes_nothing(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    RunStatus status = status_of(runner);
    assert_false(status.has_history);
    assert_int_equal(status.plan.pending, 3);
    assert_false(status.is_running);
    runner->options.dry_run = true;
    runner_up(runner);
    assert_int_equal(runner->report.planned.count, 3);
    assert_int_equal(runner->report.migrations.count, 0);
    assert_string_equal(runner_ask(runner, "SELECT to_regnamespace('lockstep')"), "NULL");
}

static void
test_changed_file_is_drift(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner->options.count = 2;
    runner_up(runner);
    runner_write(runner, "1_a.up.sql", "-- now with a comment\nCREATE TABLE a\n(x int);\n");
    RunStatus status = status_of(runner);
    assert_int_equal(status.plan.reformatted, 1);
    assert_int_equal(status.plan.drifted, 0);

    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x bigint);\n");
    assert_int_equal(status_of(runner).plan.drifted, 1);
    runner_up_fails(runner, ERROR_DRIFT);
    assert_non_null(strstr(runner->err.message, "1_a"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('c')"), "NULL");
}

static void
test_late_file(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_write(runner, "3_c.up.sql", "CREATE TABLE c (x int);\n");
    runner_up(runner);
    runner_write(runner, "2_b.up.sql", "CREATE TABLE b (x int);\n");
    assert_int_equal(status_of(runner).plan.out_of_order, 1);
    runner_up_fails(runner, ERROR_DRIFT);
    assert_non_null(strstr(runner->err.message, "2_b"));
    runner->options.order = ORDER_ALLOW;
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 3 up done, 2 up done");
}

/* The way back is in the database: a checkout that does not have the file can still go it. */
static void
test_down_without_its_file(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner->options.count = 2;
    runner_up(runner);
    remove(temp_dir_path(runner->directory, "migrations/2_b.up.sql"));
    remove(temp_dir_path(runner->directory, "migrations/2_b.down.sql"));
    remove(temp_dir_path(runner->directory, "migrations/3_c.up.sql"));
    assert_int_equal(status_of(runner).plan.missing, 1);
    runner->options.count = 0;
    runner_down(runner);
    assert_true(runner->report.migrations.items[0].from_history);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('b')"), "NULL");
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 2 down done");
}

/* The down beside a changed up is the way back from something else. */
static void
test_down_of_a_changed_file(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner->options.count = 2;
    runner_up(runner);
    runner_write(runner, "2_b.up.sql", "CREATE TABLE other (x int);\n");
    runner_write(runner, "2_b.down.sql", "DROP TABLE other;\n");
    runner->options.count = 1;
    runner_down(runner);
    assert_true(runner->report.migrations.items[0].from_history);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('b')"), "NULL");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('other')"), "other");
}

static void
test_no_way_back(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner_up(runner);
    runner_down_fails(runner, ERROR_USAGE);
    assert_non_null(strstr(runner->err.message, "3_c"));
}

static void
test_down_to_a_version(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner_write(runner, "3_c.down.sql", "DROP TABLE c;\n");
    runner_up(runner);
    runner->options.to = "1";
    runner_down(runner);
    assert_string_equal(runner_ask(runner, "SELECT string_agg(version || direction, ' ' ORDER BY "
                                           "id) FROM lockstep.history"),
                        "1up 2up 3up 3down 2down");
    runner->options.to = "2";
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('b') || ' ' || "
                                           "coalesce(to_regclass('c')::text, '-')"),
                        "b -");
}

static void
test_schema_with_a_strange_name(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner->options.history_schema = "My \"history\"; --";
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM \"My \"\"history\"\"; --\""
                                           ".history"),
                        "3");
}

/* Names that a migration leaves in front of ours must not be what we call. */
static void
test_bookkeeping_is_not_fooled(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE SCHEMA evil;\n"
                 "CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS\n"
                 "  $$ SELECT '2000-01-01'::timestamptz $$;\n"
                 "CREATE FUNCTION evil.set_config(text, text, boolean) RETURNS text LANGUAGE sql\n"
                 "  AS $$ SELECT 'no' $$;\n"
                 "CREATE TABLE evil.history (x int);\n"
                 "SET search_path TO evil, pg_catalog;\n"
                 "VACUUM evil.history;\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT finished_at > now() - interval '1 hour' FROM "
                                           "lockstep.history"),
                        "t");
}

/* SET ROLE of a migration does not decide who writes the history. */
static void
test_role_of_a_migration(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "DROP ROLE IF EXISTS weak");
    runner_ask(runner, "CREATE ROLE weak; GRANT CREATE ON SCHEMA public TO weak");
    runner_write(runner, "1_a.up.sql",
                 "SET ROLE weak;\nCREATE TABLE a (x int);\nVACUUM a;\nCREATE TABLE b (x int);\n");
    runner_write(runner, "2_b.up.sql",
                 "SET SESSION AUTHORIZATION weak;\nCREATE TABLE c (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT DISTINCT tableowner FROM pg_tables WHERE "
                                           "schemaname = 'public'"),
                        "weak");
    assert_string_equal(runner_ask(runner, "SELECT DISTINCT applied_by FROM lockstep.history"),
                        "postgres");
    runner_ask(runner, "DROP OWNED BY weak; DROP ROLE weak");
}

static void
test_newer_history(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner_up(runner);
    runner_ask(runner, "UPDATE lockstep.history SET format = 4 WHERE id = 3");
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, "newer lockstep"));
}

static void
test_journal_mirrors(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner_write(runner, "3_c.up.sql", "SELECT 1/0;\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    Journal *journal = NULL;
    JournalMigrationList migrations;
    JournalRunList runs;
    assert_true(journal_open(runner->options.journal_path, &journal, &runner->err));
    assert_true(journal_list_migrations(runner->arena, journal, &migrations, &runner->err));
    assert_true(journal_list_runs(runner->arena, journal, &runs, &runner->err));
    journal_close(journal);
    assert_int_equal(migrations.count, 3);
    assert_string_equal(migrations.items[1].outcome, "done");
    assert_string_equal(migrations.items[2].outcome, "failed");
    assert_string_equal(migrations.items[2].sqlstate, "22012");
    assert_int_equal(runs.count, 1);
    assert_string_equal(runs.items[0].outcome, "partly done");
    assert_string_equal(runs.items[0].database, runner->database);
}

#define HISTORY_TEST(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

static void
test_role_that_may_not_read_it(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner_up(runner);
    runner_ask(runner, "DROP ROLE IF EXISTS stranger");
    runner_ask(runner, "CREATE ROLE stranger LOGIN");
    runner->options.conninfo = test_cluster_database(runner->database, "stranger");
    RunStatus status;
    assert_false(run_status(runner->arena, &runner->options, NULL, &status, &runner->err));
    assert_int_equal(runner->err.kind, ERROR_GATE);
    assert_non_null(strstr(runner->err.hint, "GRANT USAGE ON SCHEMA lockstep TO stranger"));
    RunTarget target;
    History history;
    assert_false(
        run_history(runner->arena, &runner->options, NULL, &target, &history, &runner->err));
    assert_int_equal(runner->err.kind, ERROR_GATE);
    runner_ask(runner, "DROP ROLE stranger");
}

/* A history without its steps is a history all the same: nothing is applied twice. */
static void
test_steps_are_missing(void **state)
{
    Runner *runner = *state;
    three_migrations(runner);
    runner_up(runner);
    runner_ask(runner, "DROP TABLE lockstep.step");
    assert_int_equal(status_of(runner).plan.applied, 3);
    runner_write(runner, "4_d.up.sql", "CREATE TABLE d (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done, 4 up done");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        HISTORY_TEST(test_rows),
        HISTORY_TEST(test_asking_writes_nothing),
        HISTORY_TEST(test_changed_file_is_drift),
        HISTORY_TEST(test_late_file),
        HISTORY_TEST(test_down_without_its_file),
        HISTORY_TEST(test_down_of_a_changed_file),
        HISTORY_TEST(test_no_way_back),
        HISTORY_TEST(test_down_to_a_version),
        HISTORY_TEST(test_schema_with_a_strange_name),
        HISTORY_TEST(test_bookkeeping_is_not_fooled),
        HISTORY_TEST(test_role_of_a_migration),
        HISTORY_TEST(test_newer_history),
        HISTORY_TEST(test_journal_mirrors),
        HISTORY_TEST(test_role_that_may_not_read_it),
        HISTORY_TEST(test_steps_are_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
