/* SPDX-License-Identifier: MIT */
#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] = "CREATE TABLE t (id int PRIMARY KEY, a int);"
                             "CREATE TABLE p (k int) PARTITION BY RANGE (k);";

typedef struct Example {
    const char *text;
    int pg_version;
    const char *refusal; /* NULL for none */
} Example;

static const Example examples[] = {
    {"CREATE INDEX CONCURRENTLY i ON p (k);", 17,
     "cannot create index on partitioned table \"p\" concurrently"},
    {"CREATE INDEX CONCURRENTLY i ON t (a);", 17, NULL            },
    {"CREATE INDEX i ON p (k);",              17, NULL            },
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
