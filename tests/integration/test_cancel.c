/* SPDX-License-Identifier: MIT */
#include "journal/journal.h"
#include "support/runner.h"
#include "support/test.h"

/* What the observer was told. */
typedef struct Told {
    Runner *runner;
    const char *lines; /* "terminated 4711 idle in transaction\n" */
    const char *notes;
} Told;

static void
on_cancelled(void *context, const CancelledSession *cancelled)
{
    Told *told = context;
    told->lines = arena_printf(told->runner->arena, "%s%s %d %s\n", told->lines, cancelled->how,
                               cancelled->blocker.pid, cancelled->blocker.state);
}

static void
on_notice(void *context, const char *severity, const char *message)
{
    Told *told = context;
    told->notes = arena_printf(told->runner->arena, "%s%s: %s\n", told->notes, severity, message);
}

static void
begin(Runner *runner, Told *told)
{
    *told = (Told){.runner = runner, .lines = "", .notes = ""};
    runner->observer =
        (RunObserver){.context = told, .session_cancelled = on_cancelled, .notice = on_notice};
    runner->options.lock_timeout_ms = 1500;
    runner->options.retry_base_ms = 20;
    runner->options.retry_cap_ms = 50;
    runner->options.retry_budget_ms = 1000;
    runner->options.cancel_older_than_ms = 0;
    runner_ask(runner, "CREATE TABLE a (x int)");
    runner_write(runner, "1_b.up.sql", "ALTER TABLE a ADD y int;\n");
}

static PGconn *
hold(Runner *runner, const char *application)
{
    PGconn *connection = runner_connect(runner);
    runner_ask_on(runner, connection,
                  arena_printf(runner->arena, "SET application_name = '%s'", application));
    runner_ask_on(runner, connection, "BEGIN");
    runner_ask_on(runner, connection, "SELECT count(*) FROM a");
    return connection;
}

static const char *
events(Runner *runner)
{
    Journal *journal;
    Error err;
    JournalEventList list;
    const char *text = "";
    assert_true(journal_open(runner->options.journal_path, &journal, &err));
    assert_true(journal_list_events(runner->arena, journal, &list, &err));
    journal_close(journal);
    foreach (event, &list)
        text = arena_printf(runner->arena, "%s%s\n", text, event->what);
    return text;
}

static void
test_idle_is_ended(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    PGconn *blocker = hold(runner, "forgotten");
    int pid = PQbackendPID(blocker);
    runner_up(runner);
    assert_string_equal(told.lines,
                        arena_printf(runner->arena, "terminated %d idle in transaction\n", pid));
    assert_int_equal(runner->report.cancelled.count, 1);
    assert_int_equal(runner->report.cancelled.items[0].blocker.pid, pid);
    assert_non_null(
        strstr(events(runner), arena_printf(runner->arena, "terminated pid %d (forgotten, ", pid)));
    assert_string_equal(runner_history(runner), "1 up done");
    PQfinish(blocker);
}

static void
test_active_is_cancelled(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    PGconn *blocker = runner_connect(runner);
    assert_int_equal(PQsendQuery(blocker, "SELECT pg_sleep(30) FROM (SELECT count(*) FROM a) AS t"),
                     1);
    runner_wait(runner, "SELECT count(*) FROM pg_locks WHERE relation = 'a'::regclass", "1");
    runner_up(runner);
    assert_string_equal(
        told.lines, arena_printf(runner->arena, "cancelled %d active\n", PQbackendPID(blocker)));
    PGresult *result = PQgetResult(blocker);
    assert_string_equal(PQresultErrorField(result, PG_DIAG_SQLSTATE), "57014");
    PQclear(result);
    PQfinish(blocker);
}

static void
test_active_is_left_alone(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    runner->options.cancel_idle_only = true;
    PGconn *blocker = runner_connect(runner);
    assert_int_equal(PQsendQuery(blocker, "SELECT pg_sleep(3) FROM (SELECT count(*) FROM a) AS t"),
                     1);
    runner_wait(runner, "SELECT count(*) FROM pg_locks WHERE relation = 'a'::regclass", "1");
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(told.lines, "");
    PQfinish(blocker);
}

static void
test_young_is_left_alone(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    runner->options.cancel_older_than_ms = 60000;
    PGconn *blocker = hold(runner, "young");
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(told.lines, "");
    PQfinish(blocker);
}

static void
test_only_on_request(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    runner->options.cancel_older_than_ms = -1;
    PGconn *blocker = hold(runner, "left alone");
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(told.lines, "");
    assert_string_equal(events(runner), "");
    PQfinish(blocker);
}

static void
test_another_lockstep_is_left_alone(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    PGconn *blocker = hold(runner, "lockstep");
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(told.lines, "");
    PQfinish(blocker);
}

/* Who may not is told once and waits on. */
static void
test_without_privilege(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    runner_ask(runner, "CREATE ROLE deployer LOGIN; GRANT CREATE, USAGE ON SCHEMA public TO "
                       "deployer; ALTER TABLE a OWNER TO deployer");
    runner_ask(runner, arena_printf(runner->arena, "GRANT CREATE ON DATABASE %s TO deployer",
                                    runner_ask(runner, "SELECT current_database()")));
    PGconn *blocker = hold(runner, "of the superuser");
    const char *conninfo = runner->options.conninfo;
    runner->options.conninfo = arena_printf(runner->arena, "%s user=deployer", conninfo);
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(told.lines, "");
    char *note = strstr(told.notes, "cannot be cancelled: the role lacks pg_read_all_stats");
    assert_non_null(note);
    assert_null(strstr(note + 1, "cannot be cancelled"));
    runner_ask(runner, "GRANT pg_read_all_stats TO deployer");
    told.notes = "";
    runner_up_fails(runner, ERROR_LOCK);
    assert_string_equal(told.lines, "");
    assert_non_null(strstr(told.notes, "cannot be cancelled: "));
    runner->options.conninfo = conninfo;
    PQfinish(blocker);
    runner_ask(runner, "REASSIGN OWNED BY deployer TO postgres; DROP OWNED BY deployer; "
                       "DROP ROLE deployer");
}

/* Before a build nobody waits yet, and an old snapshot is in the way all the same. */
static void
test_old_snapshot_is_ended(void **state)
{
    Runner *runner = *state;
    Told told;
    begin(runner, &told);
    runner->options.old_snapshot_age_ms = 0;
    PGconn *blocker = runner_connect(runner);
    runner_ask_on(runner, blocker, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    runner_ask_on(runner, blocker, "SELECT count(*) FROM pg_am");
    runner_write(runner, "1_b.up.sql", "CREATE INDEX CONCURRENTLY a_x ON a (x);\n");
    runner_up(runner);
    assert_string_equal(
        told.lines,
        arena_printf(runner->arena, "terminated %d idle in transaction\n", PQbackendPID(blocker)));
    PQfinish(blocker);
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RUNNER(test_idle_is_ended),        WITH_RUNNER(test_active_is_cancelled),
        WITH_RUNNER(test_active_is_left_alone), WITH_RUNNER(test_young_is_left_alone),
        WITH_RUNNER(test_only_on_request),      WITH_RUNNER(test_another_lockstep_is_left_alone),
        WITH_RUNNER(test_without_privilege),    WITH_RUNNER(test_old_snapshot_is_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
