/* SPDX-License-Identifier: MIT */
/* What runs around a run and around its migrations. */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/duration.h"
#include "support/runner.h"
#include "support/test.h"

static void
add(Runner *runner, HookMoment moment, HookKind kind, const char *name, const char *text)
{
    const char *path = temp_dir_write(runner->directory, name, text);
    if (kind == HOOK_COMMAND)
        assert_int_equal(chmod(path, 0755), 0);
    LIST_APPEND(runner->arena, &runner->options.hooks.at[moment], (Hook){kind, path});
}

static void
write_two(Runner *runner)
{
    runner_write(runner, "1_a.up.sql", "INSERT INTO told VALUES ('1');\n");
    runner_write(runner, "1_a.down.sql", "INSERT INTO told VALUES ('1 down');\n");
    runner_write(runner, "2_b.up.sql", "INSERT INTO told VALUES ('2');\n");
    runner_ask(runner, "CREATE TABLE told (what text, at int GENERATED ALWAYS AS IDENTITY, by int "
                       "DEFAULT pg_backend_pid())");
}

static const char *
told(Runner *runner)
{
    return runner_ask(runner, "SELECT string_agg(what, ', ' ORDER BY at) FROM told");
}

static void
sql_runs_in_its_places(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_BEFORE_RUN, HOOK_SQL, "1.sql", "INSERT INTO told VALUES ('before');\n");
    add(runner, HOOK_BEFORE_RUN, HOOK_SQL, "2.sql",
        "INSERT INTO told SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = "
        "pg_backend_pid();\n");
    add(runner, HOOK_BEFORE_EACH, HOOK_SQL, "3.sql",
        "SET search_path = nowhere; INSERT INTO public.told VALUES ('each');\n");
    add(runner, HOOK_AFTER_EACH, HOOK_SQL, "4.sql", "INSERT INTO public.told VALUES ('done');\n");
    add(runner, HOOK_AFTER_RUN, HOOK_SQL, "5.sql", "INSERT INTO public.told VALUES ('after');\n");
    runner_up(runner);
    assert_string_equal(told(runner), "before, 1, each, 1, done, each, 2, done, after");
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT by) FROM told"), "1");
    /* A run that has nothing to do has no hooks. */
    runner_up(runner);
    assert_string_equal(told(runner), "before, 1, each, 1, done, each, 2, done, after");
}

static void
a_failure_before_stops_the_run(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_BEFORE_RUN, HOOK_SQL, "1.sql",
        "INSERT INTO told VALUES ('before');\nSELECT 1/0;\n");
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, "before-run: "));
    assert_non_null(strstr(runner->err.message, "1.sql:2:1: division by zero"));
    assert_string_equal(told(runner), "NULL");
    runner->options.hooks.at[HOOK_BEFORE_RUN].count = 0;
    add(runner, HOOK_BEFORE_EACH, HOOK_COMMAND, "no.sh",
        "#!/bin/sh\n[ \"$LOCKSTEP_HOOK_VERSION\" != 2 ] || { echo not today; exit 3; }\n");
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, "no.sh ended with status 3"));
    assert_non_null(strstr(runner->err.detail, "not today"));
    assert_string_equal(runner_history(runner), "1 up done");
}

static void
what_cannot_be_a_hook_is_found_before(void **state)
{
    static const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {"SELEC 1;\n",                                             "bad.sql:1:1: "                          },
        {"SELECT 1;\nCREATE INDEX CONCURRENTLY ON told (what);\n", "bad.sql:"                               },
        {"COPY told (what) FROM stdin;\nx\n\\.\n",                 "bad.sql:1:1: a hook has no data of COPY"},
    };

    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_AFTER_RUN, HOOK_SQL, "bad.sql", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        (void)temp_dir_write(runner->directory, "bad.sql", cases[i].text);
        runner_up_fails(runner, ERROR_USAGE);
        if (strstr(runner->err.message, cases[i].words) == NULL)
            fail_msg("%s", runner->err.message);
    }
    runner->options.hooks.at[HOOK_AFTER_RUN].items[0] =
        (Hook){HOOK_COMMAND, temp_dir_path(runner->directory, "bad.sql")};
    runner_up_fails(runner, ERROR_USAGE);
    assert_non_null(strstr(runner->err.message, "after-run: "));
    assert_non_null(strstr(runner->err.message, " is not a program"));
    assert_string_equal(told(runner), "NULL");
}

