/* SPDX-License-Identifier: MIT */
/* What the order of two constants is, type by type. */
#include <string.h>

#include "schema/value_order.h"
#include "support/sql_case.h"
#include "support/test.h"

typedef struct Row {
    const char *type;
    const char *a;
    const char *b;
    int order;
    bool known;
} Row;

static const Row rows[] = {
    {"int4",        "9",                     "10",                  -1, true },
    {"int4",        "9",                     "nine",                0,  false},
    {"numeric",     "1.50",                  "1.5",                 0,  true },
    {"numeric",     "-2",                    "1.5",                 -1, true },
    {"numeric",     "1234567890123456789.5", "1",                   0,  false},
    {"date",        "2024-02-29",            "2024-03-01",          -1, true },
    {"date",        "2024-01-01 10:00",      "2024-01-01",          0,  true },
    {"date",        "January 1, 2024",       "2024-01-01",          0,  false},
    {"timestamp",   "2024-01-01",            "2024-01-01 00:00:00", 0,  true },
    {"timestamp",   "2024-01-01 00:00:00.5", "2024-01-01",          1,  true },
    {"timestamptz", "2024-01-01 02:00+02",   "2024-01-01T00:00Z",   0,  true },
    {"timestamptz", "2024-01-01",            "2024-01-01 00:00+00", 0,  false},
    {"timestamptz", "2024-01-01",            "2024-02-01 00:00+00", -1, true },
    {"text",        "a",                     "b",                   -1, true },
    {"text",        "a",                     "B",                   0,  false},
    {"bool",        "t",                     "TRUE",                0,  true },
    {"bool",        "off",                   "yes",                 -1, true },
    {"json",        "1",                     "2",                   0,  false},
};

static void
two_constants_have_an_order_or_none(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const SqlType type = {
            .name = {"pg_catalog", rows[i].type}
        };
        const SqlValue a = {.text = rows[i].a}, b = {.text = rows[i].b};
        int order = 0;
        bool known = value_compare(sql.schema, &type, &a, &b, &order);
        if (known != rows[i].known)
            fail_msg("%s: %s and %s", rows[i].type, rows[i].a, rows[i].b);
        if (known && (order > 0) - (order < 0) != rows[i].order)
            fail_msg("%s: %s and %s: %d", rows[i].type, rows[i].a, rows[i].b, order);
    }
    sql_case_close(&sql);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_constants_have_an_order_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
