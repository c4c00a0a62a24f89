/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/duration.h"
#include "support/pg_script.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

static void
pause_ms(long milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = milliseconds % 1000 * 1000000};
    assert_int_equal(nanosleep(&time, NULL), 0);
}

/* A session that has begun a transaction with this statement. */
static PGconn *
begin_with(Runner *runner, const char *sql)
{
    PGconn *connection = runner_connect(runner);
    runner_ask_on(runner, connection, "BEGIN");
    runner_ask_on(runner, connection, sql);
    return connection;
}

/* A session that sends this and does not wait for its end. */
static PGconn *
send_only(Runner *runner, const char *sql)
{
    PGconn *connection = runner_connect(runner);
    assert_int_equal(PQsendQuery(connection, sql), 1);
    return connection;
}

/* A server that can prepare transactions, which the setting alone does not give. */
static int
allow_prepared(void **state)
{
    (void)state;
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    Arena *arena = arena_new();
    Cluster cluster = *test_cluster();
    Error err;
    pg_run(connection, "ALTER SYSTEM SET max_prepared_transactions = 5");
    PQfinish(connection);
    bool ok = cluster_stop(arena, &cluster, &err) && cluster_start(arena, &cluster, &err);
    arena_free(arena);
    return ok ? 0 : -1;
}

static void
quick_retries(Runner *runner)
{
    runner->options.lock_timeout_ms = 600;
    runner->options.retry_base_ms = 20;
    runner->options.retry_cap_ms = 50;
}

/* ---- who is in the way */

static void
test_blockers_are_reported(void **state)
{
    Runner *runner = *state;
    quick_retries(runner);
    runner->options.retry_budget_ms = 500;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *blocker = begin_with(runner, "SELECT  count(*)\nFROM a");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
    runner_up_fails(runner, ERROR_LOCK);
    const FailedAttemptList *failed = &runner->report.migrations.items[0].failed_attempts;
    assert_true(failed->count >= 1);
    const FailedAttempt *first = &failed->items[0];
    assert_string_equal(first->sqlstate, "55P03");
    assert_int_equal(first->blockers.count, 1);
    const Blocker *seen = &first->blockers.items[0];
    assert_int_equal(seen->pid, PQbackendPID(blocker));
    assert_string_equal(seen->state, "idle in transaction");
    assert_string_equal(seen->query, "SELECT count(*) FROM a");
    assert_string_equal(seen->wait_event, "Client: ClientRead");
    assert_string_equal(seen->backend, "");
    assert_true(seen->age_ms >= 0);
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_attribute WHERE attname = 'y'"),
                        "0");
    PQfinish(blocker);
}

static void
test_statements_can_be_hidden(void **state)
{
    Runner *runner = *state;
    quick_retries(runner);
    runner->options.retry_budget_ms = 300;
    runner->options.show_queries = false;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *blocker = begin_with(runner, "SELECT count(*) FROM a WHERE x = 4711");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
    runner_up_fails(runner, ERROR_LOCK);
    const FailedAttemptList *failed = &runner->report.migrations.items[0].failed_attempts;
    assert_string_equal(failed->items[0].blockers.items[0].query, "");
    assert_null(strstr(runner->err.detail, "4711"));
    PQfinish(blocker);
}

static void
test_prepared_transaction(void **state)
{
    Runner *runner = *state;
    quick_retries(runner);
    runner->options.retry_budget_ms = 300;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *other = begin_with(runner, "INSERT INTO a VALUES (1)");
    runner_ask_on(runner, other, "PREPARE TRANSACTION 'left behind'");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
    runner_up_fails(runner, ERROR_LOCK);
    const Blocker *seen =
        &runner->report.migrations.items[0].failed_attempts.items[0].blockers.items[0];
    assert_int_equal(seen->pid, 0);
    assert_string_equal(seen->application, "left behind");
    assert_string_equal(seen->backend, "prepared transaction");
    runner_ask_on(runner, other, "ROLLBACK PREPARED 'left behind'");
    PQfinish(other);
}

/* ---- a second connection that does not answer */

typedef struct Silence {
    Runner *runner;
    pid_t backend; /* of the second connection, stopped */
    const char *notes;
} Silence;

/* The one that came later: the first may not have got the BEGIN yet, and be idle, too. */
static void
silence(void *context, const StatementEvent *statement)
{
    Silence *it = context;
    (void)statement;
    const char *pid =
        runner_ask(it->runner, "SELECT pid FROM pg_stat_activity WHERE state = 'idle' "
                               "AND application_name = 'lockstep' AND pid <> "
                               "pg_backend_pid() AND datname = current_database() "
                               "ORDER BY backend_start DESC LIMIT 1");
    it->backend = (pid_t)strtol(pid, NULL, 10);
    assert_true(it->backend > 0);
    assert_int_equal(kill(it->backend, SIGSTOP), 0);
}

