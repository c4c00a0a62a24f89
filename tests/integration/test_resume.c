/* SPDX-License-Identifier: MIT */
#include "parse/parse.h"
#include "run/token_checksum.h"
#include "support/runner.h"
#include "support/test.h"

static void
test_goes_on_where_it_stopped(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"
                 "CREATE INDEX CONCURRENTLY a_x ON a (x);\n"
                 "INSERT INTO a VALUES (2);\nINSERT INTO nowhere VALUES (1);\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    assert_non_null(strstr(runner->err.message, "1_a.up.sql:5:13: relation \"nowhere\""));
    assert_non_null(strstr(runner->err.hint, "lockstep up"));
    assert_string_equal(runner_history(runner), "1 up stopped");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM a"), "1");

    runner_down_fails(runner, ERROR_HALF_DONE);

    runner_write(runner, "1_a.up.sql",
                 "-- reformatted\nCREATE TABLE a (x int);\n\nINSERT INTO a VALUES (1);\n"
                 "CREATE INDEX CONCURRENTLY a_x ON a (x);\n"
                 "INSERT INTO a VALUES (2);\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT x FROM a ORDER BY x"), "1\n2");
    assert_string_equal(runner_history(runner), "1 up stopped, 1 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT attempt) FROM lockstep.history"),
                        "1");
}

/* What the server advises does not hide how things stand. */
static void
test_advice_is_complete(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nVACUUM a;\nSELECT nowhere(1);\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    assert_non_null(strstr(runner->err.hint, "type casts"));
    assert_non_null(strstr(runner->err.hint, "lockstep up"));
}

static void
test_changed_part_is_drift(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nVACUUM a;\nSELECT 1/0;\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x bigint);\nVACUUM a;\nSELECT 1;\n");
    runner_up_fails(runner, ERROR_DRIFT);
    assert_non_null(strstr(runner->err.message, "step 1 is done"));
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up_fails(runner, ERROR_DRIFT);
}

/* What a file sets for its session holds for the rest of it, also when the rest runs later. */
static void
test_settings_are_repeated(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE SCHEMA app;\nSET search_path TO app;\nCREATE TABLE a (x int);\n"
                 "VACUUM a;\nSELECT 1/0;\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    runner_write(runner, "1_a.up.sql",
                 "CREATE SCHEMA app;\nSET search_path TO app;\nCREATE TABLE a (x int);\n"
                 "VACUUM a;\nCREATE TABLE b (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('app.b')"), "app.b");
}

/* ---- a statement whose end nobody saw */

/* As if a runner had died after it had put its intent on record for the first statement of the
 * file. */
static void
leave_running(Runner *runner, const char *name, const char *text)
{
    runner_write(runner, "1_first.up.sql", "CREATE TABLE IF NOT EXISTS a (x int);\n");
    runner_up(runner);
    runner_write(runner, name, text);
    const Script *script = parse_script(runner->arena, text, strlen(text));
    const char *hash = token_checksum_part(runner->arena, text, script, 0, 1);
    runner_ask(runner, arena_printf(runner->arena,
                                    "INSERT INTO lockstep.step (attempt, position, version, "
                                    "direction, text_hash, state) VALUES ('dead-2', 1, 2, 'up', "
                                    "'%s', 'running')",
                                    hash));
}

static const char *
index_of(Runner *runner)
{
    return runner_ask(runner, "SELECT indexrelid::regclass || ' ' || indisvalid || ' ' || "
                              "indexrelid FROM pg_index WHERE indexrelid = to_regclass('a_x')");
}

static const char build[] = "CREATE INDEX CONCURRENTLY a_x ON a (x);\n";

static void
test_finished_build_is_left_alone(void **state)
{
    Runner *runner = *state;
    leave_running(runner, "2_index.up.sql", build);
    runner_ask(runner, build);
    const char *before = index_of(runner);
    runner_up(runner);
    assert_string_equal(index_of(runner), before);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
    assert_string_equal(runner_ask(runner, "SELECT DISTINCT state FROM lockstep.step"), "done");
}

