/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN feeling AS mood;"
    "CREATE TABLE pet (id int PRIMARY KEY, mood mood DEFAULT 'sad', felt feeling, name text);"
    "CREATE VIEW pet_mood AS SELECT id, mood FROM pet;";

#define ADDED "ALTER TYPE mood ADD VALUE 'glad'; "
#define UNSAFE "unsafe use of new value \"glad\" of enum type mood"

/* clang-format off */
static const RefusalExample uses[] = {
    {ADDED "ALTER TABLE pet ALTER mood SET DEFAULT 'glad';", 17, UNSAFE},
    {ADDED "ALTER TABLE pet ALTER mood SET DEFAULT 'ok';", 17, NULL},
    {ADDED "ALTER TABLE pet ALTER name SET DEFAULT 'glad';", 17, NULL},
    {ADDED "ALTER TABLE pet ADD was mood DEFAULT 'glad';", 17, UNSAFE},
    {ADDED "ALTER TABLE pet ADD was mood CHECK (was <> 'glad');", 17, UNSAFE},
    {ADDED "ALTER TABLE pet ADD CHECK (felt IN ('sad', 'glad'));", 17, UNSAFE},
    {ADDED "ALTER TABLE pet ALTER mood TYPE text USING CASE mood WHEN 'glad' THEN 'x' END;", 17, UNSAFE},
    {ADDED "CREATE TABLE toy (mood mood, CHECK (mood > 'glad'));", 17, UNSAFE},
    {ADDED "CREATE TABLE toy (mood mood, name text CHECK (name > 'glad'));", 17, NULL},
    {ADDED "CREATE INDEX ON pet (id) WHERE mood = 'glad';", 17, UNSAFE},
    {ADDED "CREATE VIEW v AS SELECT id FROM pet p WHERE p.mood = 'glad';", 17, UNSAFE},
    {ADDED "CREATE VIEW v AS SELECT id FROM pet p WHERE p.name = 'glad';", 17, NULL},
    {ADDED "CREATE POLICY p ON pet USING (mood = 'glad');", 17, UNSAFE},
    {ADDED "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pet WHERE mood = ''glad''';", 17, UNSAFE},
    {ADDED "SET check_function_bodies = off; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pet WHERE mood = ''glad''';", 17, NULL},
    {ADDED "SELECT 'glad'::feeling;", 17, UNSAFE},
    {ADDED "SELECT ARRAY['ok', 'glad']::mood[];", 17, UNSAFE},
    {ADDED "SELECT 'glad'::elsewhere;", 17, NULL},
    {ADDED "SELECT 1 FROM pet_mood WHERE mood = 'glad';", 17, UNSAFE},
    {ADDED "SELECT 1 FROM (SELECT name AS mood FROM pet) s WHERE mood = 'glad';", 17, NULL},
    {ADDED "PREPARE p AS DELETE FROM pet WHERE mood = 'glad';", 17, UNSAFE},
    {ADDED "INSERT INTO pet VALUES (1, 'glad');", 17, UNSAFE},
    {ADDED "INSERT INTO pet (id, name) VALUES (1, 'glad');", 17, NULL},
    {ADDED "INSERT INTO pet (id, felt) SELECT 1, 'glad';", 17, UNSAFE},
    {ADDED "INSERT INTO pet SELECT p.*, 'glad' FROM pet p;", 17, NULL},
    {ADDED "UPDATE pet SET mood = 'glad';", 17, UNSAFE},
    {ADDED "MERGE INTO pet USING (VALUES (1)) s(x) ON id = x WHEN NOT MATCHED THEN INSERT (id, mood) VALUES (x, 'glad');", 17, UNSAFE},
    {ADDED "CREATE DOMAIN joy AS mood CHECK (VALUE <> 'glad');", 17, UNSAFE},
    {ADDED "DO $$ BEGIN UPDATE pet SET mood = 'glad'; END $$;", 17, UNSAFE},
    {"BEGIN; " ADDED "COMMIT; INSERT INTO pet VALUES (1, 'glad');", 17, NULL},
    {ADDED "ALTER TYPE mood RENAME VALUE 'glad' TO 'merry'; SELECT 'merry'::mood;", 17, "unsafe use of new value \"merry\" of enum type mood"},
    {"DO $$ BEGIN ALTER TYPE mood ADD VALUE 'glad'; EXCEPTION WHEN OTHERS THEN END $$; SELECT 'glad'::mood;", 17, NULL},
};

static const RefusalExample new_types[] = {
    {"CREATE TYPE hue AS ENUM ('red'); ALTER TYPE hue ADD VALUE 'blue'; SELECT 'blue'::hue;", 16, "unsafe use of new value \"blue\" of enum type hue"},
    {"CREATE TYPE hue AS ENUM ('red'); ALTER TYPE hue ADD VALUE 'blue'; SELECT 'blue'::hue;", 17, NULL},
    {"CREATE TYPE hue AS ENUM ('red'); ALTER TYPE hue ADD VALUE 'blue'; SELECT 'red'::hue;", 14, NULL},
};

static const RefusalExample labels[] = {
    {"ALTER TYPE mood ADD VALUE 'ok';", 17, "enum label \"ok\" already exists"},
    {"ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' AFTER 'grim';", 17, NULL},
    {"ALTER TYPE mood ADD VALUE 'glad' AFTER 'grim';", 17, "\"grim\" is not an existing enum label"},
    {"ALTER TYPE mood RENAME VALUE 'grim' TO 'glad';", 17, "\"grim\" is not an existing enum label"},
    {"ALTER TYPE mood RENAME VALUE 'sad' TO 'ok';", 17, "enum label \"ok\" already exists"},
    {"ALTER TYPE mood RENAME VALUE 'sad' TO 'glad'; ALTER TYPE mood ADD VALUE 'sad';", 17, NULL},
    {"ALTER TYPE elsewhere RENAME VALUE 'sad' TO 'ok';", 17, "type \"elsewhere\" does not exist"},
};
/* clang-format on */

static void
a_value_is_not_used_in_the_transaction_that_adds_it(void **state)
{
    (void)state;
    refusal_examples_check(tables, uses, sizeof uses / sizeof *uses);
}

static void
a_value_of_a_type_that_is_as_new_is_used_from_17_on(void **state)
{
    (void)state;
    refusal_examples_check(tables, new_types, sizeof new_types / sizeof *new_types);
}

static void
labels_are_there_once(void **state)
{
    (void)state;
    refusal_examples_check(tables, labels, sizeof labels / sizeof *labels);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_not_used_in_the_transaction_that_adds_it),
        cmocka_unit_test(a_value_of_a_type_that_is_as_new_is_used_from_17_on),
        cmocka_unit_test(labels_are_there_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
