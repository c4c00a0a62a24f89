/* SPDX-License-Identifier: MIT */
/* What is not there, is there already, or is something else. */
#include <string.h>

#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] =
    "CREATE SCHEMA other;"
    "CREATE TABLE t (id int PRIMARY KEY, a int, c int, CONSTRAINT ck CHECK (a > 0));"
    "CREATE INDEX t_a ON t (a); CREATE TABLE u (id int PRIMARY KEY);"
    "CREATE VIEW v AS SELECT a FROM t; CREATE SEQUENCE s;"
    "CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int;";

static const struct {
    const char *text;
    const char *refusal; /* NULL for none */
} examples[] = {
    {"DROP TABLE nope;",                                                 "table \"nope\" does not exist"                           },
    {"DROP TABLE other.nope;",                                           "table \"other.nope\" does not exist"                     },
    {"DROP TABLE IF EXISTS nope;",                                       NULL                                                      },
    {"DROP TABLE v;",                                                    "\"v\" is not a table"                                    },
    {"DROP VIEW t;",                                                     "\"t\" is not a view"                                     },
    {"DROP INDEX nope;",                                                 "index \"nope\" does not exist"                           },
    {"TRUNCATE v;",                                                      "\"v\" is not a table"                                    },
    {"REINDEX INDEX t;",                                                 "\"t\" is not an index"                                   },
    {"ALTER TABLE nope ADD x int;",                                      "relation \"nope\" does not exist"                        },
    {"ALTER TABLE IF EXISTS nope ADD x int;",                            NULL                                                      },
    {"ALTER TABLE IF EXISTS nope DROP COLUMN x;",                        NULL                                                      },
    {"ALTER TABLE v ADD x int;",                                         "\"v\" is a view: ADD COLUMN is not for it"               },
    {"ALTER TABLE v ALTER a SET DEFAULT 1;",                             NULL                                                      },
    {"SELECT * FROM nope;",                                              "relation \"nope\" does not exist"                        },
    {"SELECT * FROM pg_class, information_schema.tables;",               NULL                                                      },
    {"WITH nope AS (SELECT 1) SELECT * FROM nope;",                      NULL                                                      },
    {"CREATE VIEW x AS SELECT * FROM nope;",                             "relation \"nope\" does not exist"                        },
    {"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES nope;",               "relation \"nope\" does not exist"                        },
    {"CREATE TABLE x (id int PRIMARY KEY, up int REFERENCES x);",        NULL                                                      },
    {"CREATE TABLE public.x (id int PRIMARY KEY, up int REFERENCES x);", NULL                                                      },
    {"CREATE TABLE t (a int);",                                          "relation \"t\" already exists"                           },
    {"CREATE TABLE IF NOT EXISTS t (a int);",                            NULL                                                      },
    {"CREATE TABLE other.t (a int);",                                    NULL                                                      },
    {"CREATE TEMP TABLE t (a int);",                                     NULL                                                      },
    {"SET search_path = other, public; CREATE TABLE t (a int);",         NULL                                                      },
    {"CREATE OR REPLACE VIEW t AS SELECT 1;",                            "\"t\" is not a view"                                     },
    {"CREATE INDEX t_a ON t (c);",                                       "relation \"t_a\" already exists"                         },
    {"CREATE INDEX IF NOT EXISTS t_a ON t (c);",                         NULL                                                      },
    {"CREATE INDEX x ON t (nope);",                                      "column \"nope\" does not exist"                          },
    {"ALTER TABLE t RENAME TO u;",                                       "relation \"u\" already exists"                           },
    {"ALTER TABLE t ADD a int;",                                         "column \"a\" of relation \"t\" already exists"           },
    {"ALTER TABLE t ADD IF NOT EXISTS a int;",                           NULL                                                      },
    {"ALTER TABLE t ADD ctid int;",                                      "column name \"ctid\" conflicts with a system column name"},
    {"ALTER TABLE t DROP nope;",                                         "column \"nope\" of relation \"t\" does not exist"        },
    {"ALTER TABLE t DROP IF EXISTS nope;",                               NULL                                                      },
    {"ALTER TABLE t ADD x int, ALTER x DROP DEFAULT;",
     "column \"x\" of relation \"t\" does not exist"                                                                               },
    {"ALTER TABLE t ADD x int, ALTER x SET DEFAULT 1;",                  NULL                                                      },
    {"ALTER TABLE t RENAME nope TO x;",                                  "column \"nope\" does not exist"                          },
    {"ALTER TABLE t RENAME a TO c;",                                     "column \"c\" of relation \"t\" already exists"           },
    {"ALTER TABLE t DROP CONSTRAINT nope;",                              "constraint \"nope\" of relation \"t\" does not exist"    },
    {"ALTER TABLE t DROP CONSTRAINT ck;",                                NULL                                                      },
    {"ALTER TABLE t ADD CONSTRAINT ck CHECK (c > 0);",
     "constraint \"ck\" for relation \"t\" already exists"                                                                         },
    {"ALTER TABLE t ADD UNIQUE (nope);",                                 "column \"nope\" named in key does not exist"             },
    {"CREATE TABLE x (a int, a int);",                                   "column \"a\" specified more than once"                   },
    {"ALTER TYPE e ADD VALUE 'a';",                                      "enum label \"a\" already exists"                         },
    {"ALTER TYPE e ADD VALUE IF NOT EXISTS 'a';",                        NULL                                                      },
    {"CREATE TYPE d AS ENUM ('x');",                                     "type \"d\" already exists"                               },
    {"CREATE DOMAIN t AS int;",                                          "type \"t\" already exists"                               },
    {"CREATE EXTENSION postgis; SELECT * FROM spatial_ref_sys;",         NULL                                                      },
    {"CREATE EXTENSION pgcrypto; SELECT * FROM nope;",                   "relation \"nope\" does not exist"                        },
    {"CREATE TABLE x (a int); DROP TABLE x; CREATE TABLE x (b int);",    NULL                                                      },
};

