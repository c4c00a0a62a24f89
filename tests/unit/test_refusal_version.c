/* SPDX-License-Identifier: MIT */
/* What a server version does not have: which one is the first with it, and what it is called. */
#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] = "CREATE TABLE t (id int PRIMARY KEY, a int, b text);"
                             "CREATE TABLE own (old int, new int);"
                             "CREATE FUNCTION casefold(text) RETURNS text LANGUAGE sql AS '';";

typedef struct Example {
    const char *text;
    int since; /* the first version without a refusal */
    const char *what;
} Example;

static const Example examples[] = {
    {"MERGE INTO t USING own ON id = old WHEN MATCHED THEN DO NOTHING;",               15, "MERGE"                                         },
    {"MERGE INTO t USING own ON id = old WHEN NOT MATCHED BY SOURCE THEN DELETE;",     17,
     "WHEN NOT MATCHED BY SOURCE"                                                                                                          },
    {"MERGE INTO t USING own ON id = old WHEN NOT MATCHED BY TARGET THEN DO NOTHING;", 17,
     "WHEN NOT MATCHED BY TARGET"                                                                                                          },
    {"MERGE INTO t USING own ON id = old WHEN MATCHED THEN DELETE RETURNING id;",      17,
     "MERGE … RETURNING"                                                                                                                   },
    {"CREATE TABLE x (a int UNIQUE NULLS DISTINCT);",                                  15, "NULLS [NOT] DISTINCT"                          },
    {"CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT;",                               15, "NULLS [NOT] DISTINCT"                          },
    {"CREATE TABLE x (a text, CHECK (a <> 'NULLS DISTINCT'), UNIQUE (a));",            14, NULL                                            },
    {"CREATE TABLE x (a int, FOREIGN KEY (a) REFERENCES t ON DELETE SET NULL (a));",   15,
     "columns behind ON DELETE SET NULL or SET DEFAULT"                                                                                    },
    {"ALTER TABLE t SET ACCESS METHOD heap;",                                          15, "SET ACCESS METHOD"                             },
    {"ALTER TABLE t SET ACCESS METHOD DEFAULT;",                                       17, "SET ACCESS METHOD DEFAULT"                     },
    {"ALTER TABLE t ADD c text STORAGE plain;",                                        16, "STORAGE in a column's definition"              },
    {"ALTER TABLE t ADD c int GENERATED ALWAYS AS (a);",                               18, "a virtual generated column"                    },
    {"ALTER TABLE t ADD c int GENERATED ALWAYS AS (a) STORED;",                        14, NULL                                            },
    {"ALTER TABLE t ADD NOT NULL a;",                                                  18, "NOT NULL as a table constraint"                },
    {"CREATE TABLE x (a int CONSTRAINT there NOT NULL);",                              14, NULL                                            },
    {"ALTER TABLE t ADD CHECK (a > 0) ENFORCED;",                                      18, "ENFORCED"                                      },
    {"CREATE TABLE x (enforced int, CHECK (enforced > 0));",                           14, NULL                                            },
    {"ALTER TABLE t ADD CHECK (a > 0) NOT ENFORCED;",                                  18, "NOT ENFORCED"                                  },
    {"INSERT INTO t VALUES (1) RETURNING new.a;",                                      18, "OLD and NEW in RETURNING"                      },
    {"INSERT INTO t AS new VALUES (1) RETURNING new.a;",                               14, NULL                                            },
    {"UPDATE own SET old = 1 RETURNING old, new;",                                     14, NULL                                            },
    {"SELECT * FROM (SELECT 1);",                                                      16, "a subquery in FROM without an alias"           },
    {"SELECT 1 WHERE '{}' IS JSON;",                                                   16, "IS JSON"                                       },
    {"CREATE VIEW x AS SELECT JSON_ARRAY(1);",                                         16, "JSON_ARRAY"                                    },
    {"ALTER TABLE t ADD CHECK (b IS JSON);",                                           16, "IS JSON"                                       },
    {"ALTER TABLE t ADD c int DEFAULT 1_000;",                                         16, "a number with a base or underscores"           },
    {"INSERT INTO t VALUES (0x1F);",                                                   16, "a number with a base or underscores"           },
    {"INSERT INTO t VALUES (1, 2, '0x1F 1_000');",                                     14, NULL                                            },
    {"ALTER TABLE t ADD c numeric(3, -2);",                                            15, "a numeric scale below 0 or above the precision"},
    {"VACUUM ONLY t;",                                                                 18, "ONLY in VACUUM and ANALYZE"                    },
    {"VACUUM (PROCESS_MAIN) t;",                                                       16, "VACUUM (PROCESS_MAIN)"                         },
    {"REINDEX DATABASE;",                                                              16, "REINDEX DATABASE without a name"               },
    {"CREATE STATISTICS ON a, b FROM t;",                                              16, "CREATE STATISTICS without a name"              },
    {"CREATE VIEW x WITH (security_invoker) AS SELECT 1;",                             15, "security_invoker"                              },
    {"COPY t FROM '/x' (HEADER);",                                                     15, "HEADER in COPY's text format"                  },
    {"COPY t FROM '/x' (FORMAT csv, HEADER);",                                         14, NULL                                            },
    {"COPY t FROM '/x' (FORMAT csv, FORCE_NULL *);",                                   17,
     "COPY with FORCE_NULL or FORCE_NOT_NULL for all columns"                                                                              },
    {"CREATE PUBLICATION p FOR TABLE t WHERE (a > 0);",                                15, "a publication's row filter"                    },
    {"CREATE PUBLICATION p FOR TABLE t (id);",                                         15, "a publication's column list"                   },
    {"GRANT MAINTAIN ON t TO public;",                                                 17, "the privilege MAINTAIN"                        },
    {"CREATE TABLE x (a int) PARTITION BY RANGE (a) USING heap;",                      17,
     "USING for a partitioned table"                                                                                                       },
    {"SELECT pg_catalog.uuidv7();",                                                    18, NULL                                            },
    {"ALTER TABLE t ADD c uuid DEFAULT uuidv7();",                                     18, NULL                                            },
    {"SELECT random();",                                                               14, NULL                                            },
    {"SELECT random(1, 2);",                                                           17, NULL                                            },
    {"SELECT casefold(b) FROM t;",                                                     14, NULL                                            },
};

