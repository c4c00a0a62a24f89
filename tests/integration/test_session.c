/* SPDX-License-Identifier: MIT */
/* Whatever a migration leaves in the session or takes from it: the bookkeeping holds, and the next
 * migration finds the session as it was. */
#include "support/runner.h"
#include "support/test.h"

/* Four tables, one row each, and all four in the history. */
static void
check_four(Runner *runner)
{
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done, 4 up done");
    assert_string_equal(runner_ask(runner, "SELECT x FROM a UNION ALL SELECT x FROM b UNION ALL "
                                           "SELECT x FROM c UNION ALL SELECT x FROM d"),
                        "1\n1\n1\n1");
}

static void
write_around(Runner *runner, const char *second)
{
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n");
    runner_write(runner, "2_b.up.sql",
                 arena_printf(runner->arena,
                              "CREATE TABLE b (x int);\n%s\nINSERT INTO public.b VALUES (1);\n",
                              second));
    runner_write(runner, "3_c.up.sql", "CREATE TABLE c (x int);\nINSERT INTO c VALUES (1);\n");
    runner_write(runner, "4_d.up.sql", "CREATE TABLE d (x int);\nINSERT INTO d VALUES (1);\n");
}

static void
test_prepared_thrown_away(void **state)
{
    write_around(*state, "DEALLOCATE ALL;");
    check_four(*state);
}

/* Nobody sees it coming: the transaction is sent once more. */
static void
test_prepared_thrown_away_unseen(void **state)
{
    write_around(*state, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$;");
    check_four(*state);
}

static void
test_prepared_thrown_away_in_the_middle(void **state)
{
    write_around(*state, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$;\nVACUUM public.b;\n");
    check_four(*state);
}

/* One of them only: those that come after do not pay for it. A sequence counts what was rolled
 * back, too. */
static void
test_one_prepared_thrown_away(void **state)
{
    Runner *runner = *state;
    write_around(runner,
                 "CREATE SEQUENCE s;\n"
                 "DO $$ DECLARE n text; BEGIN FOR n IN SELECT name FROM pg_prepared_statements "
                 "WHERE statement LIKE '%INSERT INTO%history%' LOOP "
                 "EXECUTE format('DEALLOCATE %I', n); END LOOP; END $$;");
    runner_write(runner, "3_c.up.sql", "CREATE TABLE c AS SELECT 1 AS x, nextval('s') AS n;\n");
    check_four(runner);
    assert_string_equal(runner_ask(runner, "SELECT n FROM c"), "1");
}

static void
test_discard_all(void **state)
{
    write_around(*state, "INSERT INTO b VALUES (2);\nDISCARD ALL;\nDELETE FROM public.b;\n");
    check_four(*state);
}

static void
test_settings_do_not_stay(void **state)
{
    static const char *const settings[] = {
        "SET search_path = pg_temp;",
        "SET role = pg_read_all_data;\nRESET role;\nSET SESSION AUTHORIZATION lockstep_nobody;\n"
        "RESET SESSION AUTHORIZATION;\nSET session_replication_role = replica;",
        "SET standard_conforming_strings = off;\nSET backslash_quote = off;",
        "SET client_encoding = latin1;\nSET default_transaction_isolation = serializable;",
        "SET statement_timeout = '1h';\nSET lock_timeout = '1h';\nSET plan_cache_mode = "
        "force_custom_plan;\nSET bytea_output = escape;"};
    Runner *runner = *state;
    runner_ask(runner, "DROP ROLE IF EXISTS lockstep_nobody");
    runner_ask(runner, "CREATE ROLE lockstep_nobody");
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE seen AS SELECT 0 AS at, name, setting FROM "
                 "pg_settings WHERE context IN ('user', 'superuser');\n");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        runner_write(runner, arena_printf(runner->arena, "%zu_set.up.sql", 2 * i + 2),
                     arena_printf(runner->arena, "SELECT 1;\n%s\n", settings[i]));
        runner_write(runner, arena_printf(runner->arena, "%zu_look.up.sql", 2 * i + 3),
                     arena_printf(runner->arena,
                                  "INSERT INTO seen SELECT %zu, name, setting FROM "
                                  "pg_settings WHERE context IN ('user', 'superuser');\n",
                                  i + 1));
    }
    runner_up(runner);
    assert_string_equal(
        runner_ask(runner, "SELECT s.at || ' ' || s.name || ' = ' || s.setting FROM seen AS s "
                           "JOIN seen AS f ON f.at = 0 AND f.name = s.name "
                           "WHERE s.setting IS DISTINCT FROM f.setting"),
        "");
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT at) FROM seen"), "6");
    runner_ask(runner, "DROP ROLE lockstep_nobody");
}

