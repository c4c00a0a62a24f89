/* SPDX-License-Identifier: MIT */
#include <signal.h>

#include "base/duration.h"
#include "support/runner.h"
#include "support/test.h"

static const char runs_sleep[] = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND "
                                 "query LIKE 'SELECT pg_sleep%' AND datname = current_database()";

static void
test_ctrl_c_cancels_the_statement(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(30);\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, runs_sleep, "1");
    int64_t began = duration_clock_ms();
    kill(child, SIGINT);
    assert_int_equal(runner_join(child), 130);
    assert_true(duration_clock_ms() - began < 3000);
    assert_string_equal(runner_ask(runner, runs_sleep), "0");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");
    assert_string_equal(runner_history(runner), "1 up failed");
    assert_string_equal(runner_ask(runner, "SELECT error FROM lockstep.history"), "interrupted");
    assert_string_equal(
        runner_ask(runner, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "0");

    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up(runner);
}

/* A build that an old transaction holds up. */
static PGconn *
hold_up_builds(Runner *runner)
{
    runner_ask(runner, "CREATE TABLE a (x int); CREATE TABLE other (x int)");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    runner_ask_on(runner, reader, "SELECT * FROM other");
    return reader;
}

static void
test_terminated_build_is_cleaned_up(void **state)
{
    Runner *runner = *state;
    PGconn *reader = hold_up_builds(runner);
    runner_write(runner, "1_a.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT phase FROM pg_stat_progress_create_index",
                "waiting for old snapshots");
    kill(child, SIGTERM);
    assert_int_equal(runner_join(child), 143);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a_x')"), "NULL");
    assert_string_equal(runner_history(runner), "1 up failed");
    PQfinish(reader);
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up failed, 1 up done");
}

/* The second Ctrl-C stops the cleaning up, too; what is left is known, and the next run mends it.
 */
static void
test_interrupted_clean_up_is_resumed(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *reader = runner_connect(runner);
    runner_write(runner, "1_a.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_ask_on(runner, reader, "BEGIN");
    runner_ask_on(runner, reader, "INSERT INTO a VALUES (1)");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT phase FROM pg_stat_progress_create_index",
                "waiting for writers before build");
    kill(child, SIGINT);
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DROP INDEX%' AND "
                "state = 'active'",
                "1");
    kill(child, SIGINT);
    assert_int_equal(runner_join(child), 130);
    assert_string_equal(runner_ask(runner, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                           "'a_x'::regclass"),
                        "f");
    assert_string_equal(runner_history(runner), "1 up stopped");
    PQfinish(reader);
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                           "'a_x'::regclass"),
                        "t");
    assert_string_equal(runner_history(runner), "1 up stopped, 1 up done");
}

static void
test_pause_is_interrupted(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN");
    runner_ask_on(runner, reader, "SELECT * FROM a");
    runner->options.lock_timeout_ms = 100;
    runner->options.retry_base_ms = 60000;
    runner_write(runner, "1_a.up.sql", "ALTER TABLE a ADD y int;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_activity WHERE query = 'ROLLBACK' AND "
                "application_name = 'lockstep'",
                "1");
    kill(child, SIGINT);
    assert_int_equal(runner_join(child), 130);
    assert_string_equal(runner_history(runner), "1 up failed");
    PQfinish(reader);
}

static void
test_waiting_for_another_run_is_interrupted(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "SELECT pg_sleep(3);\n");
    pid_t first = runner_fork_up(runner);
    runner_wait(runner, runs_sleep, "1");
    pid_t second = runner_fork_up(runner);
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%advisory%' AND "
                "application_name = 'lockstep'",
                "1");
    kill(second, SIGINT);
    assert_int_equal(runner_join(second), 130);
    assert_int_equal(runner_join(first), 0);
    assert_string_equal(runner_history(runner), "1 up done");
}

static volatile sig_atomic_t seen_by_ours;

static void
on_signal(int number)
{
    seen_by_ours = number;
}

/* What the program had set for these signals is there again afterwards. */
static void
test_handlers_are_put_back(void **state)
{
    Runner *runner = *state;
    struct sigaction ours = {.sa_handler = on_signal};
    struct sigaction before;
    sigaction(SIGINT, &ours, &before);
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up(runner);
    raise(SIGINT);
    assert_int_equal(seen_by_ours, SIGINT);
    sigaction(SIGINT, &before, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ctrl_c_cancels_the_statement, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_terminated_build_is_cleaned_up, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_interrupted_clean_up_is_resumed, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_pause_is_interrupted, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_waiting_for_another_run_is_interrupted, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_handlers_are_put_back, runner_set_up,
                                        runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