static void
judge(const Example *example, int version)
{
    Arena *arena = arena_new();
    const char *refusal = explain_case_refusal(arena, version, tables, example->text);
    if ((refusal != NULL) != (version < example->since))
        fail_msg("%s on %d\n  refusal: %s", example->text, version,
                 refusal != NULL ? refusal : "none");
    if (refusal != NULL && example->what != NULL)
        assert_string_equal(refusal, arena_printf(arena, "%s is new in PostgreSQL %d",
                                                  example->what, example->since));
    arena_free(arena);
}

static void
each_version_takes_what_it_has(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        for (int version = 14; version <= 18; version++)
            judge(&examples[i], version);
    }
}

static void
a_function_may_be_gone(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *text = "SELECT pg_start_backup('x');";
    assert_null(explain_case_refusal(arena, 14, tables, text));
    assert_string_equal(
        explain_case_refusal(arena, 15, tables, text),
        "function pg_start_backup does not exist: PostgreSQL 14 was the last with it");
    arena_free(arena);
}

/* Without a schema file it may have been made by somebody else. */
static void
a_function_may_come_from_before(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_null(explain_case_refusal(arena, 14, NULL, "SELECT uuidv7();"));
    assert_non_null(explain_case_refusal(arena, 14, NULL, "SELECT pg_catalog.uuidv7();"));
    arena_free(arena);
}

static void
nothing_runs_on_a_schema_that_cannot_be(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    static const char schema[] = "CREATE TABLE x (a int UNIQUE NULLS NOT DISTINCT);";
    assert_string_equal(explain_case_refusal(arena, 14, schema, "DROP TABLE x;"),
                        "in the schema file, NULLS [NOT] DISTINCT is new in PostgreSQL 15");
    assert_null(explain_case_refusal(arena, 15, schema, "DROP TABLE x;"));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_version_takes_what_it_has),
        cmocka_unit_test(a_function_may_be_gone),
        cmocka_unit_test(a_function_may_come_from_before),
        cmocka_unit_test(nothing_runs_on_a_schema_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
