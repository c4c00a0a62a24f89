/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TYPE mood AS ENUM ('a', 'b');"
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE FUNCTION g(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';"
    "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), b varchar(9), c varchar(9), m mood,"
    " d int DEFAULT g(1), e int GENERATED ALWAYS AS (id * 2) STORED, z varchar(9));"
    "CREATE TABLE u (id int PRIMARY KEY, t_id int REFERENCES t, z varchar(9));"
    "CREATE VIEW v AS SELECT x.a FROM t x, u WHERE u.t_id = x.id;"
    "CREATE VIEW w AS WITH n AS (SELECT 1 AS z) SELECT z FROM n;"
    "CREATE VIEW deep AS SELECT s.q FROM (SELECT b AS q FROM t) s;"
    "CREATE TRIGGER tr BEFORE UPDATE OF c ON t FOR EACH ROW EXECUTE FUNCTION f();"
    "CREATE POLICY po ON u USING (EXISTS (SELECT FROM t WHERE t.id = t_id));";

static const RefusalExample examples[] = {
    {"DROP TABLE t;",                                                                          17, "cannot drop table t because other objects depend on it"        },
    {"DROP TABLE u;",                                                                          17, "cannot drop table u because other objects depend on it"        },
    {"DROP VIEW v, deep; DROP TABLE u, t;",                                                    17, NULL                                                            },
    {"DROP TABLE t CASCADE;",                                                                  17, NULL                                                            },
    {"DROP TYPE mood;",                                                                        17, "cannot drop type mood because other objects depend on it"      },
    {"ALTER TABLE t DROP m; DROP TYPE mood;",                                                  17, NULL                                                            },
    {"DROP FUNCTION f();",                                                                     17, "cannot drop function f() because other objects depend on it"   },
    {"DROP TRIGGER tr ON t; DROP FUNCTION f();",                                               17, NULL                                                            },
    {"CREATE FUNCTION g(text) RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION g(text);", 17,
     NULL                                                                                                                                                          },
    {"ALTER TABLE t ALTER d DROP DEFAULT; DROP FUNCTION g(int);",                              17, NULL                                                            },
    {"ALTER TABLE t DROP a;",                                                                  17,
     "cannot drop column a of table t because other objects depend on it"                                                                                          },
    {"ALTER TABLE t DROP b;",                                                                  17,
     "cannot drop column b of table t because other objects depend on it"                                                                                          },
    {"ALTER TABLE t DROP z;",                                                                  17, NULL                                                            },
    {"ALTER TABLE u DROP z;",                                                                  17, NULL                                                            },
    {"ALTER TABLE t RENAME a TO n; ALTER TABLE t DROP n;",                                     17,
     "cannot drop column n of table t because other objects depend on it"                                                                                          },
    {"ALTER TABLE t ALTER a TYPE text;",                                                       17,
     "cannot alter type of a column used by a view or rule"                                                                                                        },
    {"ALTER TABLE t ALTER c TYPE text;",                                                       17,
     "cannot alter type of a column used in a trigger definition"                                                                                                  },
    {"ALTER TABLE u ALTER t_id TYPE bigint;",                                                  17,
     "cannot alter type of a column used by a view or rule"                                                                                                        },
    {"DROP VIEW v; ALTER TABLE u ALTER t_id TYPE bigint;",                                     17,
     "cannot alter type of a column used in a policy definition"                                                                                                   },
    {"ALTER TABLE t ALTER z TYPE text;",                                                       17, NULL                                                            },
    {"DROP INDEX t_pkey;",                                                                     17,
     "cannot drop index t_pkey because constraint t_pkey on table t requires it"                                                                                   },
    {"TRUNCATE t;",                                                                            17, "cannot truncate a table referenced in a foreign key constraint"},
    {"TRUNCATE t, u;",                                                                         17, NULL                                                            },
    {"CREATE OR REPLACE VIEW v AS SELECT b FROM t;",                                           17,
     "cannot change name of view column \"a\" to \"b\""                                                                                                            },
    {"CREATE OR REPLACE VIEW v AS SELECT a, b FROM t;",                                        17, NULL                                                            },
    {"CREATE SCHEMA s; CREATE TABLE s.x (a int); DROP SCHEMA s;",                              17,
     "cannot drop schema s because other objects depend on it"                                                                                                     },
    {"CREATE SCHEMA s; DROP SCHEMA s;",                                                        17, NULL                                                            },
};

static void
each_example_is_judged(void **state)
{
    (void)state;
    refusal_examples_check(tables, examples, sizeof examples / sizeof *examples);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
