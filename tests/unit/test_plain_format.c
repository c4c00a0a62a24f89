/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/plain_format.h"
#include "support/test.h"

static bool format_into(char *out, size_t size, size_t *length, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static bool
format_into(char *out, size_t size, size_t *length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bool is_plain = plain_format(out, size, length, format, arguments);
    va_end(arguments);
    return is_plain;
}

/* Writes what snprintf() writes, into just enough room and not into less. */
#define CHECK(format, ...)                                                                         \
    do {                                                                                           \
        char expected[256];                                                                        \
        char text[256];                                                                            \
        size_t length = 0;                                                                         \
        const size_t wanted = (size_t)snprintf(expected, sizeof expected, format, __VA_ARGS__);    \
        assert_true(format_into(text, wanted, &length, format, __VA_ARGS__));                      \
        assert_int_equal(length, wanted);                                                          \
        assert_memory_equal(text, expected, wanted);                                               \
        assert_false(format_into(text, wanted - 1, &length, format, __VA_ARGS__));                 \
    } while (0)

static void
writes_what_snprintf_does(void **state)
{
    (void)state;
    CHECK("%s", "a");
    CHECK("<%s%s> 100%% of %s.", "", "orders", "it");
    CHECK("%d|%d|%d|%d", 0, -7, INT_MAX, INT_MIN);
    CHECK("%zu and %zu", (size_t)0, SIZE_MAX);
    CHECK("%ld, %ld and %ld", 7L, LONG_MIN, LONG_MAX);
    CHECK("%.*s|%.*s|%.*s", 2, "abc", 9, "abc", -1, "abc");
    /* No more of the string is read. */
    const char open[2] = {'x', 'y'};
    CHECK("<%.*s>", 2, open);
}

static void
leaves_the_rest(void **state)
{
    (void)state;
    char text[64];
    size_t length = 0;
    const char *volatile nothing = NULL;
    assert_false(format_into(text, sizeof text, &length, "%5d", 1));
    assert_false(format_into(text, sizeof text, &length, "%c", 'a'));
    assert_false(format_into(text, sizeof text, &length, "%.1f", 0.5));
    assert_false(format_into(text, sizeof text, &length, "%lu", 1UL));
    assert_false(format_into(text, sizeof text, &length, "%s", nothing));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_snprintf_does),
        cmocka_unit_test(leaves_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
