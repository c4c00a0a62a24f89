/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "base/library.h"
#include "support/test.h"

typedef struct Functions {
    double (*cosine)(double);
} Functions;

static const LibrarySymbol there[] = {
    {"cos", offsetof(Functions, cosine)}
};
static const LibrarySymbol missing[] = {
    {"lockstep_no_such_function", 0}
};

static void
the_functions_can_be_called(void **state)
{
    (void)state;
    const Library library = {.name = "the one", .file = "libm.so.6", .symbols = there, .count = 1};
    Functions functions = {0};
    Error err;
    assert_true(library_load(&library, &functions, &err));
    assert_true(functions.cosine(0) == 1);
}

static void
it_is_looked_for_where_it_was_when_this_was_built(void **state)
{
    (void)state;
    const Library library = {.name = "the one",
                             .file = "liblockstep-none.so.6",
                             .file_at_hand = "libm.so.6",
                             .symbols = there,
                             .count = 1};
    Functions functions = {0};
    Error err;
    assert_true(library_load(&library, &functions, &err));
}

static void
what_is_missing_is_named(void **state)
{
    (void)state;
    Functions functions = {0};
    Error err;
    Library library = {.name = "the one",
                       .file = "liblockstep-none.so.6",
                       .file_at_hand = "/nowhere/liblockstep-none.so.6",
                       .hint = "Install it."};
    assert_false(library_load(&library, &functions, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_non_null(strstr(err.message, "the one cannot be loaded"));
    assert_non_null(strstr(err.message, "liblockstep-none"));
    assert_string_equal(err.hint, "Install it.");

    library.file = "libm.so.6";
    library.symbols = missing;
    library.count = 1;
    assert_false(library_load(&library, &functions, &err));
    assert_non_null(strstr(err.message, "lockstep_no_such_function"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_functions_can_be_called),
        cmocka_unit_test(it_is_looked_for_where_it_was_when_this_was_built),
        cmocka_unit_test(what_is_missing_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
