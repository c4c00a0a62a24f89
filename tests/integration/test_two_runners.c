/* SPDX-License-Identifier: MIT */
#include <signal.h>

#include "support/runner.h"
#include "support/test.h"

static void
test_both_succeed_once(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(0.7);\n");
    runner_write(runner, "2_b.up.sql", "INSERT INTO a VALUES (1);\n");
    runner_write(runner, "3_c.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    pid_t first = runner_fork_up(runner);
    pid_t second = runner_fork_up(runner);
    pid_t third = runner_fork_up(runner);
    assert_int_equal(runner_join(first), 0);
    assert_int_equal(runner_join(second), 0);
    assert_int_equal(runner_join(third), 0);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM a"), "1");
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT run) FROM lockstep.history"),
                        "1");
}

typedef struct Holder {
    int pid;
    int calls;
} Holder;

static void
on_wait(void *context, const Blocker *holder, int64_t waited_ms)
{
    Holder *seen = context;
    (void)waited_ms;
    seen->pid = holder->pid;
    seen->calls++;
}

static int64_t
key_of(Runner *runner)
{
    RunStatus status;
    Error err;
    if (!run_status(runner->arena, &runner->options, NULL, &status, &err))
        fail_msg("%s", err.message);
    return status.advisory_key;
}

static void
test_wait_ends(void **state)
{
    Runner *runner = *state;
    Holder seen = {0};
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_ask(runner, arena_printf(runner->arena, "SELECT pg_advisory_lock(%lld)",
                                    (long long)key_of(runner)));
    runner->options.lock_wait_ms = 400;
    runner->observer.context = &seen;
    runner->observer.advisory_wait = on_wait;
    runner_up_fails(runner, ERROR_LOCK);
    assert_int_equal(seen.pid, PQbackendPID(runner->look));
    assert_int_equal(seen.calls, 1);
    assert_non_null(strstr(runner->err.message, arena_printf(runner->arena, "pid %d", seen.pid)));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')"), "NULL");

    RunStatus status;
    assert_true(run_status(runner->arena, &runner->options, NULL, &status, &runner->err));
    assert_true(status.is_running);
    assert_int_equal(status.runner.pid, seen.pid);
}

/* Another history in the same database is nobody's business here. */
static void
test_keys_differ(void **state)
{
    Runner *runner = *state;
    int64_t first = key_of(runner);
    runner->options.history_schema = "other";
    assert_true(first != key_of(runner));
}

/* One that waits for the lock must not hold up the concurrent build of the one that has it. */
static void
test_waiting_does_not_block_a_build(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int); CREATE TABLE other (x int)");
    runner_write(runner, "1_a.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    runner_ask_on(runner, reader, "SELECT count(*) FROM other");
    pid_t first = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_stat_progress_create_index", "1");
    pid_t second = runner_fork_up(runner);
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                "'lockstep' AND query LIKE '%advisory%'",
                "1");
    runner_ask_on(runner, reader, "ROLLBACK");
    assert_int_equal(runner_join(first), 0);
    assert_int_equal(runner_join(second), 0);
    assert_string_equal(runner_history(runner), "1 up done");
    PQfinish(reader);
}

/* DISCARD ALL lets go of the lock: it is taken again. */
static void
test_lock_is_taken_again(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "DISCARD ALL;\n");
    runner_write(runner, "2_b.up.sql",
                 "CREATE TABLE held AS SELECT count(*) AS n FROM pg_locks WHERE locktype = "
                 "'advisory' AND pid = pg_backend_pid();\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT n FROM held"), "1");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_locks WHERE locktype = "
                                           "'advisory'"),
                        "0");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_both_succeed_once, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_wait_ends, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_keys_differ, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_waiting_does_not_block_a_build, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_lock_is_taken_again, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
