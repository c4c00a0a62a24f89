/* SPDX-License-Identifier: MIT */
/* verify: expressions, which the server writes in words of its own, and overloads. */
#include <stdio.h>
#include <string.h>

#include "run/verify.h"
#include "support/runner.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE mood AS ENUM ('fine', 'sad');\n"
    "CREATE DOMAIN label AS varchar(20);\n"
    "CREATE FUNCTION even(n int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT n % 2 = 0';\n"
    "CREATE FUNCTION even(n bigint, m numeric DEFAULT 2) RETURNS bool IMMUTABLE LANGUAGE sql\n"
    "    AS 'SELECT n % m = 0';\n"
    "CREATE TABLE w (a int, b bigint, n numeric(20), m numeric(8, 2), f float8, t text,\n"
    "    v varchar(30), c char(5), d date, ts timestamp, tz timestamptz, i interval, ok bool,\n"
    "    j jsonb, x int[], xs text[][], mood mood, u uuid, l label, s smallint);\n";

/* Each as a CHECK of the table above. */
static const char *const checks[] = {
    "a > 0",
    "a BETWEEN 1 AND 10 AND b NOT BETWEEN 3 AND 4",
    "a IN (1, 2, 3)",
    "a IN (7)",
    "b NOT IN (1, 2)",
    "b IN (1, 20000000000)",
    "s IN (1, 2) AND s = '3'",
    "a != -5 AND a <> - 6 AND f > -1.5",
    "n > 0 AND m >= 0.50 AND n < 1e10",
    "n = '005'",
    "f < '1e3' AND f <> 0.1",
    "t IN ('a', 'b') OR v IN ('c', 'd')",
    "v = 'x' AND t = 'it''s' AND c = 'ab'",
    "v NOT IN ('x') AND l IN ('a', 'b')",
    "t LIKE 'a%' AND v NOT LIKE 'b%' AND t ILIKE '%c' AND v NOT ILIKE 'd'",
    "t LIKE 'a!%' ESCAPE '!'",
    "t SIMILAR TO '(a|b)%'",
    "t ~ '^[a-z]+\\.com$' AND v !~* E'\\\\d'",
    "mood = 'fine' OR mood IN ('fine', 'sad')",
    "mood::text = 'fine'",
    "length(t) < 10 AND char_length(v) > 1 AND upper(t) = t",
    "even(a) AND even(b) AND public.even(b, 3) AND even(n => a)",
    "extract(year FROM d) > 2000 AND date_part('month', ts) < 13",
    "ts AT TIME ZONE 'utc' > '2020-1-1' AND d >= DATE '2020-01-01'",
    "d < '2020-1-1'::date + 30 AND i < interval '36 hours' AND i > '1 day'",
    "date(ts) = d AND ts::date = d AND cast(ts AS date) = d",
    "date_trunc('day', ts) = ts",
    "coalesce(a, 0) > 0 AND nullif(t, '') IS NOT NULL AND greatest(a, 1) > least(a, 2)",
    "CASE a WHEN 1 THEN ok WHEN 2 THEN NOT ok ELSE true END",
    "CASE WHEN a > 1 THEN t = 'x' END",
    "ok AND ok IS NOT TRUE OR ok IS UNKNOWN OR ok = 't' OR ok = true OR ok <> 'no'",
    "a IS NULL OR t IS NOT NULL",
    "a IS DISTINCT FROM 1 AND b IS NOT DISTINCT FROM 2",
    "(a, b) > (1, 2) AND (a, b) = (3, 4)",
    "j ->> 'k' = 'v' AND j -> 'a' ->> 0 <> '' AND j @> '{\"a\":1,  \"b\": 2}' AND j ? 'x'",
    "jsonb_typeof(j) = 'object' AND (j ->> 'n')::int > 5",
    "x[1] > 0 AND array_length(x, 1) = 3 AND 5 = ANY (x) AND a = ANY ('{1,2,3}')",
    "a = ANY (ARRAY[1, 2]) AND t <> ALL (ARRAY['a', 'b']) AND xs = '{}'",
    "cardinality(ARRAY[t, v]) > 1 AND x <@ ARRAY[1, 2]",
    "t || v <> '' AND t || 'x' = 'yx' AND a || '' <> 'z'",
    "trim(t) = t AND trim(both 'x' from t) <> '' AND ltrim(v) <> '' AND btrim(t) = t",
    "substring(t from 1 for 2) = 'ab' AND substring(t, 2) <> '' AND substr(t, 1) <> ''",
    "position('a' in t) > 0 AND strpos(t, 'a') > 0 AND overlay(t placing 'x' from 1) <> ''",
    "t COLLATE \"C\" < 'b' AND lower(v) COLLATE \"POSIX\" > 'a'",
    "a::text = '5' AND text(a) <> '' AND float8(a) > 0 AND int4(b) > 0",
    "(a + 1) * 2 / 3 % 4 - 5 > 0 AND @ a > 1 AND a # 1 > 0 AND ~a > 0 AND |/ f > 0",
    "u <> '00000000-0000-0000-0000-000000000000'",
    "tz > to_timestamp(0) AND make_interval(days => 3) > i",
    "NOT (a > 1 AND (b > 1 OR NOT ok))",
    "num_nonnulls(a, b, t) = 1",
    "(ts, ts) OVERLAPS (ts, ts)",
    "w.a > 0 AND w.t <> ''",
    "octet_length(t) < 100 AND bit_length(t) < 800",
    "t::varchar(3) = 'abc' AND n::int < 7 AND m::numeric(4, 1) < 7.5",
    "a IN (b, s)",
    "a NOT IN (1, b)",
    "a = 1 IS TRUE",
    "t = 'TRUE' AND t <> '1.50'",
};

