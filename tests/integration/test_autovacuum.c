/* SPDX-License-Identifier: MIT */
/* An autovacuum in the way: an ordinary one gives way to who waits for it long enough, one to
 * prevent wraparound to nobody. */
#include "support/pg_script.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

/* Looks for work every second, where it otherwise does every minute. */
static int
make_eager(void **state)
{
    (void)state;
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    pg_run(connection, "ALTER SYSTEM SET autovacuum_naptime = '1s'");
    pg_run(connection, "SELECT pg_reload_conf()");
    PQfinish(connection);
    return 0;
}

/* A table that it takes very long to vacuum. */
static void
make_slow_table(Runner *runner, const char *options)
{
    runner_ask(runner, arena_printf(runner->arena,
                                    "CREATE TABLE a (x int, filler text) WITH (fillfactor = 10, "
                                    "autovacuum_vacuum_cost_delay = 100, "
                                    "autovacuum_vacuum_cost_limit = 1, %s)",
                                    options));
    runner_ask(runner, "INSERT INTO a SELECT n, repeat('x', 500) FROM generate_series(1, 3000) n");
    runner->options.retry_base_ms = 20;
    runner->options.retry_cap_ms = 50;
    runner_write(runner, "1_a.up.sql", "ALTER TABLE a ADD y int;\n");
}

static void
wait_for_vacuum(Runner *runner, const char *pattern)
{
    runner_wait(runner,
                arena_printf(runner->arena,
                             "SELECT count(*) FROM pg_stat_activity WHERE backend_type = "
                             "'autovacuum worker' AND query LIKE 'autovacuum: VACUUM%%.a%s'",
                             pattern),
                "1");
}

/* The second attempt waits as long as the server takes to cancel it. */
static void
test_ordinary_one_gives_way(void **state)
{
    Runner *runner = *state;
    make_slow_table(runner, "autovacuum_vacuum_insert_threshold = 1, "
                            "autovacuum_vacuum_insert_scale_factor = 0");
    runner->options.retry_budget_ms = 20000;
    wait_for_vacuum(runner, "");
    runner_up(runner);
    const MigrationResult *result = &runner->report.migrations.items[0];
    assert_int_equal(result->attempts, 2);
    const Blocker *seen = &result->failed_attempts.items[0].blockers.items[0];
    assert_string_equal(seen->backend, "autovacuum worker");
    assert_false(seen->is_wraparound);
}

static void
test_one_against_wraparound_does_not(void **state)
{
    Runner *runner = *state;
    make_slow_table(runner, "autovacuum_enabled = false, autovacuum_freeze_max_age = 100000");
    runner_ask(runner, "CREATE PROCEDURE burn(n int) LANGUAGE plpgsql AS 'BEGIN FOR i IN 1..n LOOP "
                       "PERFORM pg_current_xact_id(); COMMIT; END LOOP; END'");
    runner_ask(runner, "CALL burn(100100)");
    wait_for_vacuum(runner, " (to prevent wraparound)");
    runner->options.retry_budget_ms = 3000;
    runner_up_fails(runner, ERROR_LOCK);
    const MigrationResult *result = &runner->report.migrations.items[0];
    const Blocker *seen = &result->failed_attempts.items[0].blockers.items[0];
    assert_string_equal(seen->backend, "autovacuum worker");
    assert_true(seen->is_wraparound);
    /* Nobody queues behind us while it is waited for. */
    assert_int_equal(result->attempts, 2);
    wait_for_vacuum(runner, " (to prevent wraparound)");
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {WITH_RUNNER(test_ordinary_one_gives_way),
                                       WITH_RUNNER(test_one_against_wraparound_does_not)};
    return cmocka_run_group_tests(tests, make_eager, NULL);
}
