/* SPDX-License-Identifier: MIT */
/* baseline and repair: what a person decides and no migration does. */
#include <stdio.h>
#include <string.h>

#include "run/mend.h"
#include "support/runner.h"
#include "support/test.h"

static bool
agrees(void *context, const MendReport *report, Error *err)
{
    size_t *asked = context;
    (void)err;
    *asked += report->mends.count;
    return true;
}

static bool
declines(void *context, const MendReport *report, Error *err)
{
    (void)context;
    (void)report;
    return error_set(err, ERROR_GATE, "no");
}

static MendReport
mend(Runner *runner, const MendRequest *request)
{
    MendReport report;
    size_t asked = 0;
    const MendConsent consent = {.context = &asked, .asks = agrees};
    runner->err = (Error){0};
    if (!run_mend(runner->arena, &runner->options, request, &consent, NULL, &report, &runner->err))
        fail_msg("%s (%s)", runner->err.message, runner->err.detail);
    assert_int_equal(asked, runner->options.dry_run ? 0 : report.mends.count);
    return report;
}

static void
mend_fails(Runner *runner, const MendRequest *request, ErrorKind kind, const char *words)
{
    MendReport report;
    size_t asked = 0;
    const MendConsent consent = {.context = &asked, .asks = agrees};
    runner->err = (Error){0};
    assert_false(
        run_mend(runner->arena, &runner->options, request, &consent, NULL, &report, &runner->err));
    if (runner->err.kind != kind || strstr(runner->err.message, words) == NULL)
        fail_msg("kind %d: %s", (int)runner->err.kind, runner->err.message);
}

/* A list of one. */
static StringList
one(Runner *runner, const char *text)
{
    StringList list = {0};
    LIST_APPEND(runner->arena, &list, text);
    return list;
}

static void
write_three(Runner *runner)
{
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
    runner_write(runner, "1_a.down.sql", "DROP TABLE a;\n");
    runner_write(runner, "2_b.up.sql", "ALTER TABLE a ADD COLUMN b int;\n");
    runner_write(runner, "2_b.down.sql", "ALTER TABLE a DROP COLUMN b;\n");
    runner_write(runner, "3_c.up.sql", "ALTER TABLE a ADD COLUMN c int;\n");
    runner_write(runner, "3_c.down.sql", "ALTER TABLE a DROP COLUMN c;\n");
}

static const char *
kinds(Runner *runner)
{
    return runner_ask(runner, "SELECT string_agg(kind || ' ' || version || ' ' || outcome, ', ' "
                              "ORDER BY id) FROM lockstep.history");
}

/* The database was there before the tool. */
static void
baseline_runs_nothing(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_ask(runner, "CREATE TABLE a (id int PRIMARY KEY, b int)");
    const MendRequest request = {.baseline = "2"};
    runner->options.dry_run = true;
    assert_int_equal(mend(runner, &request).mends.count, 2);
    assert_string_equal(runner_ask(runner, "SELECT to_regnamespace('lockstep')"), "NULL");
    runner->options.dry_run = false;
    MendReport report = mend(runner, &request);
    assert_int_equal(report.mends.count, 2);
    assert_true(report.mends.items[1].done);
    assert_string_equal(report.mends.items[1].words, "record 2_b as applied");
    assert_string_equal(kinds(runner), "baseline 1 done, baseline 2 done");
    runner_up(runner);
    assert_string_equal(kinds(runner), "baseline 1 done, baseline 2 done, run 3 done");
    /* A recorded migration has a way back like any other. */
    runner->options.count = 2;
    runner_down(runner);
    assert_string_equal(runner_ask(runner, "SELECT string_agg(attname, ' ') FROM pg_attribute "
                                           "WHERE attrelid = 'a'::regclass AND attnum > 0 AND "
                                           "NOT attisdropped"),
                        "id");
}

static void
baseline_refuses_a_history(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner->options.count = 1;
    runner_up(runner);
    MendRequest request = {.baseline = "3"};
    mend_fails(runner, &request, ERROR_GATE, "the history has 1 row already");
    request.has_history = true;
    assert_int_equal(mend(runner, &request).mends.count, 2);
    assert_string_equal(kinds(runner), "run 1 done, baseline 2 done, baseline 3 done");
    request.baseline = "9";
    mend_fails(runner, &request, ERROR_USAGE, "there is no migration with version 9");
}

/* A table that an older tool made gets its column with the first row that needs it, and what that
 * tool wrote stays as it was. */
static void
a_history_of_format_2(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner->options.count = 1;
    runner_up(runner);
    runner_ask(runner, "ALTER TABLE lockstep.history DROP COLUMN kind");
    runner_up(runner);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_attribute WHERE attrelid = "
                                           "'lockstep.history'::regclass AND attname = 'kind'"),
                        "0");
    const MendRequest request = {.baseline = "3", .has_history = true};
    (void)mend(runner, &request);
    assert_string_equal(kinds(runner), "run 1 done, run 2 done, baseline 3 done");
    assert_string_equal(runner_ask(runner, "SELECT string_agg(format::text, ' ' ORDER BY id) FROM "
                                           "lockstep.history"),
                        "2 2 3");
    runner->options.count = 0;
    runner_up(runner);
    assert_int_equal(runner->report.migrations.count, 0);
}

