/* SPDX-License-Identifier: MIT */
/* The SELECT that a finding carries: what it is for each operation, and when there is none. */
#include <string.h>

#include "support/lint_text.h"
#include "support/test.h"

static const char given[] =
    "CREATE TABLE p (id bigint PRIMARY KEY, a integer, b integer, UNIQUE (a, b));\n"
    "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer, \"C\" text, n numeric(12, 4),\n"
    "    big bigint, at timestamptz,\n"
    "    CONSTRAINT later CHECK (a > 0) NOT VALID);\n";

/* NULL: the finding has none. */
static const struct {
    const char *statement;
    const char *query;
} rows[] = {
    {"ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
     "SELECT count(*) FROM public.t WHERE a IS NULL;"                                                 },
    {"ALTER TABLE t ALTER COLUMN \"C\" SET NOT NULL;",
     "SELECT count(*) FROM public.t WHERE \"C\" IS NULL;"                                             },
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a < b);",
     "SELECT count(*) FROM public.t WHERE NOT (a < b);"                                               },
    {"ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b);",
     "SELECT a, b, count(*) FROM public.t WHERE a IS NOT NULL AND b IS NOT NULL\n"
     "GROUP BY a, b HAVING count(*) > 1;"                                                             },
    {"ALTER TABLE t ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a);",
     "SELECT a, count(*) FROM public.t\nGROUP BY a HAVING count(*) > 1;"                              },
    {"ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a);",
     "SELECT a, count(*) FROM public.t\nGROUP BY a HAVING count(*) > 1 OR a IS NULL;"                 },
    {"ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (big) REFERENCES p;",
     "SELECT count(*) FROM public.t AS child\nWHERE child.big IS NOT NULL\n"
     "    AND NOT EXISTS (SELECT FROM public.p AS parent WHERE parent.id = child.big);"               },
    {"ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (a, b);",
     "SELECT count(*) FROM public.t AS child\nWHERE child.a IS NOT NULL AND child.b IS NOT NULL\n"
     "    AND NOT EXISTS (SELECT FROM public.p AS parent WHERE parent.a = child.a AND "
     "parent.b = child.b);"                                                                           },
    {"CREATE UNIQUE INDEX i ON t (a);",
     "SELECT a, count(*) FROM public.t WHERE a IS NOT NULL\nGROUP BY a HAVING count(*) > 1;"          },
    {"CREATE UNIQUE INDEX i ON t (lower(\"C\"), a);",
     "SELECT (lower(\"C\")), a, count(*) FROM public.t WHERE (lower(\"C\")) IS NOT NULL AND "
     "a IS NOT NULL\nGROUP BY (lower(\"C\")), a HAVING count(*) > 1;"                                 },
    {"CREATE UNIQUE INDEX i ON t (a) WHERE b = 1 OR b = 2;",
     "SELECT a, count(*) FROM public.t WHERE (b = 1 OR b = 2) AND a IS NOT NULL\nGROUP BY a HAVING "
     "count(*) > 1;"                                                                                  },
    {"CREATE UNIQUE INDEX i ON t (\"C\" COLLATE \"C\") NULLS NOT DISTINCT WHERE b = 1;",
     "SELECT \"C\" COLLATE \"C\", count(*) FROM public.t WHERE (b = 1)\nGROUP BY \"C\" COLLATE "
     "\"C\" "
     "HAVING count(*) > 1;"                                                                           },
    {"ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH =, int4range(a, b) WITH &&);",
     "WITH keys AS (SELECT ctid AS place, a AS k1, (int4range(a, b)) AS k2 FROM public.t)\n"
     "SELECT count(*) FROM keys AS a JOIN keys AS b ON a.place < b.place AND a.k1 = b.k1 AND "
     "a.k2 && b.k2;"                                                                                  },
    {"ALTER TABLE t ADD EXCLUDE USING gist ((a + b) WITH OPERATOR(pg_catalog.=)) WHERE (a > 0);",
     "WITH keys AS (SELECT ctid AS place, (a + b) AS k1 FROM public.t WHERE a > 0)\n"
     "SELECT count(*) FROM keys AS a JOIN keys AS b ON a.place < b.place AND a.k1 "
     "OPERATOR(pg_catalog.=) b.k1;"                                                                   },
    {"CREATE INDEX i ON t (a);",                                                                  NULL},
    {"LOCK TABLE t IN SHARE MODE; ALTER TABLE t VALIDATE CONSTRAINT later;",
     "SELECT count(*) FROM public.t WHERE NOT (a > 0);"                                               },
    {"ALTER TABLE t ALTER COLUMN big TYPE integer;",
     "SELECT count(*) FROM public.t WHERE big NOT BETWEEN -2147483648 AND 2147483647;"                },
    {"ALTER TABLE t ALTER COLUMN \"C\" TYPE varchar(5);",
     "SELECT count(*) FROM public.t WHERE char_length(\"C\") > 5;"                                    },
    {"ALTER TABLE t ALTER COLUMN n TYPE numeric(8, 2);",
     "SELECT count(*) FROM public.t WHERE abs(n) >= 10::numeric ^ 6 OR n <> round(n, 2);"             },
    {"ALTER TABLE t ALTER COLUMN at TYPE date;",
     "SELECT count(*) FROM public.t WHERE at <> at::date;"                                            },
    {"ALTER TABLE t ALTER COLUMN a TYPE bigint;",                                                 NULL},
    /* What nobody could ask before the file runs. */
    {"ALTER TABLE t ADD COLUMN z integer, ADD CONSTRAINT u UNIQUE (z);",                          NULL},
    {"ALTER TABLE t ADD COLUMN z integer; ALTER TABLE t ADD CHECK (z > a);",                      NULL},
    {"ALTER TABLE t ADD COLUMN z integer; CREATE UNIQUE INDEX i ON t (a) WHERE z = 1;",           NULL},
    {"ALTER TABLE t RENAME TO renamed; ALTER TABLE renamed ADD CHECK (a > 0);",                   NULL},
    {"CREATE TABLE q (id bigint PRIMARY KEY); ALTER TABLE t ADD FOREIGN KEY (big) REFERENCES q;",
     NULL                                                                                             },
    {"ALTER TABLE unknown ADD COLUMN z integer; ALTER TABLE unknown ALTER z SET NOT NULL;",       NULL},
    {"ALTER TABLE unknown ALTER z SET NOT NULL;",
     "SELECT count(*) FROM public.unknown WHERE z IS NULL;"                                           },
    {"ALTER TABLE unknown ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES elsewhere;",                NULL},
};

static const char *
find_preflight(Arena *arena, const char *statement)
{
    StringList texts = {0};
    LIST_APPEND(arena, &texts, given);
    LIST_APPEND(arena, &texts, statement);
    const LintResult result = lint_texts(arena, 17, &texts, 1);
    foreach (finding, &result.findings) {
        if (finding->preflight != NULL)
            return finding->preflight;
    }
    return NULL;
}

static void
test_query(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        const char *found = find_preflight(arena, rows[i].statement);
        const char *expected = rows[i].query;
        if ((found == NULL) != (expected == NULL) ||
            (found != NULL && strcmp(found, expected) != 0))
            fail_msg("%s: %s", rows[i].statement, found != NULL ? found : "nothing");
        arena_free(arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_query)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
