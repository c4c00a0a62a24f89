/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <unistd.h>

#include "base/duration.h"
#include "run/session.h"
#include "support/proxy.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

#define SILENCE_MS 1500
#define ENDS_WITHIN_MS 8000

static const char others[] = "SELECT count(*) FROM pg_stat_activity WHERE datname = "
                             "current_database() AND pid <> pg_backend_pid() AND "
                             "(wait_event <> 'ClientRead' OR state <> 'idle')";

static const char *
through(Runner *runner, const Proxy *proxy)
{
    return arena_printf(runner->arena, "host=%s port=5432 user=postgres dbname=%s",
                        proxy->directory, runner->database);
}

/* `up` through something that swallows, which has to end like this in time. */
static void
up_through(Runner *runner, const char *trigger, ProxyMode mode, ErrorKind kind)
{
    Proxy proxy = proxy_start(test_cluster()->socket_directory, trigger, mode);
    const char *conninfo = runner->options.conninfo;
    runner->options.conninfo = through(runner, &proxy);
    runner->options.silence_ms = SILENCE_MS;
    int64_t began = duration_clock_ms();
    runner_up_fails(runner, kind);
    assert_true(duration_clock_ms() - began < ENDS_WITHIN_MS);
    assert_non_null(strstr(runner->err.message, "the connection is dead"));
    runner->options.conninfo = conninfo;
    /* The proxy is still there, and so are the connections: what is gone, we have ended. */
    assert_string_equal(runner_ask(runner, others), "0");
    runner->options.lock_wait_ms = 2000;
    runner_up(runner);
    proxy_stop(&proxy);
}

static void
test_answer_never_comes(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(1);\n");
    up_through(runner, "pg_sleep", PROXY_SWALLOW_AFTER, ERROR_CONNECTION);
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
test_message_never_arrives(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    up_through(runner, "CREATE TABLE a", PROXY_SWALLOW_BEFORE, ERROR_CONNECTION);
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
test_build_is_found_again(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_a.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    up_through(runner, "CREATE INDEX CONC", PROXY_SWALLOW_AFTER, ERROR_HALF_DONE);
    assert_string_equal(runner_ask(runner, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                           "'a_x'::regclass"),
                        "t");
}

/* The data of a COPY that gets lost: the server waits in the middle of the statement. */
static void
test_data_never_arrives(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nCOPY a FROM stdin;\n4711\n\\.\n");
    up_through(runner, "4711", PROXY_SWALLOW_BEFORE, ERROR_CONNECTION);
    assert_string_equal(runner_ask(runner, "SELECT sum(x) FROM a"), "4711");
}

/* What cannot be interrupted is looked at too; it is known afterwards that nothing was committed.
 */
static void
test_commit_never_arrives(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "0_first.up.sql", "SELECT 1;\n");
    runner_up(runner);
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    up_through(runner, "COMMIT", PROXY_SWALLOW_BEFORE, ERROR_CONNECTION);
    assert_string_equal(runner_history(runner), "0 up done, 1 up failed, 1 up done");
}

static void
test_commit_is_never_answered(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "0_first.up.sql", "SELECT 1;\n");
    runner_up(runner);
    Proxy proxy = proxy_start(test_cluster()->socket_directory, "COMMIT", PROXY_SWALLOW_AFTER);
    runner->options.conninfo = through(runner, &proxy);
    runner->options.silence_ms = SILENCE_MS;
    int64_t began = duration_clock_ms();
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_up(runner);
    assert_true(duration_clock_ms() - began < ENDS_WITHIN_MS);
    proxy_stop(&proxy);
}

/* Longer than any answer of a server may take that nobody sees at work. */
static void
test_standby_takes_its_time(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "0_first.up.sql", "SELECT 1;\n");
    runner_up(runner);
    runner->options.silence_ms = SILENCE_MS;
    runner->options.lock_wait_ms = 1000;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_ask(runner, arena_printf(runner->arena, "ALTER DATABASE %s SET synchronous_commit = on",
                                    runner->database));
    runner_ask(runner, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    runner_ask(runner, "SELECT pg_reload_conf()");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "1");
    sleep(SESSION_ANSWER_MS / 1000 + 3);
    assert_string_equal(
        runner_ask(runner, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"),
        "1");
    runner_ask(runner, "ALTER SYSTEM RESET synchronous_standby_names");
    runner_ask(runner, "SELECT pg_reload_conf()");
    assert_int_equal(runner_join(child), 0);
    assert_string_equal(runner_history(runner), "0 up done, 1 up done");
}

/* What works for long is not silent. */
static void
test_work_is_no_silence(void **state)
{
    Runner *runner = *state;
    runner->options.silence_ms = 1000;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(5);\n");
    runner_up(runner);
}

/* Stopped while it waits for an answer that never comes, it ends as it would otherwise. */
static void
test_signal_meanwhile(void **state)
{
    Runner *runner = *state;
    Proxy proxy = proxy_start(test_cluster()->socket_directory, "pg_sleep", PROXY_SWALLOW_AFTER);
    runner->options.conninfo = through(runner, &proxy);
    runner->options.silence_ms = SILENCE_MS;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(1);\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1)%' AND "
                "state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()",
                "1");
    assert_int_equal(kill(child, SIGINT), 0);
    assert_int_equal(runner_join(child), 3);
    proxy_stop(&proxy);
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RUNNER(test_answer_never_comes),     WITH_RUNNER(test_message_never_arrives),
        WITH_RUNNER(test_build_is_found_again),   WITH_RUNNER(test_data_never_arrives),
        WITH_RUNNER(test_commit_never_arrives),   WITH_RUNNER(test_work_is_no_silence),
        WITH_RUNNER(test_signal_meanwhile),       WITH_RUNNER(test_commit_is_never_answered),
        WITH_RUNNER(test_standby_takes_its_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
