/* SPDX-License-Identifier: MIT */
/* What the server refuses because of the transaction that a statement stands in. */
#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] = "CREATE TABLE t (id int PRIMARY KEY);"
                             "CREATE TABLE p (k int) PARTITION BY RANGE (k);"
                             "CREATE INDEX p_k ON p (k);";

static const struct {
    const char *text;
    int pg_version;
    const char *refusal; /* NULL for none */
} examples[] = {
    {"REINDEX TABLE p;",                                          17, NULL                                                 },
    {"BEGIN; REINDEX TABLE p; COMMIT;",                           17, "REINDEX TABLE cannot run inside a transaction block"},
    {"SELECT 1; REINDEX INDEX p_k;",                              14, "REINDEX INDEX cannot run inside a transaction block"},
    {"-- lockstep: no-transaction\nSELECT 1; REINDEX INDEX p_k;", 14, NULL                                                 },
    {"BEGIN; REINDEX TABLE t; COMMIT;",                           17, NULL                                                 },
    {"CLUSTER p USING p_k;",                                      14, "cannot cluster a partitioned table"                 },
    {"CLUSTER p USING p_k;",                                      15, NULL                                                 },
    {"BEGIN; CLUSTER p USING p_k; COMMIT;",                       15, "CLUSTER cannot run inside a transaction block"      },
    {"BEGIN; CLUSTER t USING t_pkey; COMMIT;",                    15, NULL                                                 },
    {"BEGIN; VACUUM t; COMMIT;",                                  17, "VACUUM cannot run between BEGIN and COMMIT"         },
    {"SAVEPOINT a; ROLLBACK TO a; RELEASE a;",                    17, NULL                                                 },
    {"SAVEPOINT a; RELEASE a; ROLLBACK TO a;",                    17, "savepoint \"a\" does not exist"                     },
    {"SAVEPOINT a; SAVEPOINT b; ROLLBACK TO a; RELEASE b;",       17, "savepoint \"b\" does not exist"                     },
};

static void
each_example_is_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        Arena *arena = arena_new();
        const char *refusal =
            explain_case_refusal(arena, examples[i].pg_version, tables, examples[i].text);
        if ((refusal == NULL) != (examples[i].refusal == NULL))
            fail_msg("%s\n  refusal: %s", examples[i].text, refusal != NULL ? refusal : "none");
        if (refusal != NULL)
            assert_string_equal(refusal, examples[i].refusal);
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
