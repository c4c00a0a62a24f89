/* SPDX-License-Identifier: MIT */
#include "support/runner.h"
#include "support/test.h"

static void
test_up_and_down(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_people.up.sql",
                 "CREATE TABLE people (id int PRIMARY KEY, name text);\n"
                 "INSERT INTO people VALUES (1, 'Ada');\n");
    runner_write(runner, "1_people.down.sql", "DROP TABLE people;\n");
    runner_write(runner, "2_by_name.up.sql",
                 "CREATE INDEX CONCURRENTLY by_name ON people (name);\n");
    runner_write(runner, "2_by_name.down.sql", "DROP INDEX CONCURRENTLY by_name;\n");

    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
    assert_string_equal(runner_ask(runner, "SELECT name FROM people"), "Ada");
    assert_string_equal(runner_ask(runner, "SELECT 'by_name'::regclass"), "by_name");
    assert_int_equal(runner->report.migrations.count, 2);
    assert_int_equal(runner->report.pending_after, 0);
    assert_true(runner->report.has_marker);

    runner_up(runner);
    assert_int_equal(runner->report.migrations.count, 0);
    assert_false(runner->report.has_marker);

    runner_down(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 2 down done");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('by_name')"), "NULL");
    runner_down(runner);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('people')"), "NULL");
    runner_down(runner);
    assert_int_equal(runner->report.migrations.count, 0);
}

static void
test_failure_leaves_nothing(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_write(runner, "2_b.up.sql",
                 "CREATE TABLE b (t text, x int);\n"
                 "INSERT INTO b VALUES ('ä', 1),\n"
                 "  ('ö', nonsense);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "2_b.up.sql:3:9: column \"nonsense\" does not"));
    assert_string_equal(runner->err.sqlstate, "42703");
    assert_string_equal(runner_history(runner), "1 up done, 2 up failed");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('b')"), "NULL");
    assert_int_equal(runner->report.pending_after, 1);

    runner_write(runner, "2_b.up.sql", "CREATE TABLE b (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up failed, 2 up done");
}

static void
test_a_procedure_that_commits(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_p.up.sql",
                 "CREATE TABLE a (x int);\n"
                 "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN\n"
                 "FOR i IN 1..3 LOOP INSERT INTO a VALUES (i); COMMIT; END LOOP; END $$;\n");
    runner_write(runner, "2_call.up.sql", "CALL fill();\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(runner->err.sqlstate, "2D000");
    assert_non_null(strstr(runner->err.hint, "-- lockstep: no-transaction"));
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM a"), "0");
    runner_write(runner, "2_call.up.sql", "-- lockstep: no-transaction\nCALL fill();\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM a"), "3");
}

static void
test_failure_behind_the_last_statement_has_a_file(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE p (id int PRIMARY KEY);\n"
                 "CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\n"
                 "INSERT INTO c VALUES (7);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "1_a.up.sql: at its end: insert or update"));
    runner_write(runner, "1_a.up.sql", "CREATE TABLE p (id int);\nDROP SCHEMA lockstep CASCADE;\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "1_a.up.sql: when the history was written: "));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('p')"), "NULL");
}

/* A migration that is not in the history would be applied once more. */
static void
test_history_that_takes_no_row(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (x int);\n"
                 "CREATE FUNCTION keep_away() RETURNS trigger LANGUAGE plpgsql\n"
                 "AS 'BEGIN RETURN NULL; END';\n"
                 "CREATE TRIGGER keep_away BEFORE INSERT ON lockstep.history\n"
                 "FOR EACH ROW EXECUTE FUNCTION keep_away();\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "1_a.up.sql: the history has not taken its row"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
}

static void
test_syntax_error_stops_all(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_write(runner, "2_b.up.sql", "CREATE TABLE b (x int);\nCREATE TABL c (x int);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "2_b.up.sql:2:8: syntax error"));
    runner_write(runner, "2_b.up.sql",
                 "CREATE TABLE b (x int);\n\\i c.sql\nCREATE TABL c (x int);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "2_b.up.sql:2:1: \\i is a command of psql"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
    assert_string_equal(runner_ask(runner, "SELECT to_regnamespace('lockstep')"), "NULL");
}

static void
test_failed_build_is_cleaned_up(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1), (1);");
    runner_write(runner, "2_once.up.sql", "CREATE UNIQUE INDEX CONCURRENTLY once ON a (x);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(runner->err.sqlstate, "23505");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('once')"), "NULL");
    assert_string_equal(runner_history(runner), "1 up done, 2 up failed");
    runner_ask(runner, "DELETE FROM a WHERE ctid = (SELECT min(ctid) FROM a)");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up failed, 2 up done");
    assert_string_equal(runner_ask(runner, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                           "'once'::regclass"),
                        "t");
}

static void
test_copy_data(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (x int, t text);\n"
                 "COPY a FROM stdin;\n1\tone; two\n2\t\\N\n\\.\n"
                 "SELECT * FROM a;\nCOPY a TO stdout;\nCREATE TABLE after_copy (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT t FROM a ORDER BY x"), "one; two\nNULL");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('after_copy')"), "after_copy");

    runner_write(runner, "2_b.up.sql", "COPY a FROM stdin;\nseven\tx\n\\.\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(runner->err.sqlstate, "22P02");
}

static void
test_session_goes_back(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE ROLE app_owner; GRANT CREATE, USAGE ON SCHEMA public TO app_owner");
    runner_write(runner, "1_baseline.up.sql",
                 "SELECT pg_catalog.set_config('search_path', '', false);\n"
                 "SET statement_timeout = '7s'; SET ROLE app_owner;\n"
                 "CREATE TABLE public.a (x int);\n");
    runner_write(runner, "2_next.up.sql",
                 "CREATE TABLE b AS SELECT current_setting('statement_timeout') AS t,\n"
                 "  current_user AS u;\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT t || ' ' || u FROM public.b"), "0 postgres");
    assert_string_equal(runner_ask(runner, "SELECT tableowner FROM pg_tables WHERE tablename = "
                                           "'a'"),
                        "app_owner");
    runner_ask(runner, "DROP OWNED BY app_owner; DROP ROLE app_owner");
}

static void
test_mixed_file(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_mixed.up.sql",
                 "CREATE TABLE a (x int);\n"
                 "CREATE INDEX CONCURRENTLY a_x ON a (x);\n"
                 "VACUUM a;\n"
                 "CREATE TABLE b (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT string_agg(position || ' ' || state, ', ' ORDER "
                                           "BY position) FROM lockstep.step"),
                        "1 done, 2 done, 3 done, 4 done");
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
test_empty_file(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_nothing.up.sql", "-- nothing to do\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_up_and_down, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_failure_leaves_nothing, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_a_procedure_that_commits, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_failure_behind_the_last_statement_has_a_file,
                                        runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_history_that_takes_no_row, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_syntax_error_stops_all, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_failed_build_is_cleaned_up, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_copy_data, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_session_goes_back, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_mixed_file, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_empty_file, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
