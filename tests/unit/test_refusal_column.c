/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    "CREATE DOMAIN positive AS int CHECK (VALUE > 0);"
    "CREATE FUNCTION own(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN i; END';"
    "CREATE SEQUENCE q;"
    "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b text, d text DEFAULT 'x', i int DEFAULT "
    "5, m mood DEFAULT 'sad', g int GENERATED ALWAYS AS (i * 2) STORED, ar int[], j json, n int "
    "GENERATED ALWAYS AS IDENTITY);";

/* clang-format off */
static const RefusalExample types[] = {
    {"ALTER TABLE t ALTER b TYPE int;", 17, "column \"b\" cannot be cast automatically to type integer"},
    {"ALTER TABLE t ALTER b TYPE mood;", 17, "column \"b\" cannot be cast automatically to type mood"},
    {"ALTER TABLE t ALTER b TYPE positive;", 17, "column \"b\" cannot be cast automatically to type positive"},
    {"ALTER TABLE t ALTER ar TYPE jsonb[];", 17, "column \"ar\" cannot be cast automatically to type jsonb[]"},
    {"ALTER TABLE t ALTER ar TYPE bigint[];", 17, NULL},
    {"ALTER TABLE t ALTER ar TYPE text;", 17, NULL},
    {"ALTER TABLE t ALTER b TYPE int USING b::int;", 17, NULL},
    {"ALTER TABLE t ALTER b TYPE int USING length(b);", 17, NULL},
    {"ALTER TABLE t ALTER b TYPE elsewhere;", 17, "type \"elsewhere\" does not exist"},
    {"ALTER TABLE t ALTER b TYPE int USING b;", 17, "result of USING clause for column \"b\" cannot be cast automatically to type integer"},
    {"ALTER TABLE t ALTER a TYPE uuid USING a::uuid;", 17, "cannot cast type integer to uuid"},
    {"ALTER TABLE t ALTER d TYPE int USING 5;", 17, "default for column \"d\" cannot be cast automatically to type integer"},
    {"ALTER TABLE t ALTER d TYPE varchar(9);", 17, NULL},
    {"ALTER TABLE t ALTER i TYPE bigint;", 17, "cannot alter type of a column used by a generated column"},
    {"ALTER TABLE t ALTER g TYPE bigint USING 1;", 17, "cannot specify USING when altering type of generated column"},
    {"ALTER TABLE t ALTER n TYPE text;", 17, "identity column type must be smallint, integer, or bigint"},
    {"ALTER TABLE t ALTER n TYPE bigint;", 17, NULL},
    {"ALTER TABLE t ALTER a TYPE int COLLATE \"C\";", 17, "collations are not supported by type integer"},
    {"CREATE CAST (text AS mood) WITH INOUT AS ASSIGNMENT; ALTER TABLE t ALTER b TYPE mood;", 17, NULL},
};

static const RefusalExample columns[] = {
    {"ALTER TABLE t ALTER n DROP DEFAULT;", 17, "column \"n\" of relation \"t\" is an identity column"},
    {"ALTER TABLE t ALTER g SET DEFAULT 1;", 17, "column \"g\" of relation \"t\" is a generated column"},
    {"ALTER TABLE t ALTER a SET DEFAULT b;", 17, "cannot use column reference in DEFAULT expression"},
    {"ALTER TABLE t ALTER a SET DEFAULT now();", 17, "column \"a\" is of type integer but default expression is of type timestamp with time zone"},
    {"ALTER TABLE t ALTER b SET DEFAULT now();", 17, NULL},
    {"ALTER TABLE t ALTER a DROP EXPRESSION;", 17, "column \"a\" of relation \"t\" is not a stored generated column"},
    {"ALTER TABLE t ALTER a DROP EXPRESSION;", 18, "column \"a\" of relation \"t\" is not a generated column"},
    {"ALTER TABLE t ALTER a DROP EXPRESSION IF EXISTS;", 17, NULL},
    {"ALTER TABLE t ALTER a SET EXPRESSION AS (5);", 17, "column \"a\" of relation \"t\" is not a generated column"},
    {"ALTER TABLE t ALTER g SET EXPRESSION AS (random());", 17, "generation expression is not immutable"},
    {"ALTER TABLE t ALTER n ADD GENERATED ALWAYS AS IDENTITY;", 17, "column \"n\" of relation \"t\" is already an identity column"},
    {"ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY;", 17, NULL},
    {"ALTER TABLE t ALTER a DROP IDENTITY;", 17, "column \"a\" of relation \"t\" is not an identity column"},
    {"ALTER TABLE t ALTER a SET STORAGE EXTERNAL;", 17, "column data type integer can only have storage PLAIN"},
    {"ALTER TABLE t ALTER b SET STORAGE EXTERNAL;", 17, NULL},
    {"ALTER TABLE t ALTER a SET COMPRESSION pglz;", 17, "column data type integer does not support compression"},
    {"ALTER SEQUENCE t_n_seq OWNED BY NONE;", 17, "cannot change ownership of identity sequence"},
    {"CREATE SEQUENCE r AS text;", 17, "sequence type must be smallint, integer, or bigint"},
};

