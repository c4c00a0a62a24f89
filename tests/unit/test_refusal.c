/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/op.h"

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

/* The checks of an operation are found by halving. */
static void
the_table_is_in_the_order_of_the_operations(void **state)
{
    static const OpKind rows[] = {
#define REFUSAL(operation, check) OP_##operation,
#include "refusals/refusal_table.def"
#undef REFUSAL
    };
    (void)state;
    for (size_t i = 1; i < sizeof rows / sizeof *rows; i++)
        assert_true(rows[i - 1] <= rows[i]);
}

static void
the_operator_classes_are_sorted_by_method(void **state)
{
    static const char *const methods[] = {
#define OPCLASS(method, name, type, is_default) method,
#include "refusals/operator_classes.def"
#undef OPCLASS
    };
    (void)state;
    for (size_t i = 1; i < sizeof methods / sizeof *methods; i++)
        assert_true(strcmp(methods[i - 1], methods[i]) <= 0);
}

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
        cmocka_unit_test(the_table_is_in_the_order_of_the_operations),
        cmocka_unit_test(the_operator_classes_are_sorted_by_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