static const char defaults[] =
    "CREATE TABLE e (a timestamptz DEFAULT now(), b timestamptz DEFAULT CURRENT_TIMESTAMP,\n"
    "    c date DEFAULT current_date, d text DEFAULT CURRENT_USER, e text DEFAULT lower('X'),\n"
    "    f timestamp DEFAULT (now() AT TIME ZONE 'utc'), g int[] DEFAULT ARRAY[]::int[],\n"
    "    h jsonb DEFAULT '{\"a\" : 1}', i numeric DEFAULT 1.50, j bool DEFAULT 'f',\n"
    "    k int DEFAULT '5', l interval DEFAULT '1 hour', m uuid DEFAULT gen_random_uuid(),\n"
    "    n bigint DEFAULT (extract(epoch FROM now()) * 1000), o text DEFAULT 5, p int DEFAULT -1,\n"
    "    q char(3) DEFAULT 'x', r timestamptz DEFAULT now() + interval '1 day',\n"
    "    s text DEFAULT 'a' || 'b', t bigint DEFAULT 10000000000, u float4 DEFAULT 1.0,\n"
    "    v int GENERATED ALWAYS AS (p * 2) STORED,\n"
    "    w text GENERATED ALWAYS AS (lower(s) || '-' || coalesce(o, 'none')) STORED);\n"
    "CREATE INDEX e_low ON e (lower(s), (p + 1), (o COLLATE \"C\")) WHERE p > 5 AND s <> 'z';\n"
    "CREATE UNIQUE INDEX e_part ON e ((h ->> 'k')) WHERE j AND o IN ('a', 'b');\n"
    "CREATE TABLE gone (old int CHECK (old > 0), other int DEFAULT 1);\n"
    "ALTER TABLE gone RENAME old TO new;\n";

static const char *
problems(Runner *runner)
{
    RunVerify result;
    const char *text = "";
    if (!run_verify(runner->arena, &runner->options, NULL, NULL, &result, &runner->err))
        fail_msg("%s", runner->err.message);
    assert_true(result.is_compared);
    foreach (problem, &result.problems)
        text = arena_printf(runner->arena, "%s%s\n", text, problem->message);
    return text;
}

static void
write_history(Runner *runner)
{
    const char *text = arena_printf(runner->arena, "%s%s", tables, defaults);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        text = arena_printf(runner->arena, "%sALTER TABLE w ADD CONSTRAINT c%zu CHECK (%s);\n",
                            text, i, checks[i]);
    runner_write(runner, "1_all.up.sql", text);
    runner_up(runner);
}

static void
what_the_server_writes_is_the_same(void **state)
{
    Runner *runner = *state;
    write_history(runner);
    assert_string_equal(problems(runner), "");
}