static void
accept_a_changed_file(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_up(runner);
    runner_write(runner, "2_b.up.sql", "ALTER TABLE a ADD COLUMN b integer NULL;\n");
    runner_write(runner, "2_b.down.sql", "ALTER TABLE a DROP COLUMN IF EXISTS b;\n");
    runner_write(runner, "4_d.up.sql", "SELECT 1;\n");
    runner_write(runner, "4_d.down.sql", "SELECT 1;\n");
    runner_up_fails(runner, ERROR_DRIFT);
    const MendRequest request = {.accept = one(runner, "2")};
    (void)mend(runner, &request);
    runner_up(runner);
    assert_string_equal(kinds(runner),
                        "run 1 done, run 2 done, run 3 done, accept 2 done, run 4 done");
    RunStatus status;
    assert_true(run_status(runner->arena, &runner->options, NULL, &status, &runner->err));
    assert_int_equal(status.plan.drifted, 0);
    assert_string_equal(runner_ask(runner, "SELECT down_sql FROM lockstep.history WHERE kind = "
                                           "'accept'"),
                        "ALTER TABLE a DROP COLUMN IF EXISTS b;\n");
    /* What is done by hand is no other run at work. */
    runner->options.count = 3;
    runner_down(runner);
    runner->options.count = 0;
    const MendRequest other = {.accept = one(runner, "7")};
    mend_fails(runner, &other, ERROR_USAGE, "there is no migration");
}

static void
forget_a_lost_file(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_up(runner);
    const MendRequest request = {.forget = one(runner, "3")};
    mend_fails(runner, &request, ERROR_USAGE, "3_c has a file");
    assert_int_equal(remove(temp_dir_path(runner->directory, "migrations/3_c.up.sql")), 0);
    assert_int_equal(remove(temp_dir_path(runner->directory, "migrations/3_c.down.sql")), 0);
    (void)mend(runner, &request);
    RunStatus status;
    assert_true(run_status(runner->arena, &runner->options, NULL, &status, &runner->err));
    assert_int_equal(status.plan.items.count, 2);
    assert_int_equal(status.plan.missing, 0);
    assert_string_equal(kinds(runner), "run 1 done, run 2 done, run 3 done, forget 3 done");
    mend_fails(runner, &request, ERROR_USAGE, "there is no migration with version 3");
}

/* A step that was begun and whose end nobody saw. */
static void
settle_a_step(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (id int);\nVACUUM a;\nCREATE TABLE b (id int);\n");
    runner_write(runner, "1_a.down.sql", "DROP TABLE b;\nDROP TABLE a;\n");
    runner_up(runner);
    runner_ask(runner, "UPDATE lockstep.step SET state = 'running' WHERE position = 2; DELETE FROM "
                       "lockstep.step WHERE position = 3; DELETE FROM lockstep.history; DROP TABLE "
                       "b");
    const MendRequest nothing = {.leftovers = true};
    MendReport report = mend(runner, &nothing);
    assert_int_equal(report.mends.count, 0);
    assert_int_equal(report.undecided.count, 1);
    assert_non_null(strstr(report.undecided.items[0], "--done 1:2 or --failed 1:2"));
    const MendRequest wrong = {.steps_done = one(runner, "1:1")};
    mend_fails(runner, &wrong, ERROR_USAGE, "1_a has no step 1 of which the end is not known");
    const MendRequest unclear = {.steps_done = one(runner, "2")};
    mend_fails(runner, &unclear, ERROR_USAGE, "\"2\" is not a step");
    const MendRequest request = {.steps_done = one(runner, "1:2")};
    (void)mend(runner, &request);
    assert_string_equal(runner_ask(runner, "SELECT string_agg(state, ' ' ORDER BY position) FROM "
                                           "lockstep.step"),
                        "done done");
    runner_up(runner);
    assert_string_equal(kinds(runner), "settle 1 done, run 1 done");
}

static void
an_invalid_index_goes(void **state)
{
    Runner *runner = *state;
    write_three(runner);
    runner_up(runner);
    runner_ask(runner, "INSERT INTO a VALUES (1, 1), (2, 1)");
    PGconn *other = runner_connect(runner);
    PQclear(PQexec(other, "CREATE UNIQUE INDEX CONCURRENTLY twice ON a (b)"));
    PQfinish(other);
    const MendRequest request = {.leftovers = true};
    MendReport report;
    const MendConsent no = {.asks = declines};
    assert_false(
        run_mend(runner->arena, &runner->options, &request, &no, NULL, &report, &runner->err));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('twice')::text"), "twice");
    report = mend(runner, &request);
    assert_int_equal(report.mends.count, 1);
    assert_true(report.mends.items[0].done);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('twice')::text"), "NULL");
    assert_string_equal(runner_ask(runner, "SELECT outcome || ' ' || down_sql FROM "
                                           "lockstep.history WHERE kind = 'mend' ORDER BY id"),
                        "stopped CREATE UNIQUE INDEX twice ON public.a USING btree (b)\n"
                        "done CREATE UNIQUE INDEX twice ON public.a USING btree (b)");
    /* It belongs to no migration. */
    RunStatus status;
    assert_true(run_status(runner->arena, &runner->options, NULL, &status, &runner->err));
    assert_int_equal(status.plan.items.count, 3);
    assert_int_equal(mend(runner, &request).mends.count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(baseline_runs_nothing, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(baseline_refuses_a_history, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(a_history_of_format_2, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(accept_a_changed_file, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(forget_a_lost_file, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(settle_a_step, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(an_invalid_index_goes, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
