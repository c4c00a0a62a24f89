/* SPDX-License-Identifier: MIT */
/* REINDEX CONCURRENTLY of many tables at once: what it leaves when it fails. */
#include <signal.h>
#include <unistd.h>

#include "support/runner.h"
#include "support/test.h"

static const char unusable[] = "SELECT coalesce(string_agg(indexrelid::regclass::text, ', ' ORDER "
                               "BY indexrelid::regclass::text), '') FROM pg_index WHERE NOT "
                               "indisvalid AND indexrelid::regclass::text !~ '^pg_toast'";

static const char unusable_toast[] = "SELECT count(*) FROM pg_index WHERE NOT indisvalid AND "
                                     "indexrelid::regclass::text ~ '^pg_toast'";

/* Two tables, what others have left in them, and a transaction that no build gets past. */
static PGconn *
prepare(Runner *runner)
{
    runner_ask(runner, "CREATE SCHEMA app; CREATE TABLE app.a (x int PRIMARY KEY, t text);"
                       "CREATE TABLE app.b (x int PRIMARY KEY);"
                       "CREATE TABLE c (x int); CREATE INDEX c_x_ccnew ON c (x);"
                       "CREATE INDEX b_x_ccnew ON app.b (x);"
                       "UPDATE pg_index SET indisvalid = false WHERE indexrelid IN "
                       "('c_x_ccnew'::regclass, 'app.b_x_ccnew'::regclass)");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    runner_ask_on(runner, reader, "SELECT count(*) FROM pg_am");
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    return reader;
}

/* What the statement has begun is there, in the table and in what it keeps elsewhere. */
static void
wait_for_remains(Runner *runner)
{
    runner_wait(runner, "SELECT count(*) FROM pg_class WHERE relname = 'a_pkey_ccnew'", "1");
    runner_wait(runner, unusable_toast, "1");
}

static void
fails_and_leaves_nothing(Runner *runner, const char *sql)
{
    PGconn *reader = prepare(runner);
    runner->options.concurrent_timeout_ms = 1500;
    runner_write(runner, "1_b.up.sql", sql);
    pid_t child = runner_fork_up(runner);
    wait_for_remains(runner);
    assert_int_equal(runner_join(child), 4);
    assert_string_equal(runner_ask(runner, unusable), "app.b_x_ccnew, c_x_ccnew");
    assert_string_equal(runner_ask(runner, unusable_toast), "0");
    assert_string_equal(runner_history(runner), "1 up failed");
    PQfinish(reader);
    runner->options.concurrent_timeout_ms = 0;
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up failed, 1 up done");
}

static void
test_schema(void **state)
{
    fails_and_leaves_nothing(*state, "REINDEX SCHEMA CONCURRENTLY app;\n");
}

static void
test_database(void **state)
{
    Runner *runner = *state;
    fails_and_leaves_nothing(
        runner,
        arena_printf(runner->arena, "REINDEX DATABASE CONCURRENTLY %s;\n", runner->database));
}

static void
test_table(void **state)
{
    fails_and_leaves_nothing(*state, "REINDEX TABLE CONCURRENTLY app.a;\n");
}

/* The next run takes away what one that was killed has left, and nothing else. */
static void
test_killed(void **state)
{
    Runner *runner = *state;
    PGconn *reader = prepare(runner);
    runner_write(runner, "1_b.up.sql", "REINDEX SCHEMA CONCURRENTLY app;\n");
    pid_t child = runner_fork_up(runner);
    wait_for_remains(runner);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(runner_join(child), 128 + SIGKILL);
    runner_wait(runner, "SELECT count(*) FROM pg_stat_progress_create_index", "0");
    assert_string_not_equal(runner_ask(runner, unusable), "app.b_x_ccnew, c_x_ccnew");
    PQfinish(reader);
    runner_up(runner);
    assert_string_equal(runner_ask(runner, unusable), "app.b_x_ccnew, c_x_ccnew");
    assert_string_equal(runner_ask(runner, unusable_toast), "0");
    assert_string_equal(runner_history(runner), "1 up done");
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {WITH_RUNNER(test_schema), WITH_RUNNER(test_database),
                                       WITH_RUNNER(test_table), WITH_RUNNER(test_killed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
