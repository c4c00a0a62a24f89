/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] = "CREATE TABLE t (id int PRIMARY KEY, a int);"
                             "CREATE TABLE p (k int) PARTITION BY RANGE (k);";

static const RefusalExample examples[] = {
    {"CREATE INDEX CONCURRENTLY i ON p (k);",                                                        17,
     "cannot create index on partitioned table \"p\" concurrently"                                           },
    {"CREATE INDEX CONCURRENTLY i ON t (a);",                                                        17, NULL},
    {"CREATE INDEX i ON p (k);",                                                                     17, NULL},
    {"DO $$ BEGIN EXECUTE current_setting('my.sql'); END $$; CREATE INDEX CONCURRENTLY i ON p (k);",
     17,                                                                                                 NULL},
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
