/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <unistd.h>

#include "support/pg_script.h"
#include "support/runner.h"
#include "support/test.h"

/* A session that has begun a transaction with this statement. */
static PGconn *
begin_with(Runner *runner, const char *begin, const char *sql)
{
    PGconn *connection = runner_connect(runner);
    runner_ask_on(runner, connection, begin);
    runner_ask_on(runner, connection, sql);
    return connection;
}

static PGconn *
old_snapshot(Runner *runner)
{
    return begin_with(runner, "BEGIN ISOLATION LEVEL REPEATABLE READ",
                      "SELECT count(*) FROM pg_am");
}

/* What the observer saw. */
typedef struct Seen {
    Runner *runner;
    PGconn *blocker; /* let go when it has been told of so often */
    int old;         /* calls of old_transactions */
    int release_after;
    bool waits;
    int first_pid;
    RunPoint kill_at;
    const char *phase;
} Seen;

static void
see_old(void *context, const StatementEvent *statement, const BlockerList *blockers, bool waits)
{
    Seen *seen = context;
    assert_non_null(statement->kind);
    seen->old++;
    seen->waits = waits;
    seen->first_pid = blockers->items[0].pid;
    if (seen->old == seen->release_after)
        runner_ask_on(seen->runner, seen->blocker, "ROLLBACK");
}

static void
see_progress(void *context, const StatementEvent *statement, const BuildProgress *progress)
{
    Seen *seen = context;
    (void)statement;
    seen->phase = arena_strdup(seen->runner->arena, progress->phase);
    if (seen->blocker != NULL && strncmp(progress->phase, "waiting", strlen("waiting")) == 0) {
        assert_int_equal(progress->awaited_pid, PQbackendPID(seen->blocker));
        PQfinish(seen->blocker);
        seen->blocker = NULL;
    }
}

static void
die_there(void *context, RunPoint point)
{
    const Seen *seen = context;
    if (point == seen->kill_at)
        (void)kill(getpid(), SIGKILL);
}

static Seen
see(Runner *runner)
{
    runner->options.retry_base_ms = 20;
    runner->options.retry_cap_ms = 50;
    runner->options.old_snapshot_age_ms = 0;
    runner_ask(runner, "CREATE TABLE a (x int); INSERT INTO a VALUES (1), (2)");
    return (Seen){.runner = runner, .kill_at = POINT_COUNT};
}

static const char *
indexes_of(Runner *runner, const char *table)
{
    return runner_ask(runner,
                      arena_printf(runner->arena,
                                   "SELECT coalesce(string_agg(indexrelid::regclass || CASE "
                                   "WHEN indisvalid AND indisready THEN '' ELSE ' unusable' "
                                   "END, ', ' ORDER BY indexrelid::regclass::text), '') "
                                   "FROM pg_index WHERE indrelid = '%s'::regclass",
                                   table));
}

static const char *
pending_detachments(Runner *runner)
{
    return runner_ask(runner, "SELECT count(*) || ' ' || count(*) FILTER (WHERE inhdetachpending) "
                              "FROM pg_inherits WHERE inhparent = 'p'::regclass");
}

/* ---- before it: who holds an old snapshot */

static void
test_waits_for_old_snapshots(void **state)
{
    Runner *runner = *state;
    Seen seen = see(runner);
    seen.blocker = old_snapshot(runner);
    seen.release_after = 2;
    int pid = PQbackendPID(seen.blocker);
    runner->observer = (RunObserver){.context = &seen, .old_transactions = see_old};
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_up(runner);
    assert_int_equal(seen.old, 2);
    assert_true(seen.waits);
    assert_int_equal(seen.first_pid, pid);
    assert_string_equal(indexes_of(runner, "a"), "a_x");
    PQfinish(seen.blocker);
}

