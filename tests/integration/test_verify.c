/* SPDX-License-Identifier: MIT */
/* verify: each way in which files, history and catalog can disagree. */
#include <stdio.h>
#include <string.h>

#include "run/verify.h"
#include "support/runner.h"
#include "support/test.h"

static RunVerify
verify(Runner *runner)
{
    RunVerify result;
    runner->err = (Error){0};
    if (!run_verify(runner->arena, &runner->options, NULL, NULL, &result, &runner->err))
        fail_msg("%s", runner->err.message);
    return result;
}

/* "file-changed: 1_a has changed …", one problem a line. */
static const char *
problems(Runner *runner)
{
    RunVerify result = verify(runner);
    const char *text = "";
    foreach (problem, &result.problems)
        text = arena_printf(runner->arena, "%s%s: %s\n", text, problem_kind_key(problem->kind),
                            problem->message);
    return text;
}

static void
write_history(Runner *runner)
{
    runner_write(runner, "1_people.up.sql",
                 "CREATE TYPE mood AS ENUM ('fine', 'sad');\n"
                 "CREATE TABLE people (id serial PRIMARY KEY, name varchar(40) NOT NULL DEFAULT "
                 "'nobody',\n"
                 "    age int CHECK (age BETWEEN 0 AND 150), mood mood DEFAULT 'fine',\n"
                 "    born date DEFAULT '2020-1-1', UNIQUE (name));\n"
                 "CREATE VIEW grown AS SELECT * FROM people WHERE age > 17;\n"
                 "CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2';\n");
    runner_write(runner, "1_people.down.sql",
                 "DROP FUNCTION two();\nDROP VIEW grown;\nDROP TABLE people;\nDROP TYPE mood;\n");
    runner_write(runner, "2_pets.up.sql",
                 "CREATE TABLE pets (id int PRIMARY KEY, owner int);\n"
                 "ALTER TABLE pets ADD CONSTRAINT pets_owner FOREIGN KEY (owner) REFERENCES people "
                 "NOT VALID;\n"
                 "ALTER TABLE pets VALIDATE CONSTRAINT pets_owner;\n"
                 "CREATE INDEX pets_by_owner ON pets (owner) WHERE owner IS NOT NULL;\n"
                 "CREATE TABLE log (at timestamptz) PARTITION BY RANGE (at);\n");
    runner_up(runner);
}

static void
all_agree(void **state)
{
    Runner *runner = *state;
    write_history(runner);
    assert_string_equal(problems(runner), "");
    assert_true(verify(runner).is_compared);
    /* What is pending, and what an application makes while it works, is no disagreement. */
    runner_write(runner, "3_more.up.sql", "CREATE TABLE more (id int);\n");
    runner_ask(runner, "CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO "
                       "('2027-01-01')");
    runner_ask(runner, "CREATE INDEX ON log_2026 (at)");
    assert_string_equal(problems(runner), "");
    assert_int_equal(verify(runner).partitions, 1);
}

