/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE mood AS ENUM ('sad'); CREATE TYPE span AS RANGE (subtype = float8);"
    "CREATE TABLE t (id int PRIMARY KEY, a int);";
static const char plain[] = "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (id int, a int);";

/* clang-format off */
static const RefusalExample written[] = {
    {"SELECT count(*) FROM t FOR UPDATE;", 17, "FOR UPDATE is not allowed with aggregate functions"},
    {"SELECT DISTINCT a FROM t FOR SHARE;", 17, "FOR SHARE is not allowed with DISTINCT clause"},
    {"SELECT a FROM t GROUP BY a FOR UPDATE;", 17, "FOR UPDATE is not allowed with GROUP BY clause"},
    {"SELECT a FROM t UNION SELECT 1 FOR UPDATE;", 17, "FOR UPDATE is not allowed with UNION/INTERSECT/EXCEPT"},
    {"SELECT a FROM t FOR UPDATE;", 17, NULL},
    {"SELECT * FROM t x, t x;", 17, "table name \"x\" specified more than once"},
    {"SELECT * FROM t x, t y;", 17, NULL},
    {"VALUES (1), (1, 2);", 17, "VALUES lists must all be the same length"},
    {"WITH q AS (SELECT 1), q AS (SELECT 2) SELECT 1;", 17, "WITH query name \"q\" specified more than once"},
    {"INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1;", 17, "ON CONFLICT DO UPDATE requires inference specification or constraint name"},
    {"ALTER TABLE t ADD COLUMN c int NULL NOT NULL;", 17, "conflicting NULL/NOT NULL declarations for column \"c\" of table \"t\""},
    {"ALTER TABLE t ADD COLUMN c int DEFAULT 1 DEFAULT 2;", 17, "multiple default values specified for column \"c\" of table \"t\""},
    {"ALTER TABLE t ADD COLUMN c int CHECK (c > 0) DEFERRABLE;", 17, "misplaced DEFERRABLE clause"},
    {"ALTER TABLE t ADD COLUMN c int UNIQUE DEFERRABLE INITIALLY DEFERRED;", 17, NULL},
    {"ALTER TABLE t ALTER a TYPE bigint, ALTER a TYPE numeric;", 17, "cannot alter type of column \"a\" twice"},
    {"CREATE INDEX ON t (a) INCLUDE (lower('x'));", 17, "expressions are not supported in included columns"},
    {"CREATE SCHEMA pg_own;", 17, "unacceptable schema name \"pg_own\""},
    {"CREATE DOMAIN d AS int UNIQUE;", 17, "unique constraints not possible for domains"},
    {"CREATE POLICY p ON t FOR INSERT USING (true);", 17, "only WITH CHECK expression allowed for INSERT"},
    {"CREATE TYPE pair AS (a int, a int);", 17, "column \"a\" specified more than once"},
    {"ALTER TABLE t ADD COLUMN c no_such;", 17, NULL},
    {"ALTER TABLE t ADD COLUMN c record;", 17, "column \"c\" has pseudo-type record"},
};

static const RefusalExample types[] = {
    {"ALTER TABLE t ADD COLUMN c no_such;", 17, "type \"no_such\" does not exist"},
    {"ALTER TABLE t ADD COLUMN c mood[];", 17, NULL},
    {"ALTER TABLE t ADD COLUMN c t;", 17, NULL},
    {"ALTER TABLE t ADD COLUMN c _int4;", 17, NULL},
    {"ALTER TABLE t ALTER a TYPE serial;", 17, "type \"serial\" does not exist"},
    {"CREATE DOMAIN d AS elsewhere.x;", 17, "type \"elsewhere.x\" does not exist"},
    {"CREATE EXTENSION hstore; ALTER TABLE t ADD COLUMN c hstore;", 17, NULL},
};
/* clang-format on */

static void
what_is_wrong_as_written_is_refused(void **state)
{
    (void)state;
    refusal_examples_check(tables, written, sizeof written / sizeof *written);
}

static void
types_that_are_not_there_are_missed(void **state)
{
    (void)state;
    refusal_examples_check(plain, types, sizeof types / sizeof *types);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_as_written_is_refused),
        cmocka_unit_test(types_that_are_not_there_are_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