static void
keep_note(void *context, const char *severity, const char *message)
{
    Silence *it = context;
    (void)severity;
    it->notes = arena_printf(it->runner->arena, "%s%s\n", it->notes, message);
}

static void
test_silent_watcher_is_given_up(void **state)
{
    Runner *runner = *state;
    Silence it = {.runner = runner, .notes = ""};
    runner->observer =
        (RunObserver){.context = &it, .statement_started = silence, .notice = keep_note};
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_b.up.sql", "INSERT INTO a SELECT 1 FROM pg_sleep(4);\n");
    int64_t began = duration_clock_ms();
    runner_up(runner);
    assert_int_equal(kill(it.backend, SIGCONT), 0);
    assert_true(duration_clock_ms() - began < 7000);
    assert_non_null(strstr(it.notes, "the second connection is given up"));
    assert_string_equal(runner_history(runner), "1 up done");
}

/* ---- who queues behind us */

static void
count_retries(void *context, const RetryEvent *retry)
{
    Runner *runner = context;
    runner->options.count++;
    assert_true(retry->queued > 2);
    assert_non_null(strstr(retry->error->message, "more than max-queue (2)"));
}

static void
test_long_queue_is_let_through(void **state)
{
    Runner *runner = *state;
    quick_retries(runner);
    runner->options.lock_timeout_ms = 20000;
    runner->options.retry_budget_ms = 1;
    runner->options.max_queue = 2;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *blocker = begin_with(runner, "SELECT count(*) FROM a");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_locks WHERE NOT granted", "1");
    int64_t began = duration_clock_ms();
    PGconn *readers[3];
    for (size_t i = 0; i < 3; i++)
        readers[i] = send_only(runner, "SELECT count(*) FROM a");
    assert_int_equal(runner_join(child), 4);
    assert_true(duration_clock_ms() - began < 5000);
    for (size_t i = 0; i < 3; i++)
        PQfinish(readers[i]);
    PQfinish(blocker);
    assert_string_equal(runner_history(runner), "1 up failed");
}

static void
test_queue_is_tried_again(void **state)
{
    Runner *runner = *state;
    quick_retries(runner);
    runner->options.lock_timeout_ms = 20000;
    runner->options.max_queue = 2;
    runner_ask(runner, "CREATE TABLE a (x int)");
    PGconn *blocker = begin_with(runner, "SELECT count(*) FROM a");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
    runner->observer = (RunObserver){.context = runner, .retry_scheduled = count_retries};
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_locks WHERE NOT granted", "1");
    PGconn *readers[3];
    for (size_t i = 0; i < 3; i++)
        readers[i] = send_only(runner, "SELECT count(*) FROM a");
    for (size_t i = 0; i < 3; i++)
        PQfinish(readers[i]);
    PQfinish(blocker);
    assert_int_equal(runner_join(child), 0);
}

/* ---- how long we hold what we have */

static void
test_hold_ends(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 500;
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_b.up.sql",
                 "ALTER TABLE a ADD y int;\n"
                 "SELECT pg_sleep(30);\n");
    int64_t began = duration_clock_ms();
    runner_up_fails(runner, ERROR_LOCK);
    assert_true(duration_clock_ms() - began < 5000);
    assert_non_null(strstr(runner->err.message, "1_b.up.sql:2: stopped during SELECT, because "
                                                "ACCESS EXCLUSIVE on public.a was held for"));
    assert_non_null(strstr(runner->err.message, "max-hold (500ms), and blocks reads and writes"));
    assert_int_equal(runner->report.migrations.items[0].attempts, 1);
    assert_string_equal(runner_history(runner), "1 up failed");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_attribute WHERE attname = 'y'"),
                        "0");
}

