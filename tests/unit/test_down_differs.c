/* SPDX-License-Identifier: MIT */
/* What is said of a down file that does not undo its up. */
#include <string.h>

#include "support/lint_text.h"
#include "support/test.h"

static const char given[] =
    "CREATE TABLE p (id bigint PRIMARY KEY);\n"
    "CREATE TABLE t (id bigint PRIMARY KEY, a integer DEFAULT 1, b text NOT NULL,\n"
    "    CONSTRAINT c CHECK (a > 0));\n"
    "CREATE INDEX i ON t (a);\n"
    "CREATE VIEW v AS SELECT id FROM t;\n"
    "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
    "CREATE TYPE mood AS ENUM ('calm');\n";

/* NULL: nothing. */
static const struct {
    const char *up;
    const char *down;
    const char *difference;
} rows[] = {
    /* undone */
    {"CREATE TABLE n (id serial PRIMARY KEY, x text UNIQUE);",                     "DROP TABLE n;",                                                   NULL                                     },
    {"ALTER TABLE t ADD COLUMN x text;",                                           "ALTER TABLE t DROP COLUMN x;",                                    NULL                                     },
    {"DROP INDEX i;",                                                              "CREATE INDEX i ON t (a);",                                        NULL                                     },
    {"DROP VIEW v;",                                                               "CREATE VIEW v AS SELECT id FROM t;",                              NULL                                     },
    {"ALTER TABLE p RENAME TO q;",                                                 "ALTER TABLE q RENAME TO p;",                                      NULL                                     },
    {"ALTER TABLE t DROP CONSTRAINT c;",                                           "ALTER TABLE t ADD CONSTRAINT c CHECK ( (A>0) );",                 NULL                                     },
    {"ALTER TABLE t ALTER a TYPE bigint;",                                         "ALTER TABLE t ALTER a TYPE int4;",                                NULL                                     },
    {"ALTER TABLE t ALTER a SET DEFAULT 2;",                                       "ALTER TABLE t ALTER a SET DEFAULT 1;",                            NULL                                     },
    {"ALTER TYPE mood ADD VALUE 'busy';",                                          "SELECT 1;",                                                       NULL                                     },
    {"UPDATE t SET a = 2;",                                                        "SELECT 1;",                                                       NULL                                     },
    {"CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2';",
     "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS ' SELECT 1 ';",                                                                  NULL                                     },
    {"CREATE TEMP TABLE n (id bigint);",                                           "SELECT 1;",                                                       NULL                                     },
    /* not known */
    {"DO $$ BEGIN EXECUTE (SELECT b FROM t); END $$;",                             "DROP TABLE p;",                                                   NULL                                     },
    {"ALTER TABLE elsewhere ADD COLUMN x text;",                                   "SELECT 1;",                                                       NULL                                     },
    {"CREATE TABLE n (id bigint PRIMARY KEY);",                                    "DROP TABEL n;",                                                   NULL                                     },
    {"DROP TABLE elsewhere;",                                                      "CREATE TABLE elsewhere (id bigint PRIMARY KEY);",                 NULL                                     },
    {"DROP INDEX IF EXISTS j;",                                                    "CREATE INDEX j ON t (b);",                                        NULL                                     },
    {"ALTER TABLE t DROP COLUMN IF EXISTS x;",                                     "ALTER TABLE t ADD COLUMN x text;",                                NULL                                     },
    {"ALTER TABLE t DROP CONSTRAINT IF EXISTS x;",                                 "ALTER TABLE t ADD CONSTRAINT x CHECK (a < 9);",
     NULL                                                                                                                                                                                      },
    {"DROP TABLE p;",                                                              "-- lockstep: irreversible: it was empty\nSELECT 1;",              NULL                                     },
    /* meant to fail */
    {"DROP TABLE p;",                                                              "DO $$ BEGIN RAISE 'not to be undone'; END $$;",                   NULL                                     },
    {"DROP TABLE p;",                                                              "DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = 'no'; END $$;",       NULL                                     },
    {"DROP TABLE p;",                                                              "DO $$ BEGIN RAISE NOTICE 'done'; END $$;",                        "table public.p is lost"                 },
    {"DROP TABLE p;",                                                              "DO $$ BEGIN RAISE 'x'; EXCEPTION WHEN others THEN NULL; END $$;",
     "table public.p is lost"                                                                                                                                                                  },
    {"DROP TABLE p;",                                                              "DO $$ BEGIN IF false THEN RAISE 'x'; END IF; END $$;",
     "table public.p is lost"                                                                                                                                                                  },
    /* left */
    {"CREATE TABLE n (id serial PRIMARY KEY, x text UNIQUE);",                     "SELECT 1;",
     "table public.n is left"                                                                                                                                                                  },
    {"ALTER TABLE t ADD COLUMN x text;",                                           "SELECT 1;",                                                       "column public.t.x is left"              },
    {"CREATE INDEX j ON t (b);",                                                   "SELECT 1;",                                                       "index public.j is left"                 },
    {"CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1';",            "SELECT 1;",
     "function public.g is left"                                                                                                                                                               },
    {"CREATE DOMAIN d AS text;",                                                   "SELECT 1;",                                                       "domain public.d is left"                },
    {"CREATE SEQUENCE s;",                                                         "SELECT 1;",                                                       "sequence public.s is left"              },
    {"ALTER TABLE t ADD CONSTRAINT k UNIQUE (b);",                                 "SELECT 1;",                                                       "constraint k of public.t is left"       },
    {"CREATE POLICY y ON t USING (true);",                                         "SELECT 1;",                                                       "policy y of public.t is left"           },
    /* refused: it is mended first */
    {"ALTER TABLE t ADD COLUMN x text, ADD COLUMN y text;",
     "ALTER TABLE t DROP COLUMN x, DROP COLUMN z;",                                                                                                   NULL                                     },
    /* lost */
    {"DROP TABLE p;",                                                              "SELECT 1;",                                                       "table public.p is lost"                 },
    {"DROP VIEW v;",                                                               "SELECT 1;",                                                       "view public.v is lost"                  },
    {"ALTER TABLE t DROP COLUMN b;",                                               "SELECT 1;",                                                       "column public.t.b is lost"              },
    {"DROP TYPE mood;",                                                            "SELECT 1;",                                                       "type public.mood is lost"               },
    {"ALTER TABLE t DROP CONSTRAINT c;",                                           "SELECT 1;",                                                       "constraint c of public.t is lost"       },
    /* other than before */
    {"ALTER TABLE t ALTER a TYPE bigint;",                                         "ALTER TABLE t ALTER a TYPE smallint;",
     "column public.t.a has another type than before"                                                                                                                                          },
    {"ALTER TABLE t ALTER a DROP DEFAULT;",                                        "SELECT 1;",
     "column public.t.a has no default any more"                                                                                                                                               },
    {"ALTER TABLE t ALTER a SET DEFAULT 2;",                                       "SELECT 1;",
     "column public.t.a has another default than before"                                                                                                                                       },
    {"ALTER TABLE t DROP COLUMN b;",                                               "ALTER TABLE t ADD COLUMN b text;",
     "column public.t.b is no longer NOT NULL"                                                                                                                                                 },
    {"ALTER TABLE t ALTER a SET NOT NULL;",                                        "SELECT 1;",                                                       "column public.t.a is NOT NULL now"      },
    {"DROP INDEX i;",                                                              "CREATE UNIQUE INDEX i ON t (a);",
     "index public.i is another one than before"                                                                                                                                               },
    {"ALTER TABLE t DROP CONSTRAINT c;",                                           "ALTER TABLE t ADD CHECK (a > 0);",
     "constraint c of public.t is called t_a_check now"                                                                                                                                        },
    {"ALTER TABLE p RENAME TO q;",                                                 "SELECT 1;",                                                       "table public.p is still called public.q"},
    {"CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2';", "SELECT 1;",
     "function public.f has another body than before"                                                                                                                                          },
};

static const char *
find_difference(Arena *arena, const char *up, const char *down)
{
    static const char before[] = "the schema is not what it was before the up: ";
    StringList texts = {0};
    LIST_APPEND(arena, &texts, given);
    LIST_APPEND(arena, &texts, arena_printf(arena, "%s\n-- down\n%s\n", up, down));
    const LintResult result = lint_texts(arena, 17, &texts, 1);
    foreach (finding, &result.findings) {
        if (strcmp(finding->rule, FINDING_DOWN_DIFFERS) == 0)
            return finding->message + strlen(before);
    }
    return NULL;
}

static void
test_differences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        const char *found = find_difference(arena, rows[i].up, rows[i].down);
        const char *expected = rows[i].difference;
        if ((found == NULL) != (expected == NULL) ||
            (found != NULL && strcmp(found, expected) != 0))
            fail_msg("%s / %s: %s", rows[i].up, rows[i].down, found != NULL ? found : "nothing");
        arena_free(arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_differences)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
