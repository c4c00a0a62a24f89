/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE spot AS (x int, y text); CREATE TYPE line AS (a spot, b spot);"
    "CREATE TYPE spare AS (x int, y text); CREATE TYPE row_type AS (x int, y text);"
    "CREATE TYPE seen AS (x int, y text);"
    "CREATE DOMAIN place AS spare;"
    "CREATE TABLE map (id int PRIMARY KEY, way line, home place[]);"
    "CREATE TABLE typed OF row_type; CREATE TABLE viewed OF seen;"
    "CREATE VIEW v AS SELECT x FROM viewed;"
    "CREATE TABLE plain (x int, y text);"
    "CREATE TYPE free AS (x int, y text);";

/* clang-format off */
static const RefusalExample attributes[] = {
    {"ALTER TYPE free ADD ATTRIBUTE x int;", 17, "column \"x\" of relation \"free\" already exists"},
    {"ALTER TYPE free ADD ATTRIBUTE z int;", 17, NULL},
    {"ALTER TYPE free ADD ATTRIBUTE z int; ALTER TYPE free RENAME ATTRIBUTE z TO w; ALTER TYPE free DROP ATTRIBUTE w;", 17, NULL},
    {"ALTER TYPE free DROP ATTRIBUTE z;", 17, "column \"z\" of relation \"free\" does not exist"},
    {"ALTER TYPE free DROP ATTRIBUTE IF EXISTS z;", 17, NULL},
    {"ALTER TYPE free RENAME ATTRIBUTE z TO w;", 17, "column \"z\" does not exist"},
    {"ALTER TYPE free RENAME ATTRIBUTE x TO y;", 17, "column \"y\" of relation \"free\" already exists"},
    {"ALTER TYPE free ALTER ATTRIBUTE z TYPE bigint;", 17, "column \"z\" of relation \"free\" does not exist"},
    {"ALTER TYPE free ALTER ATTRIBUTE x TYPE bigint;", 17, NULL},
    {"ALTER TYPE elsewhere ALTER ATTRIBUTE x TYPE bigint;", 17, NULL},
    {"CREATE TYPE free AS (a int);", 17, "type \"free\" already exists"},
    {"DROP TYPE free; CREATE TYPE free AS (a int);", 17, NULL},
};

static const RefusalExample used[] = {
    {"ALTER TYPE spot ALTER ATTRIBUTE x TYPE bigint;", 17, "cannot alter type \"spot\" because column \"map.way\" uses it"},
    {"ALTER TYPE spot ALTER ATTRIBUTE x TYPE bigint CASCADE;", 17, "cannot alter type \"spot\" because column \"map.way\" uses it"},
    {"ALTER TYPE spare ALTER ATTRIBUTE x TYPE bigint;", 17, "cannot alter type \"spare\" because column \"map.home\" uses it"},
    {"ALTER TYPE spare ADD ATTRIBUTE z int, DROP ATTRIBUTE y;", 17, NULL},
    {"DROP TABLE map; ALTER TYPE spare ALTER ATTRIBUTE x TYPE bigint;", 17, NULL},
};

static const RefusalExample typed[] = {
    {"ALTER TYPE row_type ADD ATTRIBUTE z int;", 17, "cannot alter type \"row_type\" because it is the type of a typed table"},
    {"ALTER TYPE row_type RENAME ATTRIBUTE x TO z;", 17, "cannot alter type \"row_type\" because it is the type of a typed table"},
    {"ALTER TYPE row_type ADD ATTRIBUTE z int CASCADE; ALTER TABLE typed ALTER z SET NOT NULL;", 17, NULL},
    {"ALTER TYPE row_type DROP ATTRIBUTE x CASCADE; ALTER TABLE typed ALTER x SET NOT NULL;", 17, "column \"x\" of relation \"typed\" does not exist"},
    {"ALTER TYPE row_type ALTER ATTRIBUTE x TYPE bigint CASCADE;", 17, NULL},
    {"ALTER TYPE seen ALTER ATTRIBUTE x TYPE bigint CASCADE;", 17, "cannot alter type of a column used by a view or rule"},
    {"ALTER TABLE typed NOT OF; ALTER TYPE row_type ADD ATTRIBUTE z int;", 17, NULL},
    {"ALTER TABLE plain OF row_type; ALTER TABLE plain ADD z int;", 17, "cannot add column to typed table"},
    {"ALTER TABLE plain NOT OF;", 17, "\"plain\" is not a typed table"},
};
/* clang-format on */

static void
attributes_are_there_once(void **state)
{
    (void)state;
    refusal_examples_check(tables, attributes, sizeof attributes / sizeof *attributes);
}

static void
what_a_column_holds_keeps_its_types(void **state)
{
    (void)state;
    refusal_examples_check(tables, used, sizeof used / sizeof *used);
}

static void
typed_tables_go_with_their_type(void **state)
{
    (void)state;
    refusal_examples_check(tables, typed, sizeof typed / sizeof *typed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_are_there_once),
        cmocka_unit_test(what_a_column_holds_keeps_its_types),
        cmocka_unit_test(typed_tables_go_with_their_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
