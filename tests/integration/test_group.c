/* SPDX-License-Identifier: MIT */
/* COMMITs that follow each other are written to the server's disk together. */
#include <sqlite3.h>

#include "support/runner.h"
#include "support/test.h"

#define MIGRATIONS 12

typedef struct Looker {
    Runner *runner;
    int most_running; /* migrations at once, by the journal */
    int commits;
} Looker;

static int
count_in_journal(Runner *runner, const char *outcome)
{
    sqlite3 *journal = NULL;
    sqlite3_stmt *statement = NULL;
    const char *sql =
        arena_printf(runner->arena, "SELECT count(*) FROM migration WHERE outcome = '%s'", outcome);
    assert_int_equal(sqlite3_open(runner->options.journal_path, &journal), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(journal, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(journal);
    return count;
}

static void
on_point(void *context, RunPoint point)
{
    Looker *looker = context;
    if (point != POINT_AFTER_COMMIT)
        return;
    looker->commits++;
    int running = count_in_journal(looker->runner, "running");
    if (running > looker->most_running)
        looker->most_running = running;
}

static Looker
up_and_look(Runner *runner)
{
    Looker looker = {.runner = runner};
    runner->observer = (RunObserver){.context = &looker, .reached = on_point};
    runner_up(runner);
    runner->observer = (RunObserver){0};
    assert_int_equal(looker.commits, MIGRATIONS);
    assert_int_equal(count_in_journal(runner, "running"), 0);
    assert_int_equal(count_in_journal(runner, "done"), MIGRATIONS);
    return looker;
}

static void
write_migrations(Runner *runner)
{
    for (int i = 1; i <= MIGRATIONS; i++)
        runner_write(runner, arena_printf(runner->arena, "%d_t.up.sql", i),
                     arena_printf(runner->arena, "CREATE TABLE t%d (x int);\n", i));
}

/* Before the last COMMIT, nobody can say of the others that they will outlast a crash. */
static void
what_is_not_on_disk_is_not_done(void **state)
{
    Runner *runner = *state;
    write_migrations(runner);
    assert_true(up_and_look(runner).most_running > 1);
}

static void
a_hook_after_each_finds_it_done(void **state)
{
    Runner *runner = *state;
    Hook hook = {.kind = HOOK_COMMAND, .path = "/bin/true"};
    LIST_APPEND(runner->arena, &runner->options.hooks.at[HOOK_AFTER_EACH], hook);
    write_migrations(runner);
    assert_int_equal(up_and_look(runner).most_running, 1);
}

/* What fails is on record, and so is what came before it. */
static void
a_failure_ends_the_group(void **state)
{
    Runner *runner = *state;
    write_migrations(runner);
    runner_write(runner, "12_t.up.sql", "SELECT 1 / 0;\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_int_equal(count_in_journal(runner, "running"), 0);
    assert_int_equal(count_in_journal(runner, "done"), MIGRATIONS - 1);
    assert_int_equal(count_in_journal(runner, "failed"), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_not_on_disk_is_not_done, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(a_hook_after_each_finds_it_done, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(a_failure_ends_the_group, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