/* What nobody else knows stops nobody, and a lock that is weak does not either. */
static void
test_hold_is_of_what_others_want(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 300;
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_b.up.sql",
                 "CREATE TABLE b (x int);\n"
                 "ALTER TABLE b ADD y int;\n"
                 "INSERT INTO a VALUES (1);\n"
                 "ALTER TABLE IF EXISTS missing ADD y int;\n"
                 "SAVEPOINT s;\n"
                 "ALTER TABLE a ADD z int;\n"
                 "ROLLBACK TO SAVEPOINT s;\n"
                 "SELECT pg_sleep(1);\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
test_hold_of_code(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 500;
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_b.up.sql",
                 "DO $$ BEGIN EXECUTE 'LOCK ' || current_setting('app.which');\n"
                 "PERFORM pg_sleep(30); END $$;\n");
    runner_ask(runner, arena_printf(runner->arena, "ALTER DATABASE %s SET app.which = 'a'",
                                    runner_ask(runner, "SELECT current_database()")));
    runner_up_fails(runner, ERROR_LOCK);
    assert_non_null(strstr(runner->err.message, "ACCESS EXCLUSIVE on public.a"));
}

/* What was given back counts no longer, although nobody looked meanwhile. */
static void
test_hold_is_looked_at_first(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 300;
    runner_ask(runner, "CREATE TABLE a (x int)");
    const char *text = "SAVEPOINT s;\nALTER TABLE a ADD z int;\nROLLBACK TO SAVEPOINT s;\n";
    for (size_t i = 0; i < 20; i++)
        text = arena_printf(runner->arena, "%sSELECT pg_sleep(0.03);\n", text);
    runner_write(runner, "1_b.up.sql", text);
    runner_up(runner);
}

/* Many short statements, none of which lasts long enough to be looked at. */
static void
test_hold_of_many(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 500;
    runner_ask(runner, "CREATE TABLE a (x int)");
    const char *text = "ALTER TABLE a ADD y int;\n";
    for (size_t i = 0; i < 40; i++)
        text = arena_printf(runner->arena, "%sSELECT pg_sleep(0.05);\n", text);
    runner_write(runner, "1_b.up.sql", text);
    runner_up_fails(runner, ERROR_LOCK);
    assert_non_null(strstr(runner->err.message, "ACCESS EXCLUSIVE on public.a"));
}

static void
test_hold_may_be_said(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 300;
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_b.up.sql",
                 "ALTER TABLE a ADD y int;\n"
                 "-- lockstep: max-hold 20s\n"
                 "SELECT pg_sleep(1);\n");
    runner_up(runner);
    runner->options.max_hold_ms = 0;
    runner_write(runner, "2_b.up.sql", "ALTER TABLE a ADD z int;\nSELECT pg_sleep(0.5);\n");
    runner_up(runner);
}

/* It holds one table and waits for the next: another attempt may find it free. */
static void
test_hold_while_waiting(void **state)
{
    Runner *runner = *state;
    quick_retries(runner);
    runner->options.lock_timeout_ms = 20000;
    runner->options.max_hold_ms = 500;
    runner_ask(runner, "CREATE TABLE a (x int); CREATE TABLE other (x int)");
    PGconn *blocker = begin_with(runner, "SELECT count(*) FROM other");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\nALTER TABLE other ADD y int;\n");
    pid_t child = runner_fork_up(runner);
    pause_ms(1500);
    PQfinish(blocker);
    assert_int_equal(runner_join(child), 0);
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
test_hold_outside(void **state)
{
    Runner *runner = *state;
    runner->options.max_hold_ms = 400;
    runner_ask(runner, "CREATE TABLE a (x int); INSERT INTO a SELECT generate_series(1, 3);"
                       "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
                       "'BEGIN PERFORM pg_sleep(5); RETURN $1; END';"
                       "CREATE INDEX ON a (x); ");
    runner_write(runner, "1_b.up.sql",
                 "-- lockstep: no-transaction\n"
                 "CREATE INDEX a_slow ON a (slow(x));\n");
    runner_up_fails(runner, ERROR_LOCK);
    assert_non_null(strstr(runner->err.message, "SHARE on public.a"));
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RUNNER(test_blockers_are_reported),
        WITH_RUNNER(test_statements_can_be_hidden),
        WITH_RUNNER(test_prepared_transaction),
        WITH_RUNNER(test_silent_watcher_is_given_up),
        WITH_RUNNER(test_long_queue_is_let_through),
        WITH_RUNNER(test_queue_is_tried_again),
        WITH_RUNNER(test_hold_ends),
        WITH_RUNNER(test_hold_is_of_what_others_want),
        WITH_RUNNER(test_hold_of_code),
        WITH_RUNNER(test_hold_is_looked_at_first),
        WITH_RUNNER(test_hold_of_many),
        WITH_RUNNER(test_hold_may_be_said),
        WITH_RUNNER(test_hold_while_waiting),
        WITH_RUNNER(test_hold_outside),
    };
    return cmocka_run_group_tests(tests, allow_prepared, NULL);
}