/* Bookkeeping comes as who connected, to where it belongs, while the settings still hold. */
static void
test_bookkeeping_under_settings(void **state)
{
    Runner *runner = *state;
    write_around(runner, "CREATE SCHEMA trap;\n"
                         "CREATE TABLE trap.history (id int);\n"
                         "CREATE FUNCTION trap.now() RETURNS timestamptz LANGUAGE sql AS "
                         "'SELECT timestamptz ''epoch''';\n"
                         "CREATE FUNCTION trap.set_config(text, text, boolean) RETURNS text "
                         "LANGUAGE sql AS 'SELECT ''trapped''';\n"
                         "SET search_path = trap, pg_catalog;\n"
                         "SET session_replication_role = replica;\n"
                         "SET standard_conforming_strings = off;");
    check_four(runner);
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM trap.history"), "0");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM lockstep.history "
                                           "WHERE started_at > now() - interval '1 hour'"),
                        "4");
}

static void
test_names_are_free_again(void **state)
{
    Runner *runner = *state;
    for (int i = 1; i <= 4; i++)
        runner_write(runner, arena_printf(runner->arena, "%d_p.up.sql", i),
                     "PREPARE p AS SELECT 1;\nPREPARE \"lockstep 0\" AS SELECT 1;\nEXECUTE p;\n"
                     "CREATE TEMP TABLE t (x int);\nLISTEN l;\n"
                     "DECLARE c CURSOR WITH HOLD FOR SELECT 1;\n");
    runner_write(runner, "5_look.up.sql",
                 "CREATE TABLE seen AS SELECT name FROM pg_cursors WHERE name = 'c' "
                 "UNION ALL SELECT name FROM pg_prepared_statements WHERE from_sql "
                 "UNION ALL SELECT pg_listening_channels() "
                 "UNION ALL SELECT 'table' WHERE to_regclass('pg_temp.t') IS NOT NULL;\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM seen"), "0");
}

/* Putting back the settings takes none of it away: each has to be noticed by itself. */
static void
test_each_is_taken_away(void **state)
{
    static const char *const left[] = {
        "PREPARE p AS SELECT 1;",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1;",
        "LISTEN l;",
        "CREATE TEMP TABLE t (x int);",
        "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
        "DO $$ BEGIN EXECUTE 'PREPARE p AS SELECT 1'; END $$;",
        "SET role = lockstep_nobody;",
        "SET SESSION AUTHORIZATION lockstep_nobody;"};
    Runner *runner = *state;
    runner_ask(runner, "DROP ROLE IF EXISTS lockstep_nobody");
    runner_ask(runner, "CREATE ROLE lockstep_nobody");
    runner_write(runner, "1_a.up.sql", "CREATE TABLE seen (at int, what text);\n");
    for (int i = 0; i < (int)(sizeof left / sizeof *left); i++) {
        runner_write(
            runner, arena_printf(runner->arena, "%d_leave.up.sql", 2 * i + 2),
            arena_printf(runner->arena, "INSERT INTO seen VALUES (%d, NULL);\n%s\n", i, left[i]));
        runner_write(
            runner, arena_printf(runner->arena, "%d_look.up.sql", 2 * i + 3),
            arena_printf(runner->arena,
                         "INSERT INTO seen SELECT %d, what FROM (\n"
                         "SELECT name AS what FROM pg_cursors WHERE is_holdable\n"
                         "UNION ALL SELECT name FROM pg_prepared_statements WHERE from_sql\n"
                         "UNION ALL SELECT pg_listening_channels()\n"
                         "UNION ALL SELECT relname FROM pg_class\n"
                         "WHERE relnamespace = pg_my_temp_schema()\n"
                         "UNION ALL SELECT proname FROM pg_proc\n"
                         "WHERE pronamespace = pg_my_temp_schema()\n"
                         "UNION ALL SELECT 'role' WHERE 'lockstep_nobody' IN\n"
                         "(current_user, session_user)) AS left_there;\n",
                         i));
    }
    runner_up(runner);
    assert_string_equal(
        runner_ask(runner, "SELECT at || ' ' || what FROM seen WHERE what IS NOT NULL"), "");
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT at) FROM seen"), "8");
    runner_ask(runner, "DROP ROLE lockstep_nobody");
}

