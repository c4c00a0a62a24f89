/* SPDX-License-Identifier: MIT */
#include "support/runner.h"
#include "support/test.h"

/* What the observer saw, and a session that holds a table until the runner has tried so often. */
typedef struct Watch {
    Runner *runner;
    PGconn *blocker;
    int blocker_pid;
    int retries;
    int release_after; /* 0: never */
    int blockers_in_retry;
    int waits_seen;
    bool released;
    const char *release; /* how */
    char sqlstate[6];
} Watch;

static void
on_retry(void *context, const RetryEvent *retry)
{
    Watch *watch = context;
    watch->retries++;
    assert_int_equal(retry->attempt, watch->retries);
    memcpy(watch->sqlstate, retry->error->sqlstate, sizeof watch->sqlstate);
    foreach (blocker, &retry->blockers)
        if (blocker->pid == watch->blocker_pid)
            watch->blockers_in_retry++;
    if (watch->retries == watch->release_after)
        runner_ask_on(watch->runner, watch->blocker, "ROLLBACK");
}

static void
on_wait(void *context, const StatementEvent *statement, const BlockerList *blockers)
{
    Watch *watch = context;
    assert_non_null(statement);
    assert_string_equal(statement->kind, "ALTER TABLE");
    assert_int_equal(blockers->items[0].pid, watch->blocker_pid);
    assert_string_equal(blockers->items[0].state, "idle in transaction");
    assert_string_equal(blockers->items[0].query, "SELECT count(*) FROM a");
    watch->waits_seen++;
}

static Watch
watch_with_blocker(Runner *runner, int release_after)
{
    Watch watch = {.runner = runner, .release_after = release_after};
    watch.blocker = runner_connect(runner);
    watch.blocker_pid = PQbackendPID(watch.blocker);
    runner_ask_on(runner, watch.blocker, "BEGIN");
    runner_ask_on(runner, watch.blocker, "SELECT count(*) FROM a");
    runner->observer.retry_scheduled = on_retry;
    runner->observer.lock_waiting = on_wait;
    runner->options.lock_timeout_ms = 400;
    runner->options.retry_base_ms = 20;
    runner->options.retry_cap_ms = 50;
    return watch;
}

static void
test_tries_again_until_free(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    Watch watch = watch_with_blocker(runner, 1);
    runner->observer.context = &watch;
    runner_write(runner, "1_b.up.sql", "CREATE TABLE b (x int);\nALTER TABLE a ADD y int;\n");
    runner_up(runner);
    assert_int_equal(watch.retries, 1);
    assert_int_equal(runner->report.migrations.items[0].attempts, 2);
    assert_int_equal(watch.blockers_in_retry, 1);
    assert_true(watch.waits_seen >= 1);
    assert_string_equal(watch.sqlstate, "55P03");
    assert_string_equal(runner_history(runner), "1 up done");
    PQfinish(watch.blocker);
}

static void
test_budget_ends_it(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    Watch watch = watch_with_blocker(runner, 0);
    runner->observer.context = &watch;
    runner->options.retry_budget_ms = 1000;
    runner_write(runner, "1_b.up.sql", "CREATE TABLE b (x int);\nALTER TABLE a ADD y int;\n");
    runner_up_fails(runner, ERROR_LOCK);
    /* The second one is begun when the budget ends, and not before. */
    assert_int_equal(watch.retries, 1);
    assert_int_equal(runner->report.migrations.items[0].attempts, 2);
    assert_non_null(
        strstr(runner->err.detail, arena_printf(runner->arena, "pid %d", watch.blocker_pid)));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('b')"), "NULL");
    assert_string_equal(runner_history(runner), "1 up failed");
    PQfinish(watch.blocker);
}

static void
release_in_the_pause(void *context, const StatementEvent *statement, int64_t elapsed_ms)
{
    Watch *watch = context;
    if (statement != NULL || elapsed_ms < 1500 || watch->released)
        return;
    watch->released = true;
    assert_string_equal(runner_ask(watch->runner, "SELECT count(*) FROM pg_locks WHERE relation = "
                                                  "'a'::regclass AND mode <> 'AccessShareLock'"),
                        "0");
    runner_ask_on(watch->runner, watch->blocker, watch->release);
}

/* Nobody queues behind us while we wait for those who were in the way to go, which each of them may
 * do in its own manner. */
static void
test_waits_outside_of_the_queue(void **state)
{
    static const char *const ends[] = {"ROLLBACK", "COMMIT; BEGIN; SELECT 1"};
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Watch watch = watch_with_blocker(runner, 0);
        watch.release = ends[i];
        runner->options.retry_budget_ms = 20000;
        runner->observer.context = &watch;
        runner->observer.tick = release_in_the_pause;
        runner_write(runner, arena_printf(runner->arena, "%zu_b.up.sql", i + 1),
                     arena_printf(runner->arena, "ALTER TABLE a ADD y%zu int;\n", i));
        runner_up(runner);
        assert_true(watch.released);
        assert_int_equal(watch.retries, 1);
        assert_int_equal(runner->report.migrations.items[0].attempts, 2);
        PQfinish(watch.blocker);
    }
}