static void
programs_get_the_facts(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    const char *log = temp_dir_path(runner->directory, "log");
    const char *script = arena_printf(runner->arena,
                                      "#!/bin/sh\necho $LOCKSTEP_HOOK_MOMENT "
                                      "$LOCKSTEP_HOOK_COMMAND $LOCKSTEP_HOOK_VERSION "
                                      "$LOCKSTEP_HOOK_DIRECTION $LOCKSTEP_HOOK_DONE/"
                                      "$LOCKSTEP_HOOK_PLANNED $LOCKSTEP_HOOK_OUTCOME "
                                      "$LOCKSTEP_HOOK_VERSION_APPLIED >> %s\n",
                                      log);
    runner_write(runner, "2_b.up.sql", "SELECT 1/0;\n");
    for (HookMoment moment = 0; moment < HOOK_MOMENT_COUNT; moment++)
        add(runner, moment, HOOK_COMMAND, "tell.sh", script);
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_string_equal(temp_dir_read(runner->directory, "log"),
                        "before-run up 0/2\nbefore-each up 1 up 0/2\n"
                        "after-each up 1 up 1/2 done 1\nbefore-each up 2 up 1/2 1\n"
                        "after-run up 1/2 partly done 1\n");
}

/* What is done is done. */
static void
a_failure_after_is_a_warning(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_AFTER_RUN, HOOK_COMMAND, "fails.sh", "#!/bin/sh\nexit 1\n");
    add(runner, HOOK_AFTER_RUN, HOOK_SQL, "1.sql", "INSERT INTO told VALUES ('after');\n");
    runner_up(runner);
    assert_string_equal(told(runner), "1, 2, after");
}

static bool
is_there(Runner *runner, const char *name)
{
    return access(temp_dir_path(runner->directory, name), F_OK) == 0;
}

/* And what it has started ends with it. */
static void
a_program_has_its_time(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    const char *late = temp_dir_path(runner->directory, "late");
    add(runner, HOOK_BEFORE_RUN, HOOK_COMMAND, "slow.sh",
        arena_printf(runner->arena, "#!/bin/sh\necho so far\n(sleep 2; touch %s) &\nsleep 30\n",
                     late));
    runner->options.hook_timeout_ms = 500;
    int64_t began = duration_clock_ms();
    runner_up_fails(runner, ERROR_GATE);
    assert_true(duration_clock_ms() - began < 3000);
    assert_non_null(
        strstr(runner->err.message, "slow.sh was not through within hook-timeout (500ms)"));
    assert_non_null(strstr(runner->err.detail, "so far"));
    assert_string_equal(told(runner), "NULL");
    assert_int_equal(usleep(2500000), 0);
    assert_false(is_there(runner, "late"));
    runner->options.hook_timeout_ms = 20000;
    (void)temp_dir_write(runner->directory, "slow.sh", "#!/bin/sh\nexec >&- 2>&-\nsleep 1\n");
    runner_up(runner);
    assert_string_equal(told(runner), "1, 2");
}

static void
one_that_will_not_end_is_ended(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_BEFORE_RUN, HOOK_COMMAND, "deaf.sh",
        "#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 1; done\n");
    runner->options.hook_timeout_ms = 300;
    int64_t began = duration_clock_ms();
    runner_up_fails(runner, ERROR_GATE);
    int64_t took = duration_clock_ms() - began;
    assert_true(took > 4000 && took < 9000);
}

static void
a_statement_has_its_time(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_BEFORE_RUN, HOOK_SQL, "1.sql", "SELECT pg_sleep(30);\n");
    runner->options.hook_timeout_ms = 300;
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, "1.sql:1:1: canceling statement due to statement"));
}

/* What stops us stops the program, too. */
static void
a_signal_is_passed_on(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    add(runner, HOOK_BEFORE_RUN, HOOK_COMMAND, "slow.sh",
        arena_printf(runner->arena,
                     "#!/bin/sh\ntrap 'touch %s; exit 1' TERM\ntouch %s\n"
                     "while :; do sleep 0.1; done\n",
                     temp_dir_path(runner->directory, "told"),
                     temp_dir_path(runner->directory, "begun")));
    pid_t child = runner_fork_up(runner);
    for (int i = 0; i < 100 && !is_there(runner, "begun"); i++)
        assert_int_equal(usleep(50000), 0);
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(runner_join(child), 143);
    assert_true(is_there(runner, "told"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sql_runs_in_its_places, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(a_failure_before_stops_the_run, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_a_hook_is_found_before, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(programs_get_the_facts, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(a_failure_after_is_a_warning, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(a_program_has_its_time, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(one_that_will_not_end_is_ended, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(a_statement_has_its_time, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(a_signal_is_passed_on, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