/* ---- code that no statement of the file names */

typedef struct Intruder {
    Runner *runner;
    int at; /* before the BEGIN of this migration */
    const char *version;
    const char *id; /* of its row; NULL: the next one */
    int seen;
} Intruder;

#define EVENT_TRIGGER                                                                              \
    "CREATE FUNCTION fires() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN\n"                 \
    "PERFORM set_config('work_mem', '77MB', false), set_config('role', 'lockstep_nobody', false)," \
    " set_config('search_path', 'elsewhere', false);\n"                                            \
    "EXECUTE 'PREPARE p AS SELECT 1'; END $$;\n"                                                   \
    "CREATE EVENT TRIGGER fires ON ddl_command_end WHEN TAG IN ('CREATE TABLE')\n"                 \
    "EXECUTE FUNCTION fires();\n"

static void
drop_event_trigger(Runner *runner)
{
    runner_ask(runner, "DROP EVENT TRIGGER fires");
    runner_ask(runner, "DROP ROLE lockstep_nobody");
}

static void
expect_nothing_left(Runner *runner)
{
    runner_write(runner, "3_look.up.sql",
                 "CREATE TABLE seen AS SELECT current_setting('work_mem') || ' ' || "
                 "current_setting('search_path') || ' ' || current_user AS what "
                 "UNION ALL SELECT name FROM pg_prepared_statements WHERE from_sql;\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done");
    assert_string_equal(runner_ask(runner, "SELECT what FROM seen"),
                        "4MB \"$user\", public postgres");
    drop_event_trigger(runner);
}

static void
begin_event_trigger(Runner *runner)
{
    runner_ask(runner, "DROP ROLE IF EXISTS lockstep_nobody");
    runner_ask(runner, "CREATE ROLE lockstep_nobody");
    runner_write(runner, "2_b.up.sql", "CREATE TABLE b (x int);\n");
}

static void
count_statements(void *context, const StatementEvent *event)
{
    (void)event;
    ++*(int *)context;
}

static void
test_event_trigger_that_was_there(void **state)
{
    Runner *runner = *state;
    int statements = 0;
    runner_write(runner, "1_a.up.sql", "CREATE TYPE a AS ENUM ('a');\n");
    runner_up(runner);
    begin_event_trigger(runner);
    runner_ask(runner, EVENT_TRIGGER);
    runner->observer.context = &statements;
    runner->observer.statement_started = count_statements;
    expect_nothing_left(runner);
    assert_int_equal(statements, 2);
}

static void
test_event_trigger_of_the_run(void **state)
{
    Runner *runner = *state;
    begin_event_trigger(runner);
    runner_write(runner, "1_a.up.sql", EVENT_TRIGGER);
    expect_nothing_left(runner);
}

static void
make_event_trigger(void *context, RunPoint point)
{
    Intruder *intruder = context;
    if (point == POINT_BEFORE_BEGIN && ++intruder->seen == intruder->at)
        runner_ask(intruder->runner, EVENT_TRIGGER);
}

/* Nobody sees it coming: the transaction is sent once more. */
static void
test_event_trigger_made_meanwhile(void **state)
{
    Runner *runner = *state;
    Intruder intruder = {.runner = runner, .at = 2};
    begin_event_trigger(runner);
    runner_write(runner, "1_a.up.sql", "CREATE TYPE a AS ENUM ('a');\n");
    runner->observer.context = &intruder;
    runner->observer.reached = make_event_trigger;
    expect_nothing_left(runner);
}