static void
test_old_snapshots_spend_the_budget(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    PGconn *blocker = old_snapshot(runner);
    runner->options.retry_budget_ms = 300;
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_up_fails(runner, ERROR_LOCK);
    assert_non_null(strstr(runner->err.message, "1_b.up.sql:1: CREATE INDEX was not begun"));
    assert_non_null(
        strstr(runner->err.message, arena_printf(runner->arena, "pid %d", PQbackendPID(blocker))));
    assert_string_equal(indexes_of(runner, "a"), "");
    const FailedAttemptList *failed = &runner->report.migrations.items[0].failed_attempts;
    assert_int_equal(failed->items[0].blockers.items[0].pid, PQbackendPID(blocker));
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM lockstep.step"), "0");
    PQfinish(blocker);
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up failed, 1 up done");
}

static void
test_old_snapshots_may_stop_it(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    PGconn *blocker = old_snapshot(runner);
    runner->options.old_snapshots = OLD_SNAPSHOTS_STOP;
    runner_write(runner, "1_b.up.sql", "REINDEX TABLE CONCURRENTLY a;\n");
    runner_up_fails(runner, ERROR_GATE);
    PQfinish(blocker);
}

/* Neither a young transaction, nor one that only waits without a snapshot, nor one in another
 * database is a reason to wait. */
static void
test_others_are_no_reason(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "CREATE TABLE other (x int)");
    PGconn *writer = begin_with(runner, "BEGIN", "INSERT INTO other VALUES (1)");
    runner->options.old_snapshots = OLD_SNAPSHOTS_STOP;
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_up(runner);
    PGconn *young = old_snapshot(runner);
    runner->options.old_snapshot_age_ms = 20000;
    runner->options.concurrent_timeout_ms = 300;
    runner_write(runner, "2_b.up.sql", "CREATE INDEX CONCURRENTLY a_y ON a ((x + 1));\n");
    runner_up_fails(runner, ERROR_LOCK);
    assert_non_null(
        strstr(runner->err.message, "was not through within concurrent-timeout (300ms)"));
    assert_string_equal(indexes_of(runner, "a"), "a_x");
    assert_string_equal(runner_history(runner), "1 up done, 2 up failed");
    PQfinish(writer);
    PQfinish(young);
}

/* A reader of the table holds up DROP INDEX CONCURRENTLY, although it has no snapshot. */
static void
test_readers_hold_up_a_drop(void **state)
{
    Runner *runner = *state;
    Seen seen = see(runner);
    runner_ask(runner, "CREATE INDEX a_x ON a (x)");
    seen.blocker = begin_with(runner, "BEGIN", "SELECT count(*) FROM a");
    seen.release_after = 1;
    runner->observer = (RunObserver){.context = &seen, .old_transactions = see_old};
    runner_write(runner, "1_b.up.sql", "DROP INDEX CONCURRENTLY a_x;\n");
    runner_up(runner);
    assert_int_equal(seen.old, 1);
    assert_string_equal(indexes_of(runner, "a"), "");
    PQfinish(seen.blocker);
}

static void
test_progress_is_told(void **state)
{
    Runner *runner = *state;
    Seen seen = see(runner);
    seen.blocker = old_snapshot(runner);
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    runner->observer =
        (RunObserver){.context = &seen, .old_transactions = see_old, .progressed = see_progress};
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_up(runner);
    assert_int_equal(seen.old, 1);
    assert_false(seen.waits);
    assert_string_equal(seen.phase, "waiting for old snapshots");
    assert_null(seen.blocker);
}

/* ---- after it: what it left */

static void
test_unusable_is_not_there(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "CREATE INDEX a_x ON a (x); UPDATE pg_index SET indisvalid = false WHERE "
                       "indexrelid = 'a_x'::regclass");
    assert_string_equal(indexes_of(runner, "a"), "a_x unusable");
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a (x);\n");
    runner_up(runner);
    assert_string_equal(indexes_of(runner, "a"), "a_x");
}

static void
test_unnamed_is_cleaned_up(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "INSERT INTO a VALUES (1); CREATE INDEX ON a (x)");
    runner_write(runner, "1_b.up.sql", "CREATE UNIQUE INDEX CONCURRENTLY ON a (x);\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(runner->err.sqlstate, "23505");
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx");
    runner_ask(runner, "DELETE FROM a WHERE x = 1");
    runner_up(runner);
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx, a_x_idx1");
}

/* Killed behind the build of an index that has no name, beside one of the same shape: it is found
 * again, and not built twice. */
