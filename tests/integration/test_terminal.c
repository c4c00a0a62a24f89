/* SPDX-License-Identifier: MIT */
/* The program on a terminal, where it can ask. */
#include <string.h>
#include <unistd.h>

#include "support/runner.h"
#include "support/terminal.h"
#include "support/test.h"

static void
become_repair(void *context)
{
    Runner *runner = context;
    char *words[] = {arena_strdup(runner->arena, LOCKSTEP_BINARY),
                     arena_strdup(runner->arena, "repair"), NULL};
    setenv("DATABASE_URL", runner->options.conninfo, 1);
    setenv("LOCKSTEP_JOURNAL", runner->options.journal_path, 1);
    setenv("TERM", "xterm", 1);
    if (chdir(temp_dir_root(runner->directory)) == 0)
        execv(words[0], words);
}

static const char *
leftovers(Runner *runner)
{
    return runner_ask(runner, "SELECT (SELECT count(*) FROM pg_index WHERE NOT indisvalid) || "
                              "' unusable, ' || (SELECT count(*) FROM pg_inherits WHERE "
                              "inhdetachpending) || ' half detached'");
}

/* An index that could not be built, and a detachment that was cancelled in its second half. */
static void
leave_something(Runner *runner)
{
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1), (1);\n");
    runner_up(runner);
    runner_ask(runner, "CREATE TABLE p (x int) PARTITION BY LIST (x);"
                       "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)");
    PGconn *reader = runner_connect(runner);
    runner_ask_on(runner, reader, "BEGIN");
    runner_ask_on(runner, reader, "SELECT count(*) FROM p");
    PGconn *other = runner_connect(runner);
    PQclear(PQexec(other, "CREATE UNIQUE INDEX CONCURRENTLY twice ON a (id)"));
    PQclear(PQexec(other, "SET statement_timeout = '500ms'"));
    PQclear(PQexec(other, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"));
    PQfinish(other);
    PQfinish(reader);
    assert_string_equal(leftovers(runner), "1 unusable, 1 half detached");
}

static Terminal
ask_for_repair(Runner *runner)
{
    Terminal terminal = terminal_start(runner->arena, become_repair, runner);
    terminal_expect(&terminal, "go on? [y/N] ");
    assert_non_null(strstr(terminal.shown, "drop index public.twice of public.a, which is "
                                           "INVALID"));
    assert_non_null(strstr(terminal.shown, "finish the detachment of partition public.p1 from "
                                           "public.p"));
    return terminal;
}

/* What is typed, the exit status, and whether anything was done. */
static void
answer(Runner *runner, const char *keys, int status, const char *words)
{
    Terminal terminal = ask_for_repair(runner);
    terminal_type(&terminal, keys);
    assert_int_equal(terminal_finish(&terminal), status);
    assert_non_null(strstr(terminal.shown, words));
}

static void
test_repair_asks(void **state)
{
    Runner *runner = *state;
    leave_something(runner);
    answer(runner, "n\n", 9, "nothing was changed");
    answer(runner, "\n", 9, "nothing was changed");
    answer(runner, "yep\n", 9, "nothing was changed");
    answer(runner, "\004", 9, "nothing was changed"); /* Ctrl-D: no answer at all */
    answer(runner, "\003", 130, "interrupted");       /* Ctrl-C */
    assert_string_equal(leftovers(runner), "1 unusable, 1 half detached");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM lockstep.history"), "1");
    answer(runner, "Yes\n", 0, "2 of 2 changes done");
    assert_string_equal(leftovers(runner), "0 unusable, 0 half detached");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_inherits"), "0");
    assert_string_equal(runner_ask(runner, "SELECT string_agg(outcome, ' ' ORDER BY id) FROM "
                                           "lockstep.history WHERE kind = 'mend'"),
                        "stopped done stopped done");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_repair_asks, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