static void
test_unusable_index_is_built_anew(void **state)
{
    Runner *runner = *state;
    leave_running(runner, "2_index.up.sql", build);
    runner_ask(runner, "INSERT INTO a VALUES (1), (1)");
    PGresult *result = PQexec(runner->look, "CREATE UNIQUE INDEX CONCURRENTLY a_x ON a (x)");
    assert_int_equal(PQresultStatus(result), PGRES_FATAL_ERROR);
    PQclear(result);
    const char *before = index_of(runner);
    assert_non_null(strstr(before, "a_x false"));
    runner_up(runner);
    assert_non_null(strstr(index_of(runner), "a_x true"));
}

static void
test_build_that_never_began_is_run(void **state)
{
    Runner *runner = *state;
    leave_running(runner, "2_index.up.sql", build);
    runner_up(runner);
    assert_non_null(strstr(index_of(runner), "a_x true"));
}

static void
test_dropped_index_is_done(void **state)
{
    Runner *runner = *state;
    leave_running(runner, "2_drop.up.sql", "DROP INDEX CONCURRENTLY gone;\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
}

static void
test_pending_detachment_is_finished(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION "
                       "OF p FOR VALUES IN (1)");
    leave_running(runner, "2_detach.up.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;\n");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN");
    runner_ask_on(runner, reader, "SELECT * FROM p");
    PGconn *other = runner_connect(runner);
    runner_ask_on(runner, other, "SET statement_timeout = '500ms'");
    PGresult *result = PQexec(other, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY");
    assert_int_equal(PQresultStatus(result), PGRES_FATAL_ERROR);
    PQclear(result);
    assert_string_equal(runner_ask(runner, "SELECT inhdetachpending FROM pg_inherits"), "t");
    PQfinish(reader);
    PQfinish(other);
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_inherits"), "0");
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
}

static void
test_what_cannot_be_decided_is_asked(void **state)
{
    Runner *runner = *state;
    const char *there = "SELECT count(*) FROM pg_database WHERE datname = 'undecided'";
    leave_running(runner, "2_database.up.sql", "CREATE DATABASE undecided;\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    assert_non_null(strstr(runner->err.hint, "lockstep repair --done 2:1"));
    assert_string_equal(runner_ask(runner, there), "0");
    runner_ask(runner, "UPDATE lockstep.step SET state = 'failed' WHERE attempt = 'dead-2'");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, there), "1");
    runner_ask(runner, "DROP DATABASE undecided");
}

/* IF NOT EXISTS would be content with an unusable index of that name. */
static void
test_unusable_namesake_is_replaced(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int); INSERT INTO a VALUES (1), (1)");
    PGresult *result = PQexec(runner->look, "CREATE UNIQUE INDEX CONCURRENTLY a_x ON a (x)");
    PQclear(result);
    runner_write(runner, "1_x.up.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a (x);\n");
    runner_up(runner);
    assert_non_null(strstr(index_of(runner), "a_x true"));
}

/* And with an index of another table. */
static void
test_name_of_another_index(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE INDEX b_x ON b (x)");
    runner_write(runner, "1_x.up.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS b_x ON a (x);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "b_x exists, but is no index of a"));
    assert_string_equal(runner_history(runner), "1 up failed");
}

static void
test_reindex_leaves_nothing_behind(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int); CREATE TABLE other (x int)");
    runner_ask(runner, "CREATE INDEX a_x ON a (x)");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    runner_ask_on(runner, reader, "SELECT * FROM other");
    runner_write(runner, "1_re.up.sql",
                 "-- lockstep: statement-timeout 600ms\n"
                 "REINDEX INDEX CONCURRENTLY a_x;\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(runner->err.sqlstate, "57014");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_index WHERE indrelid = "
                                           "'a'::regclass"),
                        "1");
    PQfinish(reader);
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up failed, 1 up done");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_goes_on_where_it_stopped, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_advice_is_complete, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_changed_part_is_drift, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_settings_are_repeated, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_finished_build_is_left_alone, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_unusable_index_is_built_anew, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_build_that_never_began_is_run, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_dropped_index_is_done, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_pending_detachment_is_finished, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_decided_is_asked, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_unusable_namesake_is_replaced, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_name_of_another_index, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_reindex_leaves_nothing_behind, runner_set_up,
                                        runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
