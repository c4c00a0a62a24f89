/* SPDX-License-Identifier: MIT */
/* A tiny project in each layout: applied, looked at, reverted as far as it goes. */
#include "support/runner.h"
#include "support/test.h"

typedef struct Entry {
    const char *name;
    const char *text;
} Entry;

typedef struct Project {
    const char *layout;
    Entry files[8];
    const char *versions; /* as they run */
    bool goes_back;
} Project;

#define TABLE "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n"
#define INDEX "CREATE INDEX CONCURRENTLY orders_note ON orders (note);\n"
#define DROP_TABLE "DROP TABLE orders;\n"
#define DROP_INDEX "DROP INDEX CONCURRENTLY orders_note;\n"

static const Project projects[] = {
    {"native",
     {{"1_orders.up.sql", TABLE},
      {"1_orders.down.sql", DROP_TABLE},
      {"2_index.up.sql", INDEX},
      {"2_index.down.sql", DROP_INDEX}},
     "1\n2",                                                                                                              true },
    {"dbmate",
     {{"1_orders.sql", "-- migrate:up\n" TABLE "-- migrate:down\n" DROP_TABLE},
      {"2_index.sql",
       "-- migrate:up transaction:false\n" INDEX "-- migrate:down transaction:false\n" DROP_INDEX}},
     "1\n2",                                                                                                              true },
    {"goose",
     {{"00001_orders.sql",
       "-- +goose Up\n" TABLE "-- +goose StatementBegin\nDO $$ BEGIN PERFORM 1; END $$;\n"
       "-- +goose StatementEnd\n-- +goose Down\n" DROP_TABLE},
      {"00002_index.sql",
       "-- +goose NO TRANSACTION\n-- +goose Up\n" INDEX "-- +goose Down\n" DROP_INDEX}},
     "1\n2",                                                                                                              true },
    {"flyway",
     {{"V1__orders.sql", TABLE},
      {"U1__orders.sql", DROP_TABLE},
      {"V1.1__index.sql", INDEX},
      {"U1.1__index.sql", DROP_INDEX}},
     "1\n1.1",                                                                                                            true },
    {"liquibase",
     {{"log.sql", "--liquibase formatted sql\n--changeset ann:1\n" TABLE
                  "--rollback DROP TABLE orders;\n--changeset ann:2 runInTransaction:false\n" INDEX
                  "--rollback DROP INDEX CONCURRENTLY orders_note;\n"}},
     "log.sql::1::ann\nlog.sql::2::ann",                                                                                  true },
    {"sqitch",
     {{"sqitch.plan", "%project=shop\n\nusers/orders 2026-01-01T00:00:00Z A <a@b>\n"
                      "an_index [users/orders] 2026-01-02T00:00:00Z A <a@b>\n"},
      {"deploy/users/orders.sql", "BEGIN;\n" TABLE "COMMIT;\n"},
      {"revert/users/orders.sql", "BEGIN;\n" DROP_TABLE "COMMIT;\n"},
      {"deploy/an_index.sql", INDEX},
      {"revert/an_index.sql", DROP_INDEX},
      {"verify/an_index.sql", "SELECT nothing FROM nowhere;\n"}},
     "users/orders\nan_index",                                                                                            true },
    {"diesel",
     {{"2026-01-01-000000_orders/up.sql", TABLE},
      {"2026-01-01-000000_orders/down.sql", DROP_TABLE},
      {"2026-01-02-000000_index/up.sql", INDEX},
      {"2026-01-02-000000_index/down.sql", DROP_INDEX},
      {"2026-01-02-000000_index/metadata.toml", "run_in_transaction = false\n"}},
     "20260101000000\n20260102000000",                                                                                    true },
    {"node-pg-migrate",
     {{"1700000000000_orders.sql", "-- Up Migration\n" TABLE "-- Down Migration\n" DROP_TABLE},
      {"1700000000001_index.sql", "-- Up Migration\n" INDEX "-- Down Migration\n" DROP_INDEX}},
     "1700000000000\n1700000000001",                                                                                      true },
    {"pop",
     {{"20260101000000000001_orders.postgres.up.sql", TABLE},
      {"20260101000000000001_orders.mysql.up.sql", "this is for another server"},
      {"20260101000000000001_orders.down.sql", DROP_TABLE},
      {"20260101000000000002_index.autocommit.up.sql", INDEX},
      {"20260101000000000002_index.autocommit.down.sql", DROP_INDEX}},
     "20260101000000000001\n20260101000000000002",                                                                        true },
    {"prisma",
     {{"20260101_orders/migration.sql", TABLE}, {"20260102_index/migration.sql", INDEX}},
     "20260101_orders\n20260102_index",                                                                                   false},
    {"graphile-migrate",
     {{"committed/000001.sql", "--! Previous: -\n--! Hash: sha1:1\n\n" TABLE},
      {"committed/000002-index.sql",
       "--! Previous: sha1:1\n--! Hash: sha1:2\n\n--! no-transaction\n" INDEX},
      {"current.sql", "DROP TABLE orders;\n"}},
     "000001\n000002",                                                                                                    false},
    {"atlas",
     {{"atlas.sum", "h1:x=\n"},
      {"20260101.sql", TABLE},
      {"20260102_index.sql", "-- atlas:txmode none\n\n" INDEX}},
     "20260101\n20260102",                                                                                                false},
    {"sqlx",
     {{"1_orders.sql", TABLE}, {"2_index.sql", "-- no-transaction\n" INDEX}},
     "1\n2",                                                                                                              false},
    {"plain",            {{"a-orders.sql", TABLE}, {"b-index.sql", INDEX}},                          "a-orders\nb-index", false},
};