static void
what_was_done_by_hand_shows(void **state)
{
    static const struct {
        const char *sql;
        const char *problem;
    } cases[] = {
        {"ALTER TABLE people ADD COLUMN extra int",
         "column public.people.extra comes from no migration"                                                                                },
        {"ALTER TABLE pets ALTER COLUMN owner TYPE bigint",
         "column public.pets.owner has another type than the migrations give it"                                                             },
        {"ALTER TABLE people ALTER COLUMN name SET DEFAULT 'x'",
         "column public.people.name has another default than the migrations give it"                                                         },
        {"ALTER TABLE people ALTER COLUMN name DROP NOT NULL",
         "column public.people.name is no longer NOT NULL"                                                                                   },
        {"DROP INDEX pets_by_owner",                                                "index public.pets_by_owner is missing"                  },
        {"CREATE INDEX by_age ON people (age)",                                     "index public.by_age comes from no migration"            },
        {"DROP VIEW grown",                                                         "view public.grown is missing"                           },
        {"ALTER TYPE mood ADD VALUE 'new'",
         "label 'new' of type public.mood comes from no migration"                                                                           },
        {"CREATE FUNCTION three() RETURNS int LANGUAGE sql AS 'SELECT 3'",
         "function public.three comes from no migration"                                                                                     },
        {"CREATE OR REPLACE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 3'",
         "function public.two has another body than the migrations give it"                                                                  },
        {"ALTER TABLE people DROP CONSTRAINT people_age_check",
         "constraint people_age_check of public.people is missing"                                                                           },
        {"ALTER TABLE pets DROP CONSTRAINT pets_owner, ADD CONSTRAINT pets_owner FOREIGN KEY "
         "(owner) REFERENCES people NOT VALID",                            "constraint pets_owner of public.pets is still NOT VALID"},
    };

    Runner *runner = *state;
    write_history(runner);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runner_ask(runner, cases[i].sql);
        const char *line = arena_printf(runner->arena, "schema: %s\n", cases[i].problem);
        const char *found = problems(runner);
        if (strstr(found, line) == NULL)
            fail_msg("%s: %s", cases[i].sql, found);
    }
    assert_int_equal(verify(runner).problems.count, sizeof cases / sizeof *cases);
}

static void
what_a_failed_statement_leaves(void **state)
{
    Runner *runner = *state;
    write_history(runner);
    runner_ask(runner, "INSERT INTO people (name, age) VALUES ('a', 1), ('b', 1)");
    PGconn *other = runner_connect(runner);
    PQclear(PQexec(other, "CREATE UNIQUE INDEX CONCURRENTLY twice ON people (age)"));
    PQfinish(other);
    assert_non_null(strstr(problems(runner), "invalid-index: index public.twice of public.people "
                                             "is INVALID"));
}

static void
files_that_do_not_agree(void **state)
{
    Runner *runner = *state;
    write_history(runner);
    runner_write(runner, "1_people.down.sql", "DROP TABLE people CASCADE;\n");
    assert_string_equal(problems(runner),
                        "down-changed: the down of 1_people has changed since it was applied\n");
    runner_write(runner, "0_late.up.sql", "SELECT 1;\n");
    runner_write(runner, "2_pets.up.sql", "SELECT 2;\n");
    assert_string_equal(problems(runner),
                        "file-late: 0_late is pending, but a newer one is applied\n"
                        "down-changed: the down of 1_people has changed since it was applied\n"
                        "file-changed: 2_pets has changed since it was applied\n");
    assert_string_equal(verify(runner).not_compared, "2_pets is not what was applied any more");
}

static void
a_missing_file(void **state)
{
    Runner *runner = *state;
    write_history(runner);
    assert_int_equal(remove(temp_dir_path(runner->directory, "migrations/2_pets.up.sql")), 0);
    assert_string_equal(problems(runner),
                        "file-missing: 2_pets is applied, but its file is not there\n");
}

static void
half_done(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id ON "
                 "a (id);\nSELECT 1/0;\n");
    runner_up_fails(runner, ERROR_HALF_DONE);
    assert_string_equal(problems(runner), "half-done: the up of 1_a stopped half way\n");
}

/* Dynamic SQL may do anything: nothing is said for certain. */
static void
code_that_cannot_be_foreseen(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE format('CREATE TABLE t%s (id int)', i); "
                 "END LOOP; END $$;\n");
    runner_up(runner);
    assert_string_equal(problems(runner), "");
    RunVerify result = verify(runner);
    assert_true(result.unsure.count > 0);
    assert_int_equal(result.unsure_files.count, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_agree, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(what_was_done_by_hand_shows, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(what_a_failed_statement_leaves, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(files_that_do_not_agree, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(a_missing_file, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(half_done, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(code_that_cannot_be_foreseen, runner_set_up,
                                        runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
