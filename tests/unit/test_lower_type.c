/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_enums(void **state)
{
    static const OpCase cases[] = {
        {"CREATE TYPE s.e AS ENUM ('a', 'b')",                  "CREATE_ENUM s.e values(a b)"           },
        {"ALTER TYPE e ADD VALUE 'c'",                          "ADD_ENUM_VALUE e values(c)"            },
        {"ALTER TYPE e ADD VALUE IF NOT EXISTS 'c' BEFORE 'a'",
         "ADD_ENUM_VALUE e if-exists values(c) other: a"                                                },
        {"ALTER TYPE e RENAME VALUE 'a' TO 'b'",                "RENAME_ENUM_VALUE e values(b) other: a"},
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_domains(void **state)
{
    static const OpCase cases[] = {
        {"CREATE DOMAIN s.d AS varchar(20) COLLATE \"C\" DEFAULT 'x' NOT NULL CONSTRAINT c CHECK "
         "(VALUE > 'a')",                                      "CREATE_DOMAIN s.d pg_catalog.varchar/20 not-null default{'x' ; constant} [ check named c "
         "(value) {VALUE > 'a' ; columns(value)} ]"                         },
        {"CREATE DOMAIN d int",                                         "CREATE_DOMAIN d pg_catalog.int4"     },
        {"ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID",
         "ALTER_DOMAIN d [ check named c (value) {VALUE > 0 ; columns(value)} not-valid ]"                    },
        {"ALTER DOMAIN d VALIDATE CONSTRAINT c",                        "ALTER_DOMAIN d [ check named c ]"    },
        {"ALTER DOMAIN d SET NOT NULL",                                 "ALTER_DOMAIN d not-null"             },
        {"ALTER DOMAIN d DROP NOT NULL",                                "ALTER_DOMAIN d"                      },
        {"ALTER DOMAIN d SET DEFAULT 3",                                "ALTER_DOMAIN d default{3 ; constant}"},
        {"ALTER DOMAIN d DROP DEFAULT",                                 "ALTER_DOMAIN d"                      },
        {"ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c CASCADE",          "ALTER_DOMAIN d if-exists cascade"    },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_types(void **state)
{
    static const OpCase cases[] = {
        {"CREATE TYPE s.c AS (a int, b text)",                "CREATE_TYPE s.c a pg_catalog.int4 b text"},
        {"CREATE TYPE r AS RANGE (subtype = float8)",         "CREATE_TYPE r"                           },
        {"CREATE TYPE base (INPUT = i, OUTPUT = o)",          "CREATE_TYPE base"                        },
        {"CREATE TYPE shell",                                 "CREATE_TYPE shell"                       },
        {"CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)",
         "CREATE_FUNCTION a immutable internal"                                                         },
        {"CREATE OPERATOR === (LEFTARG = a, FUNCTION = f)",   "NO_RELATION ==="                         },
        {"CREATE COLLATION c (locale = 'de')",                "NO_RELATION c"                           },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_functions(void **state)
{
    static const OpCase cases[] = {
        {"CREATE FUNCTION s.f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
         "CREATE_FUNCTION s.f immutable sql body: SELECT 1"                                                                                                        },
        {"CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $x$ BEGIN; RETURN NEW; END $x$ "
         "LANGUAGE plpgsql STABLE",                                            "CREATE_FUNCTION f if-exists stable plpgsql body:  BEGIN; RETURN NEW; END "},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'symbol'",
         "CREATE_FUNCTION f volatile c"                                                                                                                            },
        {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; "
         "END; SELECT 3",                                                      "CREATE_FUNCTION f volatile sql body: SELECT 1; SELECT CASE WHEN true THEN 2 "
         "END;\nSELECT"                                                                                                          },
        {"CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
         "CREATE_FUNCTION p volatile sql body: SELECT 1"                                                                                                           },
        {"DO 'BEGIN END'",                                                              "DO_BLOCK volatile body: BEGIN END"                                        },
        {"DO LANGUAGE plperl $$ x $$",                                                  "DO_BLOCK volatile plperl body:  x "                                       },
        {"CALL s.p(1)",                                                                 "CALL s.p"                                                                 },
        {"ALTER FUNCTION f() STABLE",                                                   "NO_RELATION"                                                              },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_schemas(void **state)
{
    static const OpCase cases[] = {
        {"CREATE SCHEMA IF NOT EXISTS s",                                       "CREATE_SCHEMA s if-exists"                                                                     },
        {"CREATE SCHEMA AUTHORIZATION bob",                                     "CREATE_SCHEMA bob"                                                                             },
        {"CREATE SCHEMA s CREATE TABLE t (a int PRIMARY KEY) CREATE INDEX i ON t (a) CREATE VIEW "
         "s.v AS SELECT 1 CREATE SEQUENCE q GRANT SELECT ON t TO bob", "CREATE_SCHEMA s | CREATE_TABLE s.t: a pg_catalog.int4 not-null [ primary-key (a) ] | "
         "CREATE_INDEX s.t named i btree ( a ) | CREATE_VIEW s.v | CREATE_SEQUENCE s.q | GRANT t"},
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enums),   cmocka_unit_test(test_domains),
        cmocka_unit_test(test_types),   cmocka_unit_test(test_functions),
        cmocka_unit_test(test_schemas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
