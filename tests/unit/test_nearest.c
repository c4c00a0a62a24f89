/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"
#include "support/test.h"

static const char *const known[] = {"up", "down", "status", "history", "sandbox", "lint"};

static const char *
nearest(const char *word)
{
    return nearest_word(word, known, sizeof known / sizeof *known);
}

static void
small_mistakes_are_seen_through(void **state)
{
    (void)state;
    assert_string_equal(nearest("stauts"), "status");
    assert_string_equal(nearest("statu"), "status");
    assert_string_equal(nearest("hisotry"), "history");
    assert_string_equal(nearest("sanbox"), "sandbox");
    assert_string_equal(nearest("dwon"), "down");
    assert_string_equal(nearest("uo"), "up");
    assert_string_equal(nearest("lint"), "lint");
}

static void
a_beginning_is_enough_where_it_is_the_only_one(void **state)
{
    (void)state;
    assert_string_equal(nearest("sand"), "sandbox");
    assert_string_equal(nearest("hist"), "history");
    assert_null(nearest("s"));
}

static void
what_is_far_away_is_no_guess(void **state)
{
    (void)state;
    assert_null(nearest("deploy"));
    assert_null(nearest(""));
    assert_null(nearest("a word that is much longer than any that could be meant by it"));
    assert_null(nearest_within("statas", known, 6, 0));
    assert_string_equal(nearest_within("statas", known, 6, 1), "status");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_mistakes_are_seen_through),
        cmocka_unit_test(a_beginning_is_enough_where_it_is_the_only_one),
        cmocka_unit_test(what_is_far_away_is_no_guess),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
