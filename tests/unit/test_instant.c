/* SPDX-License-Identifier: MIT */
#include "db/instant.h"
#include "support/test.h"

static void
test_text(void **state)
{
    static const struct {
        int64_t microseconds;
        const char *text;
    } cases[] = {
        {0,                  "1970-01-01T00:00:00.000000Z"},
        {1,                  "1970-01-01T00:00:00.000001Z"},
        {-1,                 "1969-12-31T23:59:59.999999Z"},
        {-1000000,           "1969-12-31T23:59:59.000000Z"},
        {951782400000000,    "2000-02-29T00:00:00.000000Z"},
        {1795248746123456,   "2026-11-21T08:12:26.123456Z"},
        {253402300799999999, "9999-12-31T23:59:59.999999Z"},
    };
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(instant_text(arena, cases[i].microseconds), cases[i].text);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