static void
test_unnamed_is_found_again(void **state)
{
    Runner *runner = *state;
    Seen seen = see(runner);
    runner_ask(runner, "CREATE INDEX ON a (x)");
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY ON a (x);\n");
    runner->observer = (RunObserver){.context = &seen, .reached = die_there};
    seen.kill_at = POINT_BEFORE_OUTCOME;
    assert_int_equal(runner_join(runner_fork_up(runner)), 128 + SIGKILL);
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx, a_x_idx1");
    seen.kill_at = POINT_COUNT;
    runner_up(runner);
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx, a_x_idx1");

    runner_write(runner, "2_b.up.sql", "CREATE INDEX CONCURRENTLY ON a (x);\n");
    seen.kill_at = POINT_INTENT_RECORDED;
    assert_int_equal(runner_join(runner_fork_up(runner)), 128 + SIGKILL);
    seen.kill_at = POINT_COUNT;
    runner_up(runner);
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx, a_x_idx1, a_x_idx2");
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
}

static void
test_unnamed_killed_while_building(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    PGconn *blocker = begin_with(runner, "BEGIN", "INSERT INTO a VALUES (3)");
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY ON a (x);\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_progress_create_index WHERE phase LIKE "
                "'waiting%'",
                "1");
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(runner_join(child), 128 + SIGKILL);
    runner_wait(runner, "SELECT count(*) FROM pg_stat_progress_create_index", "0");
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx unusable");
    PQfinish(blocker);
    runner_up(runner);
    assert_string_equal(indexes_of(runner, "a"), "a_x_idx");
}

static void
test_left_by_an_earlier_reindex(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "CREATE INDEX a_x ON a (x); CREATE INDEX a_x_ccnew ON a (x);"
                       "CREATE INDEX a_x_ccold ON a (x); CREATE INDEX mine ON a (x);"
                       "UPDATE pg_index SET indisvalid = false WHERE indrelid = 'a'::regclass");
    runner_write(runner, "1_b.up.sql", "REINDEX INDEX CONCURRENTLY a_x;\n");
    runner_up(runner);
    assert_string_equal(indexes_of(runner, "a"), "a_x, mine unusable");
}

/* A REINDEX that fails in the middle leaves nothing. */
static void
test_failed_reindex_is_cleaned_up(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "CREATE INDEX a_x ON a (x)");
    PGconn *blocker = old_snapshot(runner);
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    runner->options.concurrent_timeout_ms = 400;
    runner_write(runner, "1_b.up.sql", "REINDEX INDEX CONCURRENTLY a_x;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_class WHERE relname = 'a_x_ccnew'", "1");
    assert_int_equal(runner_join(child), 4);
    assert_string_equal(indexes_of(runner, "a"), "a_x");
    PQfinish(blocker);
}

static void
make_partitions(Runner *runner)
{
    runner_ask(runner, "CREATE TABLE p (x int) PARTITION BY RANGE (x);"
                       "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
                       "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)");
}

/* Cancelled in the middle, it cannot be taken back; the next run goes on with it. */
static void
test_cancelled_detach_goes_on(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    make_partitions(runner);
    PGconn *blocker = begin_with(runner, "BEGIN", "SELECT count(*) FROM p");
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    runner_write(runner, "1_b.up.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_inherits WHERE inhdetachpending", "1");
    runner_wait(runner,
                "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE "
                "wait_event_type = 'Lock'",
                "1");
    assert_int_equal(runner_join(child), 6);
    assert_string_equal(pending_detachments(runner), "2 1");
    assert_string_equal(runner_history(runner), "1 up stopped");
    PQfinish(blocker);
    runner_up(runner);
    assert_string_equal(pending_detachments(runner), "1 0");
    assert_string_equal(runner_history(runner), "1 up stopped, 1 up done");
}