/* Nobody may wait behind us for longer than the timeout. */
static void
test_queue_is_short(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    Watch watch = watch_with_blocker(runner, 0);
    runner->options.retry_budget_ms = 1500;
    runner->observer = (RunObserver){0};
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_locks WHERE NOT granted", "1");
    runner_ask(runner, "SET statement_timeout = '900ms'");
    runner_ask(runner, "SELECT count(*) FROM a");
    assert_int_equal(runner_join(child), 4);
    PQfinish(watch.blocker);
}

static void
test_serialization_failure_is_tried_again(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE SEQUENCE tries");
    runner->options.retry_base_ms = 5;
    runner_write(runner, "1_b.up.sql",
                 "CREATE TABLE b (x int);\n"
                 "DO $$ BEGIN IF nextval('tries') < 4 THEN RAISE EXCEPTION 'again' USING ERRCODE "
                 "= '40001'; END IF; END $$;\n");
    runner_up(runner);
    assert_int_equal(runner->report.migrations.items[0].attempts, 4);
}

static void
test_other_errors_are_not(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE SEQUENCE tries");
    runner_write(runner, "1_b.up.sql", "SELECT nextval('tries');\nSELECT 1/0;\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(runner_ask(runner, "SELECT last_value FROM tries"), "1");
}

static void
test_half_way_is_half_done(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int); CREATE TABLE other (x int)");
    Watch watch = watch_with_blocker(runner, 0);
    runner->observer.context = &watch;
    runner->options.retry_budget_ms = 500;
    runner_write(runner, "1_b.up.sql",
                 "CREATE TABLE b (x int);\n"
                 "VACUUM other;\n"
                 "ALTER TABLE a ADD y int;\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    assert_string_equal(runner->err.sqlstate, "55P03");
    assert_string_equal(runner_history(runner), "1 up stopped");
    PQfinish(watch.blocker);
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up stopped, 1 up done");
}

static void
release_later(void *context, const StatementEvent *statement, int64_t elapsed_ms)
{
    Watch *watch = context;
    if (statement == NULL || elapsed_ms < 700 || watch->blocker == NULL)
        return;
    PQfinish(watch->blocker);
    watch->blocker = NULL;
}

/* A concurrent build waits as long as it takes: a timeout would leave an unusable index. */
static void
test_build_is_not_timed_out(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    Watch watch = watch_with_blocker(runner, 0);
    runner_ask_on(runner, watch.blocker, "INSERT INTO a VALUES (1)");
    runner->observer = (RunObserver){.context = &watch, .tick = release_later};
    runner->options.lock_timeout_ms = 100;
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_up(runner);
    assert_null(watch.blocker);
    assert_int_equal(runner->report.migrations.items[0].attempts, 1);
}

/* VACUUM FULL is outside of a transaction, too, but stops everybody while it waits. */
static void
test_strong_lock_outside_is_timed_out(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "CREATE TABLE a (x int)");
    Watch watch = watch_with_blocker(runner, 0);
    runner->observer = (RunObserver){.context = &watch, .retry_scheduled = on_retry};
    runner->options.retry_budget_ms = 300;
    runner_write(runner, "1_b.up.sql", "VACUUM FULL a;\n");
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(runner_history(runner), "1 up failed");
    PQfinish(watch.blocker);
}

static void
test_timeouts_of_comments(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_b.up.sql",
                 "CREATE TABLE seen AS SELECT 0 AS n, current_setting('lock_timeout') AS l,\n"
                 "  current_setting('statement_timeout') AS s;\n"
                 "-- lockstep: lock-timeout 7s\n"
                 "-- lockstep: statement-timeout 9s\n"
                 "INSERT INTO seen SELECT 1, current_setting('lock_timeout'),\n"
                 "  current_setting('statement_timeout');\n"
                 "INSERT INTO seen SELECT 2, current_setting('lock_timeout'),\n"
                 "  current_setting('statement_timeout');\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT l || ' ' || s FROM seen ORDER BY n"),
                        "250ms 0\n7s 9s\n250ms 0");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tries_again_until_free, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_budget_ends_it, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_waits_outside_of_the_queue, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_queue_is_short, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_serialization_failure_is_tried_again, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_other_errors_are_not, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_half_way_is_half_done, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_build_is_not_timed_out, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_strong_lock_outside_is_timed_out, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_timeouts_of_comments, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
