/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lint/runner.h"
#include "parse/parse.h"
#include "support/test.h"

#define INDEX "CREATE INDEX CONCURRENTLY i ON t (a);\n"
#define COLUMN "ALTER TABLE t ADD COLUMN b int;\n"

static void
each_runner_refuses_what_its_transaction_cannot_hold(void **state)
{
    (void)state;
    static const struct {
        const char *runner;
        const char *text;
        const char *problem; /* a part of it; NULL: none */
        size_t at;
    } cases[] = {
        {"lockstep",       COLUMN INDEX,                                    NULL,                                     0},
        {"plain",          COLUMN INDEX,                                    NULL,                                     0},
        {"sqitch",         COLUMN INDEX,                                    NULL,                                     0},
        {"dbmate",         COLUMN INDEX,                                    "in the transaction that dbmate opens",   1},
        {"dbmate",         INDEX,                                           "transaction:false",                      0},
        {"dbmate",         "-- migrate:up transaction:false\n" INDEX,       NULL,                                     0},
        {"dbmate",         "-- migrate:up transaction:false\n" INDEX INDEX, "that dbmate sends as one",               0},
        {"goose",          "-- +goose Up\n" INDEX,                          "+goose NO TRANSACTION",                  0},
        {"goose",          "--  +goose no transaction\n" COLUMN INDEX,      NULL,                                     0},
        {"goose",          "-- +goose NO TRANSACTIONS\n" INDEX,             "+goose NO TRANSACTION",                  0},
        {"goose",          COLUMN COLUMN,                                   NULL,                                     0},
        {"flyway",         INDEX INDEX,                                     NULL,                                     0},
        {"flyway",         INDEX COLUMN,                                    "executeInTransaction=false",             0},
        {"golang-migrate", INDEX,                                           NULL,                                     0},
        {"golang-migrate", COLUMN "VACUUM t;\n",                            "VACUUM cannot run among the statements", 1},
        {"prisma",         INDEX COLUMN,                                    "give it a migration of its own",         0},
        {"atlas",          "-- atlas:txmode none\n\n" COLUMN INDEX,         NULL,                                     0},
        {"sqlx",           "-- no-transaction\n" INDEX,                     NULL,                                     0},
        {"rails",          INDEX,                                           "disable_ddl_transaction!",               0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *text = cases[i].text;
        const Script *script = parse_script(arena, text, strlen(text));
        size_t at = 0;
        const char *found =
            runner_problem(arena, runner_find(cases[i].runner), text, false, script, &at);
        const bool is_right = cases[i].problem == NULL
                                  ? found == NULL
                                  : found != NULL && strstr(found, cases[i].problem) != NULL;
        if (!is_right || at != cases[i].at)
            fail_msg("%s, %s: \"%s\" at %zu", cases[i].runner, text, found, at);
        arena_free(arena);
    }
}

static void
who_sends_statements_parts_them(void **state)
{
    (void)state;
    assert_true(runner_parts(runner_find("plain"), COLUMN, false));
    assert_false(runner_parts(runner_find("lockstep"), COLUMN, false));
    assert_false(runner_parts(runner_find("goose"), COLUMN, false));
    assert_true(runner_parts(runner_find("goose"), "-- +goose NO TRANSACTION\n" COLUMN, false));
    assert_true(runner_parts(runner_find("flyway"), COLUMN, true));
    assert_false(runner_parts(runner_find("diesel"), COLUMN, true));
    assert_false(
        runner_parts(runner_find("dbmate"), "-- migrate:up transaction:false\n" COLUMN, false));
}

/* As a .conf or a metadata.toml beside the file has it. */
static void
what_the_layout_says_of_transactions_counts(void **state)
{
    (void)state;
    static const struct {
        const char *runner;
        const char *text;
        bool is_refused;
    } cases[] = {
        {"flyway",    COLUMN INDEX, false},
        {"liquibase", COLUMN INDEX, false},
        {"goose",     INDEX INDEX,  false},
        {"diesel",    INDEX,        false},
        {"diesel",    COLUMN INDEX, true },
        {"dbmate",    INDEX INDEX,  true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *text = cases[i].text;
        const Script *script = parse_script(arena, text, strlen(text));
        const Runner *runner = runner_find(cases[i].runner);
        size_t at = 0;
        if ((runner_problem(arena, runner, text, true, script, &at) != NULL) != cases[i].is_refused)
            fail_msg("%s, %s", cases[i].runner, text);
        arena_free(arena);
    }
}

static void
a_rewrite_outside_needs_a_runner_that_takes_it(void **state)
{
    (void)state;
    assert_true(runner_takes_outside(NULL, COLUMN, false, 3));
    assert_true(runner_takes_outside(runner_find("plain"), COLUMN, false, 3));
    assert_true(runner_takes_outside(runner_find("flyway"), COLUMN, false, 1));
    assert_false(runner_takes_outside(runner_find("flyway"), COLUMN, false, 2));
    assert_true(runner_takes_outside(runner_find("flyway"), COLUMN, true, 2));
    assert_false(runner_takes_outside(runner_find("goose"), COLUMN, false, 1));
    assert_true(runner_takes_outside(runner_find("prisma"), COLUMN, false, 1));
    assert_false(runner_takes_outside(runner_find("prisma"), COLUMN, false, 2));
    assert_false(runner_takes_outside(runner_find("dbmate"), COLUMN, true, 2));
}

static void
every_name_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; runner_names[i] != NULL; i++) {
        const Runner *runner = runner_find(runner_names[i]);
        assert_non_null(runner);
        const bool refuses = runner->habit == RUNNER_WRAPS || runner->habit == RUNNER_SENDS_WHOLE;
        assert_true(refuses == (runner->way_out != NULL));
        assert_true(runner_is_ours(runner) == (i == 0));
    }
    assert_null(runner_find("nobody"));
    assert_true(runner_is_ours(NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_runner_refuses_what_its_transaction_cannot_hold),
        cmocka_unit_test(who_sends_statements_parts_them),
        cmocka_unit_test(what_the_layout_says_of_transactions_counts),
        cmocka_unit_test(a_rewrite_outside_needs_a_runner_that_takes_it),
        cmocka_unit_test(every_name_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
