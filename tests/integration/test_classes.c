/* SPDX-License-Identifier: MIT */
#include "support/runner.h"
#include "support/test.h"

/* "1 strong AccessExclusiveLock public.a", a line for each statement that would run, with the
 * number of its transaction. */
static const char *
foreseen(Runner *runner)
{
    runner->options.dry_run = true;
    runner_up(runner);
    const char *text = "";
    foreach (statements, &runner->report.statements)
        foreach (statement, statements) {
            const TimeoutClass *class = &statement->event.class;
            text = arena_printf(runner->arena, "%s%zu %s%s%s%s%s%s\n", text, statement->transaction,
                                timeout_kind_words(class->kind), class->relation != NULL ? " " : "",
                                class->relation != NULL ? lock_mode(class->level) : "",
                                class->relation != NULL ? " " : "",
                                class->relation != NULL ? class->relation : "",
                                class->is_unsure ? " unsure" : "");
        }
    return text;
}

static void
test_what_others_know_is_strong(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "ALTER TABLE a ADD y int;\n"
                 "CREATE TABLE b (x int PRIMARY KEY);\n"
                 "ALTER TABLE b ADD y int REFERENCES a (x);\n"
                 "CREATE INDEX ON b (y);\n"
                 "INSERT INTO a VALUES (1);\n"
                 "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\n");
    assert_string_equal(foreseen(runner), "1 strong AccessExclusiveLock public.a\n"
                                          "1 none\n"
                                          "1 strong ShareRowExclusiveLock public.a\n"
                                          "1 none\n"
                                          "1 data\n"
                                          "1 none\n");
}

/* A table of the same file is nobody's business yet, one of a file before it is. */
static void
test_transactions_of_a_file(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_b.up.sql",
                 "CREATE TABLE b (x int);\n"
                 "CREATE INDEX CONCURRENTLY b_x ON b (x);\n"
                 "ALTER TABLE b ADD y int;\n");
    runner_write(runner, "2_b.up.sql", "DROP INDEX b_x;\nVACUUM b;\nVACUUM FULL b;\n");
    assert_string_equal(foreseen(runner), "1 none\n"
                                          "0 concurrent\n"
                                          "2 none\n"
                                          "1 strong AccessExclusiveLock public.b\n"
                                          "0 concurrent\n"
                                          "0 strong AccessExclusiveLock public.b\n");
    const PlannedStatementList *second = &runner->report.statements.items[1];
    assert_int_equal(second->items[0].lock_timeout_ms, runner->options.lock_timeout_ms);
    assert_int_equal(second->items[0].first_lock_timeout_ms, 250);
    assert_int_equal(second->items[1].lock_timeout_ms, 0);
    assert_int_equal(second->items[1].first_lock_timeout_ms, 0);
    assert_int_equal(second->items[2].lock_timeout_ms, runner->options.lock_timeout_ms);
}

static void
test_code(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "DO $$ BEGIN ALTER TABLE a ADD y int; END $$;\n"
                 "DO $$ BEGIN EXECUTE 'ALTER TABLE ' || current_setting('x') || ' ADD y int'; END "
                 "$$;\n"
                 "REFRESH MATERIALIZED VIEW CONCURRENTLY m;\n"
                 "ALTER TABLE a VALIDATE CONSTRAINT c;\n");
    assert_string_equal(foreseen(runner), "1 strong AccessExclusiveLock public.a\n"
                                          "1 strong unsure\n"
                                          "1 data\n"
                                          "1 data\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_others_know_is_strong, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_transactions_of_a_file, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_code, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