static const RefusalExample definitions[] = {
    {"ALTER TABLE t ADD z serial[];", 17, "array of serial is not implemented"},
    {"ALTER TABLE t ADD z serial DEFAULT 1;", 17, "multiple default values specified for column \"z\" of table \"t\""},
    {"ALTER TABLE t ADD z int DEFAULT 1 GENERATED ALWAYS AS IDENTITY;", 17, "both default and identity specified for column \"z\" of table \"t\""},
    {"CREATE TABLE u (z int DEFAULT 1 GENERATED ALWAYS AS (2) STORED);", 17, "both default and generation expression specified for column \"z\" of table \"u\""},
    {"ALTER TABLE t ADD z numeric GENERATED ALWAYS AS IDENTITY;", 17, "identity column type must be smallint, integer, or bigint"},
    {"ALTER TABLE t ADD z int GENERATED ALWAYS AS (g) STORED;", 17, "cannot use generated column \"g\" in column generation expression"},
    {"ALTER TABLE t ADD z timestamptz GENERATED ALWAYS AS (now()) STORED;", 17, "generation expression is not immutable"},
    {"ALTER TABLE t ADD z int GENERATED ALWAYS AS (own(a)) STORED;", 17, NULL},
    {"ALTER TABLE t ADD z int GENERATED ALWAYS AS (own(a)) VIRTUAL;", 18, "generation expression uses user-defined function"},
    {"ALTER TABLE t ADD z mood GENERATED ALWAYS AS ('ok') VIRTUAL;", 18, "virtual generated column \"z\" cannot have a user-defined type"},
    {"ALTER TABLE t ADD z int GENERATED ALWAYS AS (a) VIRTUAL UNIQUE;", 18, "unique constraints on virtual generated columns are not supported"},
    {"ALTER TABLE t ADD z int GENERATED ALWAYS AS (a) VIRTUAL;", 18, NULL},
    {"ALTER TABLE t ADD z int COLLATE \"C\";", 17, "collations are not supported by type integer"},
    {"ALTER TABLE t ADD z int DEFAULT true;", 17, "column \"z\" is of type integer but default expression is of type boolean"},
    {"ALTER TABLE t ADD z int DEFAULT '1';", 17, NULL},
    {"CREATE TABLE u (z int DEFAULT 1, y text COLLATE \"C\" DEFAULT now());", 17, NULL},
};
/* clang-format on */

#define CHECK_ALL(examples)                                                                        \
    refusal_examples_check(tables, examples, sizeof examples / sizeof *(examples))

static void
types_change_only_where_a_cast_is(void **state)
{
    (void)state;
    CHECK_ALL(types);
}

static void
columns_are_what_they_are(void **state)
{
    (void)state;
    CHECK_ALL(columns);
}

static void
definitions_do_not_contradict_themselves(void **state)
{
    (void)state;
    CHECK_ALL(definitions);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_change_only_where_a_cast_is),
        cmocka_unit_test(columns_are_what_they_are),
        cmocka_unit_test(definitions_do_not_contradict_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
