/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    "CREATE FUNCTION own(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN i; END';"
    "CREATE FUNCTION wild(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN i; END';"
    "CREATE TABLE t (id int PRIMARY KEY, a int, b text, ts timestamptz, w timestamp, m mood,"
    " j json, p point, f boolean, CHECK (a > 0));"
    "CREATE INDEX t_b ON t (b); CREATE INDEX t_some ON t (id) WHERE b = 'x';";

/* clang-format off */
static const RefusalExample constraints[] = {
    {"ALTER TABLE t ADD CHECK (gone > 1);", 17, "column \"gone\" does not exist"},
    {"ALTER TABLE t ADD CHECK (gone > 1), ADD COLUMN gone int;", 17, NULL},
    {"ALTER TABLE t ADD CHECK (t IS NOT NULL);", 17, NULL},
    {"ALTER TABLE t ADD CHECK (a > (SELECT 1));", 17, "cannot use subquery in check constraint"},
    {"ALTER TABLE t ADD CHECK (sum(a) > 1);", 17, "aggregate functions are not allowed in check constraints"},
    {"ALTER TABLE t ADD CHECK (ctid IS NOT NULL);", 17, "system column \"ctid\" reference in check constraint is invalid"},
    {"ALTER TABLE t ADD CHECK (tableoid > 0);", 17, NULL},
    {"ALTER TABLE t ADD CHECK (f);", 17, NULL},
    {"ALTER TABLE t ADD CHECK (a);", 17, "argument of CHECK must be type boolean, not type integer"},
    {"ALTER TABLE t ADD CHECK (no_such(a) > 1);", 17, "function no_such() does not exist"},
    {"CREATE EXTENSION hstore; ALTER TABLE t ADD CHECK (no_such(a) > 1);", 17, NULL},
    {"ALTER TABLE t ADD UNIQUE (j);", 17, "data type json has no default operator class for access method \"btree\""},
    {"ALTER TABLE t ADD UNIQUE (m);", 17, NULL},
    {"ALTER TABLE t ADD UNIQUE (a, a);", 17, "column \"a\" appears twice in unique constraint"},
    {"CREATE TABLE n (a int, PRIMARY KEY (b));", 17, "column \"b\" named in key does not exist"},
    {"CREATE TABLE n (LIKE t, PRIMARY KEY (id));", 17, NULL},
    {"CREATE TABLE n (a int PRIMARY KEY, b int PRIMARY KEY);", 17, "multiple primary keys for table \"n\" are not allowed"},
    {"CREATE TABLE n (a int) PARTITION BY RANGE (b);", 17, "column \"b\" named in partition key does not exist"},
    {"CREATE TABLE n (a json) PARTITION BY HASH (a);", 17, "data type json has no default operator class for access method \"hash\""},
    {"CREATE TABLE n (a timestamptz) PARTITION BY RANGE ((a::date));", 17, "functions in partition key expression must be marked IMMUTABLE"},
    {"CREATE TABLE n (a date GENERATED ALWAYS AS (b::date) STORED, b timestamptz);", 17, "generation expression is not immutable"},
    {"CREATE TABLE n (a tsvector GENERATED ALWAYS AS (to_tsvector('english', b)) STORED, b text);", 17, NULL},
    {"CREATE DOMAIN d AS int CHECK (VALUE > (SELECT 1));", 17, "cannot use subquery in check constraint"},
    {"CREATE DOMAIN d AS int CHECK (VALUE > 1);", 17, NULL},
};

static const RefusalExample indexes[] = {
    {"CREATE INDEX ON t (j);", 17, "data type json has no default operator class for access method \"btree\""},
    {"CREATE INDEX ON t USING gin (a);", 17, "data type integer has no default operator class for access method \"gin\""},
    {"CREATE EXTENSION btree_gin; CREATE INDEX ON t USING gin (a);", 17, NULL},
    {"CREATE INDEX ON t (a text_ops);", 17, "operator class \"text_ops\" does not accept data type integer"},
    {"CREATE INDEX ON t USING gin (b gin_trgm_ops);", 17, "operator class \"gin_trgm_ops\" does not exist for access method \"gin\""},
    {"CREATE INDEX ON t USING gist (p);", 17, NULL},
    {"CREATE INDEX ON t USING nothing (a);", 17, "access method \"nothing\" does not exist"},
    {"CREATE INDEX ON t (a COLLATE \"C\");", 17, "collations are not supported by type integer"},
    {"CREATE INDEX ON t (ctid);", 17, "index creation on system columns is not supported"},
    {"CREATE INDEX ON t ((ts::date));", 17, "functions in index expression must be marked IMMUTABLE"},
    {"CREATE INDEX ON t ((w::date));", 17, NULL},
    {"CREATE INDEX ON t (date_trunc('day', w));", 17, NULL},
    {"CREATE INDEX ON t ((m::text));", 17, "functions in index expression must be marked IMMUTABLE"},
    {"CREATE INDEX ON t (own(a));", 17, NULL},
    {"CREATE INDEX ON t (wild(a));", 17, "functions in index expression must be marked IMMUTABLE"},
    {"CREATE INDEX ON t (a) WHERE ts > CURRENT_DATE;", 17, "functions in index predicate must be marked IMMUTABLE"},
    {"CREATE INDEX ON t (a) WHERE count(*) > 1;", 17, "aggregate functions are not allowed in index predicates"},
};

static const RefusalExample types[] = {
    {"ALTER TABLE t ALTER b TYPE json USING b::json;", 17, "data type json has no default operator class for access method \"btree\""},
    {"ALTER TABLE t ALTER a TYPE text;", 17, "operator does not exist: text > integer"},
    {"ALTER TABLE t ALTER a TYPE bigint;", 17, NULL},
    {"ALTER TABLE t ALTER b TYPE mood USING b::mood;", 17, "operator does not exist: mood = text"},
    {"ALTER TABLE t ALTER b TYPE varchar(10);", 17, NULL},
    {"ALTER TABLE t ALTER w TYPE timestamptz USING (SELECT now());", 17, "cannot use subquery in transform expression"},
};
/* clang-format on */

static void
expressions_of_constraints_are_looked_at(void **state)
{
    (void)state;
    refusal_examples_check(tables, constraints, sizeof constraints / sizeof *constraints);
}

static void
keys_of_indexes_are_looked_at(void **state)
{
    (void)state;
    refusal_examples_check(tables, indexes, sizeof indexes / sizeof *indexes);
}

static void
what_stands_on_a_column_has_to_take_its_new_type(void **state)
{
    (void)state;
    refusal_examples_check(tables, types, sizeof types / sizeof *types);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_of_constraints_are_looked_at),
        cmocka_unit_test(keys_of_indexes_are_looked_at),
        cmocka_unit_test(what_stands_on_a_column_has_to_take_its_new_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