enum { PROJECTS = sizeof projects / sizeof *projects };

static const char *
versions_run(Runner *runner, const char *direction)
{
    return runner_ask(runner,
                      arena_printf(runner->arena,
                                   "SELECT version FROM lockstep.history WHERE direction = '%s' "
                                   "AND outcome = 'done' ORDER BY id",
                                   direction));
}

static const char *
what_exists(Runner *runner)
{
    return runner_ask(runner, "SELECT concat_ws(' ', to_regclass('orders'), "
                              "to_regclass('orders_note'))");
}

static void
check_nothing_to_do(Runner *runner)
{
    RunStatus status;
    if (!run_status(runner->arena, &runner->options, NULL, &status, &runner->err))
        fail_msg("%s", runner->err.message);
    assert_int_equal(status.plan.pending, 0);
    assert_int_equal(status.plan.drifted + status.plan.missing + status.plan.out_of_order, 0);
}

static void
check_way_back(Runner *runner, const Project *project)
{
    runner->options.to = "0";
    if (!project->goes_back) {
        runner_down_fails(runner, ERROR_USAGE);
        assert_string_equal(what_exists(runner), "orders orders_note");
        return;
    }
    runner_down(runner);
    assert_string_equal(what_exists(runner), "");
    runner->options.to = NULL;
    runner_up(runner);
    assert_string_equal(what_exists(runner), "orders orders_note");
}

static void
run_project(const Project *project)
{
    void *state = NULL;
    assert_int_equal(runner_set_up(&state), 0);
    Runner *runner = state;
    for (size_t i = 0; i < 8 && project->files[i].name != NULL; i++)
        runner_write(runner, project->files[i].name, project->files[i].text);
    print_message("%s\n", project->layout);
    runner->options.count = 1;
    runner_up(runner);
    assert_string_equal(what_exists(runner), "orders");
    runner->options.count = 0;
    runner_up(runner);
    assert_string_equal(versions_run(runner, "up"), project->versions);
    assert_string_equal(what_exists(runner), "orders orders_note");
    check_nothing_to_do(runner);
    check_way_back(runner, project);
    assert_int_equal(runner_tear_down(&state), 0);
}

static void
test_each_layout(void **state)
{
    (void)state;
    for (size_t i = 0; i < PROJECTS; i++)
        run_project(&projects[i]);
}

static void
test_a_section_is_reverted_from_the_history(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_orders.sql",
                 "-- +goose NO TRANSACTION\n-- +goose Up\n" TABLE INDEX
                 "-- +goose Down\n" DROP_INDEX DROP_TABLE);
    runner_up(runner);
    runner_write(runner, "1_orders.sql", "-- +goose Up\nSELECT 1;\n");
    RunStatus status;
    assert_true(run_status(runner->arena, &runner->options, NULL, &status, &runner->err));
    assert_int_equal(status.plan.drifted, 1);
    runner_down(runner);
    assert_string_equal(what_exists(runner), "");
}

static void
test_appending_a_changeset_is_no_drift(void **state)
{
    Runner *runner = *state;
    const char *log = "--liquibase formatted sql\n--changeset ann:1\n" TABLE;
    runner_write(runner, "log.sql", log);
    runner_up(runner);
    runner_write(runner, "log.sql",
                 arena_printf(runner->arena, "%s--changeset ann:2\nCREATE TABLE b ();\n", log));
    runner_up(runner);
    assert_string_equal(versions_run(runner, "up"), "log.sql::1::ann\nlog.sql::2::ann");
    assert_int_equal(runner->report.reformatted, 0);
}

static void
test_a_template_is_not_run(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "V1__orders.sql", "CREATE TABLE ${schema}.orders ();\n");
    runner_up_fails(runner, ERROR_MIGRATION);
    assert_non_null(strstr(runner->err.message, "${schema} is filled in by another program"));
}

static void
test_a_history_with_numbers_is_refused(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_orders.up.sql", TABLE);
    runner_up(runner);
    (void)runner_ask(runner, "UPDATE lockstep.history SET format = 1 RETURNING 1");
    runner_up_fails(runner, ERROR_GATE);
    assert_non_null(strstr(runner->err.message, "an older lockstep"));
    assert_non_null(strstr(runner->err.hint, "ALTER version TYPE text"));
}

#define LAYOUT_TEST(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_layout),
        LAYOUT_TEST(test_a_section_is_reverted_from_the_history),
        LAYOUT_TEST(test_appending_a_changeset_is_no_drift),
        LAYOUT_TEST(test_a_template_is_not_run),
        LAYOUT_TEST(test_a_history_with_numbers_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