static void
what_means_something_else_shows(void **state)
{
    static const struct {
        const char *sql;
        const char *problem;
    } cases[] = {
        {"ALTER TABLE e ALTER a SET DEFAULT clock_timestamp()",
         "column public.e.a has another default than the migrations give it"                                                                                           },
        {"ALTER TABLE e ALTER r SET DEFAULT now() - interval '1 day'",
         "column public.e.r has another default than the migrations give it"                                                                                           },
        {"ALTER TABLE e ALTER p SET DEFAULT -2",
         "column public.e.p has another default than the migrations give it"                                                                                           },
        {"ALTER TABLE e ALTER j SET DEFAULT NULL",                                            "column public.e.j has no default any more"                              },
        {"ALTER TABLE e DROP v, ADD v int GENERATED ALWAYS AS (p * 3) STORED",
         "column public.e.v is generated otherwise than the migrations give it"                                                                                        },
        {"DROP INDEX e_low; CREATE INDEX e_low ON e (lower(s), (p + 1), o) WHERE p > 6 AND s <> "
         "'z'",                                                                      "index public.e_low is another one than the migrations give it"          },
        {"DROP INDEX e_part; CREATE UNIQUE INDEX e_part ON e ((h ->> 'l')) WHERE j AND "
         "o IN ('a', 'b')",                                                          "index public.e_part is another one than the migrations give it"         },
        {"ALTER TABLE w DROP CONSTRAINT c0, ADD CONSTRAINT c0 CHECK (a >= 0)",
         "constraint c0 of public.w is another one than the migrations give it"                                                                                        },
        {"ALTER TABLE w DROP CONSTRAINT c2, ADD CONSTRAINT c2 CHECK (a IN (1, 2, 3, 4))",
         "constraint c2 of public.w is another one than the migrations give it"                                                                                        },
        {"ALTER TABLE w DROP CONSTRAINT c11, ADD CONSTRAINT c11 CHECK (t IN ('a', 'b') OR "
         "v IN ('c'))",                                                              "constraint c11 of public.w is another one than the migrations give it"  },
        {"ALTER TABLE w DROP CONSTRAINT c20, ADD CONSTRAINT c20 CHECK (length(v) < 10)",
         "constraint c20 of public.w is another one than the migrations give it"                                                                                       },
        {"CREATE OR REPLACE FUNCTION even(n int) RETURNS bool IMMUTABLE LANGUAGE sql AS "
         "'SELECT n % 2 <> 1'",                                                      "function public.even(int4) has another body than the migrations give it"},
        {"CREATE FUNCTION even(n text, m mood[]) RETURNS bool LANGUAGE sql AS 'SELECT true'",
         "function public.even(text, public.mood[]) comes from no migration"                                                                                           },
    };
    Runner *runner = *state;
    write_history(runner);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runner_ask(runner, cases[i].sql);
        const char *found = problems(runner);
        if (strstr(found, arena_printf(runner->arena, "%s\n", cases[i].problem)) == NULL)
            fail_msg("%s: %s", cases[i].sql, found);
    }
    runner_ask(runner, "DROP FUNCTION even(text, mood[])");
    runner_ask(runner, "DROP FUNCTION even(bigint, numeric) CASCADE");
    assert_non_null(strstr(problems(runner), "function public.even(int8, numeric) is missing\n"));
}

/* Which of several columns and functions a name was, nobody knows any more. */
static void
renamed_ones_are_followed(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql",
                 "CREATE FUNCTION one(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';\n"
                 "CREATE TABLE r (a int DEFAULT one(1) CHECK (a > 1), b int CHECK (b > 2));\n"
                 "CREATE INDEX r_i ON r ((a + 1)) WHERE b > 0;\n"
                 "ALTER TABLE r RENAME a TO x;\nALTER TABLE r RENAME b TO a;\n"
                 "ALTER FUNCTION one RENAME TO two;\n"
                 "ALTER TABLE r RENAME TO s;\nALTER TABLE s ADD CHECK (s.x > s.a);\n");
    runner_up(runner);
    assert_string_equal(problems(runner), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_server_writes_is_the_same, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(what_means_something_else_shows, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(renamed_ones_are_followed, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
