/* SPDX-License-Identifier: MIT */
/* Refusals of what changes how a relation is stored: those that are certain, and none where the
 * history does not show enough. */
#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] = "CREATE TABLE t (id int PRIMARY KEY, a int);"
                             "CREATE INDEX t_a ON t (a);"
                             "CREATE TABLE p (k int) PARTITION BY RANGE (k);"
                             "CREATE TABLE r (id int REFERENCES t);"
                             "CREATE VIEW v AS SELECT id FROM t;";

typedef struct Example {
    const char *text;
    int pg_version;
    const char *refusal; /* NULL for none */
} Example;

static const Example examples[] = {
    {"ALTER TABLE t SET UNLOGGED;",                                    17,
     "could not change table \"t\" to unlogged because it references logged table \"r\""                                           },
    {"ALTER TABLE r SET UNLOGGED;",                                    17, NULL                                                    },
    {"CREATE TEMP TABLE x (a int); ALTER TABLE x SET LOGGED;",         17,
     "cannot change logged status of table \"x\" because it is temporary"                                                          },
    {"ALTER TABLE unseen SET UNLOGGED;",                               17, "relation \"unseen\" does not exist"                    },
    {"ALTER TABLE v SET LOGGED;",                                      17,
     "ALTER action SET LOGGED cannot be performed on relation \"v\""                                                               },
    {"ALTER TABLE v SET LOGGED;",                                      14, "\"v\" is not a table"                                  },
    {"ALTER TABLE v SET TABLESPACE x;",                                14,
     "\"v\" is not a table, materialized view, index, or partitioned index"                                                        },
    {"ALTER TABLE p SET ACCESS METHOD heap;",                          16,
     "cannot change access method of a partitioned table"                                                                          },
    {"ALTER TABLE p SET ACCESS METHOD heap;",                          17, NULL                                                    },
    {"REINDEX TABLE p;",                                               17, NULL                                                    },
    {"BEGIN; REINDEX TABLE p; COMMIT;",                                17, "REINDEX TABLE cannot run inside a transaction block"   },
    {"CLUSTER t;",                                                     17, "there is no previously clustered index for table \"t\""},
    {"ALTER TABLE t CLUSTER ON t_a; CLUSTER t;",                       17, NULL                                                    },
    {"CLUSTER unseen USING unseen_a;",                                 17, "relation \"unseen\" does not exist"                    },
    {"CREATE EXTENSION bloom; CREATE INDEX ON t USING bloom (id, a);", 17, NULL                                                    },
};

static void
each_example_is_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const Example *example = &examples[i];
        Arena *arena = arena_new();
        const char *refusal =
            explain_case_refusal(arena, example->pg_version, tables, example->text);
        if (example->refusal == NULL && refusal != NULL)
            fail_msg("%s\n  refused: %s", example->text, refusal);
        if (example->refusal != NULL && refusal == NULL)
            fail_msg("%s\n  not refused", example->text);
        if (example->refusal != NULL)
            assert_string_equal(refusal, example->refusal);
        arena_free(arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
