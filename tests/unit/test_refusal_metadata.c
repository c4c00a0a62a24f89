/* SPDX-License-Identifier: MIT */
/* Refusals of what is said about relations: comments, privileges, statistics, VACUUM. */
#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] = "CREATE TABLE t (id int PRIMARY KEY, a int, b text);"
                             "CREATE INDEX t_a ON t (a);"
                             "CREATE INDEX t_b ON t (b);"
                             "CREATE VIEW v AS SELECT id FROM t;"
                             "CREATE SEQUENCE q;"
                             "CREATE TYPE pair AS (x int, y int);";

typedef struct Example {
    const char *text;
    int pg_version;
    const char *refusal; /* NULL for none */
} Example;

/* clang-format off */
static const Example examples[] = {
    {"COMMENT ON TABLE t IS 'x';", 17, NULL},
    {"COMMENT ON TABLE v IS 'x';", 17, "\"v\" is not a table"},
    {"COMMENT ON VIEW t IS 'x';", 17, "\"t\" is not a view"},
    {"COMMENT ON INDEX t_a IS 'x';", 17, NULL},
    {"COMMENT ON INDEX q IS 'x';", 17, "\"q\" is not an index"},
    {"COMMENT ON TABLE unseen IS 'x';", 17, "relation \"unseen\" does not exist"},
    {"COMMENT ON COLUMN t.a IS 'x';", 17, NULL},
    {"COMMENT ON COLUMN v.id IS 'x';", 17, NULL},
    {"COMMENT ON COLUMN pair.x IS 'x';", 17, NULL},
    {"COMMENT ON COLUMN t.z IS 'x';", 17, "column \"z\" of relation \"t\" does not exist"},
    {"COMMENT ON COLUMN t_a.a IS 'x';", 17, "cannot set comment on relation \"t_a\""},
    {"COMMENT ON CONSTRAINT t_pkey ON t IS 'x';", 17, NULL},
    {"COMMENT ON CONSTRAINT z ON t IS 'x';", 17, "constraint \"z\" for table \"t\" does not exist"},
    {"COMMENT ON CONSTRAINT t_id_not_null ON t IS 'x';", 18, NULL},
    {"COMMENT ON TRIGGER z ON t IS 'x';", 17, "trigger \"z\" for table \"t\" does not exist"},
    {"GRANT SELECT ON t TO PUBLIC;", 17, NULL},
    {"GRANT USAGE ON q TO PUBLIC;", 17, NULL},
    {"GRANT USAGE ON t TO PUBLIC;", 17, "invalid privilege type USAGE for table"},
    {"GRANT SELECT ON SEQUENCE t TO PUBLIC;", 17, "\"t\" is not a sequence"},
    {"GRANT SELECT (a) ON t TO PUBLIC;", 17, NULL},
    {"GRANT SELECT (z) ON t TO PUBLIC;", 17, "column \"z\" of relation \"t\" does not exist"},
    {"CREATE STATISTICS s ON a, b FROM t;", 17, NULL},
    {"CREATE STATISTICS s ON (a + 1) FROM t;", 17, NULL},
    {"CREATE STATISTICS s ON a FROM t;", 17, "extended statistics require at least 2 columns"},
    {"CREATE STATISTICS s ON a, a FROM t;", 17, "duplicate column name in statistics definition"},
    {"CREATE STATISTICS s ON a, z FROM t;", 17, "column \"z\" does not exist"},
    {"CREATE STATISTICS s ON a, ctid FROM t;", 17,
     "statistics creation on system columns is not supported"},
    {"CREATE STATISTICS s (odd) ON a, b FROM t;", 17, "unrecognized statistics kind \"odd\""},
    {"CREATE STATISTICS s (mcv) ON (a + 1) FROM t;", 17,
     "when building statistics on a single expression, statistics kinds may not be specified"},
    {"ALTER TABLE t RESET (fillfactor = 3);", 17, "RESET must not include values for parameters"},
    {"ALTER TABLE t RESET (fillfactor);", 17, NULL},
    {"DROP INDEX CONCURRENTLY t_a, t_b;", 17,
     "DROP INDEX CONCURRENTLY does not support dropping multiple objects"},
    {"VACUUM (ANALYZE) t (a);", 17, NULL},
    {"VACUUM t (a);", 17, "ANALYZE option must be specified when a column list is provided"},
    {"ANALYZE t (z);", 17, "column \"z\" of relation \"t\" does not exist"},
    {"ANALYZE t (a, a);", 17, "column \"a\" of relation \"t\" appears more than once"},
    {"VACUUM (FULL, PARALLEL 2) t;", 17, "VACUUM FULL cannot be performed in parallel"},
    {"VACUUM (FULL, DISABLE_PAGE_SKIPPING) t;", 17,
     "VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL"},
};
/* clang-format on */

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
