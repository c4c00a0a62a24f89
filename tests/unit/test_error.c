/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/error.h"
#include "lockstep/exit_status.h"

#include "support/test.h"

static void
an_error_is_set_and_extended(void **state)
{
    (void)state;
    Error err = {.hint = "old", .sqlstate = "42P01"};
    assert_false(error_set(&err, ERROR_USAGE, "cannot read %s", "a.sql"));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_string_equal(err.message, "cannot read a.sql");
    assert_string_equal(err.hint, "");
    assert_string_equal(err.sqlstate, "");
    assert_false(error_hint(&err, "Give a %s.", "file"));
    assert_false(error_detail(&err, "at line %d", 3));
    assert_false(error_context(&err, "loading %s", "history"));
    assert_string_equal(err.message, "loading history: cannot read a.sql");
    assert_string_equal(err.hint, "Give a file.");
    assert_string_equal(err.detail, "at line 3");
}

static void
an_error_may_be_made_from_its_own_message(void **state)
{
    (void)state;
    Error err = {0};
    error_set(&err, ERROR_USAGE, "inner");
    error_set(&err, ERROR_DRIFT, "outer (%s)", err.message);
    assert_string_equal(err.message, "outer (inner)");
}

static void
a_text_that_does_not_fit_is_marked(void **state)
{
    (void)state;
    char long_text[3000];
    for (size_t i = 0; i + 2 < sizeof long_text; i += 2)
        memcpy(long_text + i, "é", 2);
    long_text[sizeof long_text - 2] = '\0';
    Error err = {0};
    error_set(&err, ERROR_USAGE, "%s", long_text);
    size_t length = strlen(err.message);
    assert_true(length < sizeof err.message);
    assert_string_equal(err.message + length - 3, "…");
    assert_memory_equal(err.message + length - 5, "é", 2);
    error_context(&err, "context");
    assert_memory_equal(err.message, "context: é", 11);
    assert_string_equal(err.message + strlen(err.message) - 3, "…");
}

static void
every_kind_has_its_status(void **state)
{
    (void)state;
    assert_int_equal(exit_status_of(ERROR_NONE), 0);
    assert_int_equal(exit_status_of(ERROR_USAGE), 2);
    assert_int_equal(exit_status_of(ERROR_CONNECTION), 3);
    assert_int_equal(exit_status_of(ERROR_LOCK), 4);
    assert_int_equal(exit_status_of(ERROR_MIGRATION), 5);
    assert_int_equal(exit_status_of(ERROR_HALF_DONE), 6);
    assert_int_equal(exit_status_of(ERROR_DRIFT), 7);
    assert_int_equal(exit_status_of(ERROR_PENDING), 8);
    assert_int_equal(exit_status_of(ERROR_GATE), 9);
    assert_int_equal(exit_status_of(ERROR_INTERRUPTED), 130);
    assert_int_equal(exit_status_of(ERROR_TERMINATED), 143);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_is_set_and_extended),
        cmocka_unit_test(an_error_may_be_made_from_its_own_message),
        cmocka_unit_test(a_text_that_does_not_fit_is_marked),
        cmocka_unit_test(every_kind_has_its_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
