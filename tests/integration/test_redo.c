/* SPDX-License-Identifier: MIT */
/* redo and goto, and what becomes of files that come too late. */
#include <string.h>

#include "support/runner.h"
#include "support/test.h"

typedef bool (*RunFunction)(Arena *, const RunOptions *, const RunObserver *, RunReport *, Error *);

static void
succeeds(Runner *runner, RunFunction function)
{
    if (!function(runner->arena, &runner->options, &runner->observer, &runner->report,
                  &runner->err))
        fail_msg("%s (%s)", runner->err.message, runner->err.detail);
}

static void
fails(Runner *runner, RunFunction function, ErrorKind kind)
{
    runner->err = (Error){0};
    assert_false(function(runner->arena, &runner->options, &runner->observer, &runner->report,
                          &runner->err));
    if (runner->err.kind != kind)
        fail_msg("kind %d: %s", (int)runner->err.kind, runner->err.message);
}

static void
write_three(Runner *runner)
{
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
    runner_write(runner, "1_a.down.sql", "DROP TABLE a;\n");
    runner_write(runner, "2_b.up.sql",
                 "ALTER TABLE a ADD COLUMN b int;\nCREATE INDEX CONCURRENTLY a_b ON a (b);\n");
    runner_write(runner, "2_b.down.sql", "ALTER TABLE a DROP COLUMN b;\n");
    runner_write(runner, "3_c.up.sql", "CREATE TABLE c (id int PRIMARY KEY);\n");
    runner_write(runner, "3_c.down.sql", "DROP TABLE c;\n");
}

/* A changed file is what it is for: the old way back is gone through, the new text is applied. */
static void
redo_takes_the_changed_file(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_up(runner);
    runner_write(runner, "3_c.up.sql", "CREATE TABLE d (id int PRIMARY KEY);\n");
    runner_write(runner, "3_c.down.sql", "DROP TABLE d;\n");
    succeeds(runner, run_redo);
    assert_true(runner->report.migrations.items[0].from_history);
    assert_int_equal(runner->report.pending_after, 0);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('c')::text || 'x'"), "NULL");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('d')::text"), "d");
    assert_string_equal(runner_history(runner),
                        "1 up done, 2 up done, 3 up done, 3 down done, 3 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT (run, marker->>'lsn')) FROM "
                                           "lockstep.history WHERE id > 3"),
                        "1");
}

/* A version that has steps both ways has two attempts. */
static void
redo_of_several_with_steps(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_write(runner, "2_b.down.sql",
                 "DROP INDEX CONCURRENTLY a_b;\nALTER TABLE a DROP COLUMN b;\n");
    runner_up(runner);
    runner->options.count = 2;
    succeeds(runner, run_redo);
    assert_string_equal(runner_history(runner),
                        "1 up done, 2 up done, 3 up done, 3 down done, 2 down done, 2 up done, "
                        "3 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM lockstep.step WHERE state = "
                                           "'done'"),
                        "6");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a_b')::text"), "a_b");
}

/* What fails on its way up again is simply pending. */
static void
redo_that_fails_leaves_it_pending(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_up(runner);
    runner_write(runner, "3_c.up.sql", "SELECT 1/0;\n");
    fails(runner, run_redo, ERROR_MIGRATION);
    assert_int_equal(runner->report.pending_after, 1);
    runner_write(runner, "3_c.up.sql", "SELECT 1;\n");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done, 3 down done, "
                                                "3 up failed, 3 up done");
}

static void
redo_dry_run_writes_nothing(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_up(runner);
    runner->options.dry_run = true;
    succeeds(runner, run_redo);
    assert_int_equal(runner->report.planned.count, 2);
    assert_int_equal(runner->report.planned.items[0].direction, DIRECTION_DOWN);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 3 up done");
}

static void
goto_goes_either_way(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner->options.to = "2";
    succeeds(runner, run_goto);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
    runner->options.to = "1";
    succeeds(runner, run_goto);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done, 2 down done");
    succeeds(runner, run_goto);
    assert_int_equal(runner->report.migrations.count, 0);
    runner->options.to = "0";
    succeeds(runner, run_goto);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a')::text"), "NULL");
}

static void
late_files(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
    runner_write(runner, "3_c.up.sql", "SELECT 1;\n");
    runner_up(runner);
    runner_write(runner, "2_b.up.sql", "SELECT 1;\n");
    runner_write(runner, "4_d.up.sql", "SELECT 1;\n");
    runner_up_fails(runner, ERROR_DRIFT);
    runner->options.order = ORDER_SKIP;
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 3 up done, 4 up done");
    assert_int_equal(runner->report.left_late, 1);
    assert_int_equal(runner->report.pending_after, 1);
    runner->options.order = ORDER_ALLOW;
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 3 up done, 4 up done, 2 up done");
    assert_int_equal(runner->report.left_late, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(redo_takes_the_changed_file, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(redo_of_several_with_steps, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(redo_that_fails_leaves_it_pending, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(redo_dry_run_writes_nothing, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(goto_goes_either_way, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(late_files, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