/* What another attempt may change is tried again in the same run. */
static void
test_detach_is_tried_again(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    make_partitions(runner);
    PGconn *blocker = begin_with(runner, "BEGIN", "SELECT count(*) FROM p");
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    runner->options.lock_timeout_ms = 200;
    runner_write(runner, "1_b.up.sql",
                 "-- lockstep: lock-timeout 200ms\n"
                 "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner, "SELECT count(*) FROM pg_inherits WHERE inhdetachpending", "1");
    runner_wait(runner, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
                "0");
    PQfinish(blocker);
    assert_int_equal(runner_join(child), 0);
    assert_string_equal(pending_detachments(runner), "1 0");
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
test_left_detachment_is_finished(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    make_partitions(runner);
    PGconn *blocker = begin_with(runner, "BEGIN", "SELECT count(*) FROM p");
    PGconn *other = runner_connect(runner);
    runner_ask_on(runner, other, "SET statement_timeout = '300ms'");
    PQclear(PQexec(other, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"));
    PQfinish(other);
    PQfinish(blocker);
    assert_string_equal(pending_detachments(runner), "2 1");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;\n");
    runner_up(runner);
    assert_string_equal(pending_detachments(runner), "1 0");
}

/* Cancelled, DROP INDEX CONCURRENTLY leaves an index that is of no use: another try ends it. */
static void
test_drop_is_tried_again(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "CREATE INDEX a_x ON a (x)");
    PGconn *blocker = begin_with(runner, "BEGIN", "SELECT count(*) FROM a");
    runner->options.old_snapshots = OLD_SNAPSHOTS_PROCEED;
    runner_write(runner, "1_b.up.sql",
                 "-- lockstep: lock-timeout 200ms\nDROP INDEX CONCURRENTLY a_x;\n");
    pid_t child = runner_fork_up(runner);
    runner_wait(runner,
                "SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass AND NOT "
                "indisvalid",
                "1");
    runner_wait(runner, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
                "0");
    PQfinish(blocker);
    assert_int_equal(runner_join(child), 0);
    assert_string_equal(indexes_of(runner, "a"), "");
}

/* ---- VALIDATE */

static void
test_validation_is_proved(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;"
                       "ALTER TABLE a ADD CONSTRAINT d CHECK (x > 0) NOT VALID");
    runner_write(runner, "1_b.up.sql",
                 "ALTER TABLE a VALIDATE CONSTRAINT c;\n"
                 "ALTER TABLE a VALIDATE CONSTRAINT d;\n"
                 "ALTER TABLE a DROP CONSTRAINT d;\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT convalidated FROM pg_constraint WHERE conname = "
                                           "'c'"),
                        "t");
}

/* As if the server had not kept its word. */
static void
test_a_lie_is_found(void **state)
{
    Runner *runner = *state;
    (void)see(runner);
    runner_ask(runner, "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID, ADD CONSTRAINT d "
                       "CHECK (x > -1) NOT VALID");
    runner_write(runner, "1_b.up.sql",
                 "SELECT 1;\n"
                 "ALTER TABLE a VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT d;\n"
                 "UPDATE pg_constraint SET convalidated = false WHERE conname = 'd';\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(
        strstr(runner->err.message, "1_b.up.sql:2:1: constraint d is not validated at the end"));
    assert_string_equal(runner_history(runner), "1 up failed");
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RUNNER(test_waits_for_old_snapshots),
        WITH_RUNNER(test_old_snapshots_spend_the_budget),
        WITH_RUNNER(test_old_snapshots_may_stop_it),
        WITH_RUNNER(test_others_are_no_reason),
        WITH_RUNNER(test_readers_hold_up_a_drop),
        WITH_RUNNER(test_progress_is_told),
        WITH_RUNNER(test_unusable_is_not_there),
        WITH_RUNNER(test_unnamed_is_cleaned_up),
        WITH_RUNNER(test_unnamed_is_found_again),
        WITH_RUNNER(test_unnamed_killed_while_building),
        WITH_RUNNER(test_left_by_an_earlier_reindex),
        WITH_RUNNER(test_failed_reindex_is_cleaned_up),
        WITH_RUNNER(test_cancelled_detach_goes_on),
        WITH_RUNNER(test_detach_is_tried_again),
        WITH_RUNNER(test_left_detachment_is_finished),
        WITH_RUNNER(test_drop_is_tried_again),
        WITH_RUNNER(test_validation_is_proved),
        WITH_RUNNER(test_a_lie_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