/* Outside of a transaction, our own timeouts are the session's. */
static void
test_nothing_left_by_plain_statements_outside(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a AS SELECT current_setting('lock_timeout') "
                 "|| current_setting('statement_timeout') AS what;\n");
    runner_write(runner, "2_b.up.sql",
                 "-- lockstep: no-transaction\nCREATE TABLE b (x int);\nDROP TABLE b;\n");
    runner_write(runner, "3_c.up.sql",
                 "-- lockstep: statement-timeout 1h\nDROP INDEX CONCURRENTLY IF EXISTS nowhere;\n"
                 "CREATE TABLE b (x int);\n");
    runner_write(runner, "4_look.up.sql",
                 "CREATE TABLE seen AS SELECT current_setting('lock_timeout') "
                 "|| current_setting('statement_timeout') AS what;\n");
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT what FROM seen"),
                        runner_ask(runner, "SELECT what FROM a"));
}

/* ---- another run, which got by the lock that keeps runs apart */

static void
write_row(void *context, RunPoint point)
{
    Intruder *intruder = context;
    if (point != POINT_BEFORE_BEGIN || ++intruder->seen != intruder->at)
        return;
    runner_ask(
        intruder->runner,
        arena_printf(intruder->runner->arena,
                     "INSERT INTO lockstep.history (id, attempt, run, version, name, direction, "
                     "outcome, started_at, duration_ms, client, tool_version, checksum, "
                     "token_checksum) OVERRIDING SYSTEM VALUE VALUES (%s, 'x', 'other', '%s', 'n', "
                     "'up', 'done', now(), "
                     "1, 'c', 't', 'x', 'x')",
                     intruder->id != NULL ? intruder->id
                                          : "nextval(pg_get_serial_sequence("
                                            "'lockstep.history', 'id'))",
                     intruder->version));
}

static void
intrude(Runner *runner, Intruder *intruder)
{
    write_around(runner, "");
    runner->observer.context = intruder;
    runner->observer.reached = write_row;
}

static void
test_another_run_was_at_this_version(void **state)
{
    Runner *runner = *state;
    Intruder intruder = {.runner = runner, .version = "3", .at = 3};
    intrude(runner, &intruder);
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, "another run has been at work on"));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('c')"), "NULL");
}

/* Its row came earlier, beside a version that was not its own. */
static void
test_another_run_was_at_a_later_version(void **state)
{
    Runner *runner = *state;
    Intruder intruder = {.runner = runner, .version = "4", .at = 2};
    intrude(runner, &intruder);
    runner_up_fails(runner, ERROR_GATE);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('c')"), "c");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('d')"), "NULL");
}

static void
test_another_run_was_elsewhere(void **state)
{
    Runner *runner = *state;
    Intruder intruder = {.runner = runner, .version = "9", .at = 2};
    intrude(runner, &intruder);
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('d')"), "d");
}

/* A number is missing in the history, and turns up late. */
static void
test_a_number_that_was_missing(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "0_first.up.sql", "SELECT 1;\n");
    runner_up(runner);
    runner_ask(runner, "SELECT nextval(pg_get_serial_sequence('lockstep.history', 'id'))");
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n");
    runner_up(runner);
    Intruder intruder = {.runner = runner, .version = "3", .at = 2, .id = "2"};
    intrude(runner, &intruder);
    runner_up_fails(runner, ERROR_GATE);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('b')"), "b");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('c')"), "NULL");
}

#define SESSION_TEST(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION_TEST(test_prepared_thrown_away),
        SESSION_TEST(test_prepared_thrown_away_unseen),
        SESSION_TEST(test_prepared_thrown_away_in_the_middle),
        SESSION_TEST(test_one_prepared_thrown_away),
        SESSION_TEST(test_discard_all),
        SESSION_TEST(test_settings_do_not_stay),
        SESSION_TEST(test_bookkeeping_under_settings),
        SESSION_TEST(test_names_are_free_again),
        SESSION_TEST(test_each_is_taken_away),
        SESSION_TEST(test_event_trigger_that_was_there),
        SESSION_TEST(test_event_trigger_of_the_run),
        SESSION_TEST(test_event_trigger_made_meanwhile),
        SESSION_TEST(test_nothing_left_by_plain_statements_outside),
        SESSION_TEST(test_another_run_was_at_this_version),
        SESSION_TEST(test_another_run_was_at_a_later_version),
        SESSION_TEST(test_another_run_was_elsewhere),
        SESSION_TEST(test_a_number_that_was_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