static void
each_example_is_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        Arena *arena = arena_new();
        const char *refusal = explain_case_refusal(arena, 17, tables, examples[i].text);
        if ((refusal == NULL) != (examples[i].refusal == NULL))
            fail_msg("%s\n  refusal: %s", examples[i].text, refusal != NULL ? refusal : "none");
        if (refusal != NULL)
            assert_string_equal(refusal, examples[i].refusal);
        arena_free(arena);
    }
}

/* Without a schema file, what no file makes may be there all the same. */
static void
the_history_may_have_begun_before(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_null(explain_case_refusal(arena, 17, NULL, "DROP TABLE nope; SELECT * FROM nope;"));
    assert_null(explain_case_refusal(arena, 17, NULL, "ALTER TABLE nope DROP COLUMN x;"));
    assert_non_null(
        explain_case_refusal(arena, 17, NULL, "CREATE TABLE t (a int); CREATE TABLE t (a int);"));
    arena_free(arena);
}

/* What it has made and dropped itself is known to be gone. */
static void
what_the_history_has_dropped_is_gone(void **state)
{
    static const struct {
        const char *text;
        const char *refusal;
    } cases[] = {
        {"CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t DROP COLUMN a; "
         "DROP INDEX i;",                                                           "index \"i\" does not exist"},
        {"CREATE TABLE t (a int); ALTER TABLE t RENAME TO u; ALTER TABLE t ADD b int;",
         "relation \"t\" does not exist"                                                                                 },
        {"CREATE TABLE t (a int); DROP TABLE t; DROP TABLE t;",                              "table \"t\" does not exist"},
        {"CREATE TABLE t (a int); DROP TABLE t; DROP TABLE IF EXISTS t;",                    NULL                        },
        {"CREATE TABLE t (a int); DROP TABLE t; CREATE TABLE t (a int); DROP TABLE t;",      NULL                        },
        {"DROP TABLE t; ALTER TABLE t ADD b int;",                                           NULL                        },
        {"CREATE TEMP TABLE t (a int); DROP TABLE t; ALTER TABLE t ADD b int;",              NULL                        },
        {"CREATE TABLE t (a int); DROP TABLE t; SET search_path = x, public; DROP TABLE t;", NULL                        },
        {"CREATE TABLE t (a int); DROP TABLE t; DO $$ BEGIN EXECUTE current_setting('a.b'); END "
         "$$; "
         "DROP TABLE t;",                                                           NULL                        },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *refusal = explain_case_refusal(arena, 17, NULL, cases[i].text);
        if (refusal == NULL ? cases[i].refusal != NULL
                            : cases[i].refusal == NULL || strcmp(refusal, cases[i].refusal) != 0)
            fail_msg("%s\n  refusal: %s", cases[i].text, refusal != NULL ? refusal : "none");
        arena_free(arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_judged),
        cmocka_unit_test(the_history_may_have_begun_before),
        cmocka_unit_test(what_the_history_has_dropped_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
