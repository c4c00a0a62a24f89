/* SPDX-License-Identifier: MIT */
/* A server that is not there yet, and one that is another than was meant. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

static size_t waits;

static void
count_wait(void *context, const Error *reason, int64_t waited_ms)
{
    (void)context;
    (void)waited_ms;
    assert_int_equal(reason->kind, ERROR_CONNECTION);
    waits++;
}

/* The test's database through another directory, in which there is no socket yet. */
static void
move_away(Runner *runner)
{
    runner_write(runner, "1_a.up.sql", "SELECT 1;\n");
    runner->observer.connect_wait = count_wait;
    runner->options.conninfo = arena_printf(runner->arena, "host=%s port=%s user=%s dbname=%s",
                                            temp_dir_root(runner->directory), PQport(runner->look),
                                            PQuser(runner->look), runner->database);
    waits = 0;
}

static void
link_after(const Runner *runner, useconds_t pause)
{
    const char *target =
        arena_printf(runner->arena, "%s/.s.PGSQL.%s", PQhost(runner->look), PQport(runner->look));
    const char *link = arena_printf(runner->arena, "%s/.s.PGSQL.%s",
                                    temp_dir_root(runner->directory), PQport(runner->look));
    usleep(pause);
    _exit(symlink(target, link) == 0 ? 0 : 1);
}

static void
waits_until_it_is_there(void **state)
{
    Runner *runner = *state;
    move_away(runner);
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_int_equal(waits, 0);
    runner->options.wait_for_database_ms = 20000;
    pid_t child = fork();
    if (child == 0)
        link_after(runner, 500000);
    runner_up(runner);
    assert_int_equal(runner_join(child), 0);
    assert_true(waits > 0);
}

static void
gives_up_in_time(void **state)
{
    Runner *runner = *state;
    move_away(runner);
    runner->options.wait_for_database_ms = 400;
    int64_t began = duration_clock_ms();
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_true(duration_clock_ms() - began >= 400);
    assert_true(duration_clock_ms() - began < 5000);
    assert_true(waits > 0);
}

/* It is there, and has said no. */
static void
a_refusal_is_no_reason_to_wait(void **state)
{
    Runner *runner = *state;
    move_away(runner);
    runner->options.conninfo = test_cluster_database("there_is_no_such_database", NULL);
    runner->options.wait_for_database_ms = 60000;
    runner_up_fails(runner, ERROR_CONNECTION);
    assert_int_equal(waits, 0);
}

static void
another_place_is_refused(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "SELECT 1;\n");
    runner->options.database_name = "shop";
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, ", but shop is expected"));
    runner->options.database_name = runner->database;
    runner->options.system_identifier = "7";
    runner_up_fails(runner, ERROR_GATE);
    assert_string_equal(runner_ask(runner, "SELECT to_regnamespace('lockstep')"), "NULL");
    runner->options.system_identifier =
        runner_ask(runner, "SELECT system_identifier FROM pg_control_system()");
    runner_up(runner);
}

/* What the files make belongs to the role, whatever a file before has done to it; who connected is
 * noted all the same. */
static void
works_as_a_role(void **state)
{
    Runner *runner = *state;
    runner_ask(runner, "DROP ROLE IF EXISTS builder");
    runner_ask(runner, "CREATE ROLE builder");
    runner_ask(runner, arena_printf(runner->arena,
                                    "GRANT CREATE ON DATABASE %s TO builder; GRANT "
                                    "CREATE ON SCHEMA public TO builder",
                                    runner->database));
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (id int);\nRESET ROLE;\n");
    runner_write(runner, "2_b.up.sql",
                 "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY b_id ON b (id);\n");
    runner->options.role = "builder";
    runner_up(runner);
    assert_string_equal(runner_ask(runner, "SELECT DISTINCT tableowner FROM pg_tables WHERE "
                                           "schemaname IN ('public', 'lockstep')"),
                        "builder");
    assert_string_equal(runner_ask(runner, "SELECT bool_and(applied_by = current_user) FROM "
                                           "lockstep.history"),
                        "t");
    runner->options.role = "nobody_of_that_name";
    runner_up_fails(runner, ERROR_GATE);
    runner_ask(runner, "DROP OWNED BY builder; DROP ROLE builder");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(waits_until_it_is_there, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(gives_up_in_time, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(a_refusal_is_no_reason_to_wait, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(works_as_a_role, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(another_place_is_refused, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
