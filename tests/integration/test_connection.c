/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "support/proxy.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

#define SECRET "hunter2"

/* Strings that are wrong in ways in which libpq's own message would quote a part of the password.
 */
static const char *const wrong[] = {
    "postgresql://ada:" SECRET "%zz@db/shop",
    "postgresql://ada:" SECRET "/more@db/shop",
    "postgresql://ada:x@" SECRET "@db/shop",
    "postgresql://ada:" SECRET "@db:54x/shop",
    "postgre://ada:" SECRET "@db/shop",
    "host=db password=" SECRET " dbname",
    "host=db password='" SECRET,
    "host=db passwort=" SECRET,
    "postgres:" SECRET "@db/shop",
    SECRET "@db",
};

static bool
holds(const Error *err, const char *text)
{
    return strstr(err->message, text) != NULL || strstr(err->detail, text) != NULL ||
           strstr(err->hint, text) != NULL;
}

static void
test_no_password_in_messages(void **state)
{
    Runner *runner = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Db *db = NULL;
        Error err = {0};
        DbOptions options = {.conninfo = wrong[i], .connect_timeout_ms = 1000};
        assert_false(db_open(&options, &db, &err));
        if (holds(&err, SECRET) || holds(&err, "more"))
            fail_msg("%s: %s (%s)", wrong[i], err.message, err.detail);
        assert_int_equal(err.kind, ERROR_USAGE);
    }
    runner->options.conninfo =
        arena_printf(runner->arena, "host=%s port=5432 user=nobody_here password=" SECRET,
                     test_cluster()->socket_directory);
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_false(holds(&runner->err, SECRET));
    assert_true(holds(&runner->err, "nobody_here"));
}

static void
test_no_server(void **state)
{
    Runner *runner = *state;
    runner->options.conninfo = "host=/nowhere dbname=shop";
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_true(holds(&runner->err, "/nowhere"));
}

static void
test_read_only_is_a_gate(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_ask(runner, arena_printf(runner->arena,
                                    "ALTER DATABASE %s SET default_transaction_read_only = on",
                                    runner->database));
    runner_up_fails(runner, ERROR_GATE);
    assert_true(holds(&runner->err, "read-only"));
}

static void
terminate(Runner *runner)
{
    runner_ask(runner, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                       "application_name = 'lockstep' AND datname = current_database()");
}

static void
terminate_at_statement(void *context, RunPoint point)
{
    if (point == POINT_BEFORE_STATEMENT)
        terminate(context);
}

static void
test_lost_in_a_statement(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(60);\n");
    runner->observer.context = runner;
    runner->observer.reached = terminate_at_statement;
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
    runner->observer.reached = NULL;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
terminate_at_commit(void *context, RunPoint point)
{
    if (point == POINT_BEFORE_COMMIT)
        terminate(context);
}

/* The new connection that finds out what became of the COMMIT also records that it failed. */
static void
test_lost_before_commit(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner->observer.context = runner;
    runner->observer.reached = terminate_at_commit;
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_true(holds(&runner->err, "before"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
    runner->observer.reached = NULL;
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up failed, 1 up done");
}

/* With a history that is there already, so that the first COMMIT is that of the first migration. */
static void
go_through(Runner *runner, const Proxy *proxy)
{
    runner_write(runner, "1_first.up.sql", "SELECT 1;\n");
    runner_up(runner);
    runner->options.conninfo =
        arena_printf(runner->arena, "host=%s port=5432 user=postgres dbname=%s", proxy->directory,
                     runner->database);
    runner_write(runner, "2_a.up.sql", "CREATE TABLE a (x int);\nINSERT INTO a VALUES (4711);\n");
    runner_write(runner, "3_b.up.sql",
                 "CREATE INDEX CONCURRENTLY a_x ON a (x);\n"
                 "INSERT INTO a VALUES (4712);\n");
}

/* The answer to COMMIT never comes: what became of it is in the history. */
static void
test_commit_without_an_answer(void **state)
{
    Runner *runner = *state;
    Proxy proxy = proxy_start(test_cluster()->socket_directory, "COMMIT", PROXY_CUT_AFTER);
    go_through(runner, &proxy);
    runner_up(runner);
    proxy_stop(&proxy);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM a"), "2");
}

/* The same in the middle of a file: the step is on record, and the rest follows. */
static void
test_commit_of_a_step_without_an_answer(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_first.up.sql", "SELECT 1;\n");
    runner_up(runner);
    Proxy proxy = proxy_start(test_cluster()->socket_directory, "COMMIT", PROXY_CUT_AFTER);
    runner->options.conninfo =
        arena_printf(runner->arena, "host=%s port=5432 user=postgres dbname=%s", proxy.directory,
                     runner->database);
    runner_write(runner, "2_a.up.sql",
                 "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"
                 "VACUUM a;\nINSERT INTO a VALUES (2);\n");
    runner_up(runner);
    proxy_stop(&proxy);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
    assert_string_equal(runner_ask(runner, "SELECT x FROM a ORDER BY x"), "1\n2");
}

static void
test_pooler_is_a_gate(void **state)
{
    Runner *runner = *state;
    Proxy proxy = proxy_start(test_cluster()->socket_directory, "", PROXY_POOL);
    runner->options.conninfo =
        arena_printf(runner->arena, "host=%s port=5432 user=postgres dbname=%s", proxy.directory,
                     runner->database);
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up_fails(runner, ERROR_GATE);
    proxy_stop(&proxy);
    assert_true(holds(&runner->err, "pooler"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
}

static void
test_commit_that_never_arrived(void **state)
{
    Runner *runner = *state;
    Proxy proxy = proxy_start(test_cluster()->socket_directory, "4711", PROXY_CUT_BEFORE);
    go_through(runner, &proxy);
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
    runner_up(runner);
    proxy_stop(&proxy);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done");
}

static void
test_lost_during_a_build(void **state)
{
    Runner *runner = *state;
    Proxy proxy =
        proxy_start(test_cluster()->socket_directory, "CREATE INDEX CONC", PROXY_CUT_AFTER);
    go_through(runner, &proxy);
    runner_up_fails(runner, ERROR_HALF_DONE);
    assert_string_equal(runner_ask(runner, "SELECT state FROM lockstep.step"), "running");
    runner_up(runner);
    proxy_stop(&proxy);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM a"), "2");
}

#define CONNECTION_TEST(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CONNECTION_TEST(test_no_password_in_messages),
        CONNECTION_TEST(test_no_server),
        CONNECTION_TEST(test_read_only_is_a_gate),
        CONNECTION_TEST(test_lost_in_a_statement),
        CONNECTION_TEST(test_lost_before_commit),
        CONNECTION_TEST(test_commit_without_an_answer),
        CONNECTION_TEST(test_commit_of_a_step_without_an_answer),
        CONNECTION_TEST(test_pooler_is_a_gate),
        CONNECTION_TEST(test_commit_that_never_arrived),
        CONNECTION_TEST(test_lost_during_a_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
