/* SPDX-License-Identifier: MIT */
#include "run/retry.h"
#include "support/test.h"

static const RetryPolicy policy = {.base_ms = 1000, .cap_ms = 60000, .budget_ms = 600000};

static void
test_pauses_stay_below_their_bounds(void **state)
{
    (void)state;
    static const int64_t bounds[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    for (uint64_t seed = 0; seed < 500; seed++) {
        Retry retry;
        retry_begin(&retry, policy, seed);
        for (size_t i = 0; i < 8; i++) {
            int64_t pause = -1;
            assert_true(retry_next(&retry, 0, 0, &pause));
            assert_in_range(pause, 0, bounds[i]);
        }
    }
}

/* Full jitter: evenly from zero to the bound, so that the mean is half of it. */
static void
test_pauses_are_spread(void **state)
{
    (void)state;
    int64_t sum = 0;
    int64_t lowest = 1000;
    int64_t highest = 0;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        Retry retry;
        int64_t pause;
        retry_begin(&retry, policy, seed);
        assert_true(retry_next(&retry, 0, 0, &pause));
        sum += pause;
        lowest = pause < lowest ? pause : lowest;
        highest = pause > highest ? pause : highest;
    }
    assert_in_range(sum / 2000, 470, 530);
    assert_in_range(lowest, 0, 20);
    assert_in_range(highest, 980, 1000);
}

static void
test_same_seed_same_pauses(void **state)
{
    (void)state;
    Retry a;
    Retry b;
    retry_begin(&a, policy, 7);
    retry_begin(&b, policy, 7);
    for (int i = 0; i < 10; i++) {
        int64_t first;
        int64_t second;
        assert_true(retry_next(&a, 0, 0, &first));
        assert_true(retry_next(&b, 0, 0, &second));
        assert_int_equal(first, second);
    }
}

static void
test_budget_ends_it(void **state)
{
    (void)state;
    Retry retry;
    int64_t pause;
    retry_begin(&retry, policy, 1);
    for (int i = 0; i < 20; i++)
        assert_true(retry_next(&retry, 599990, 0, &pause));
    assert_in_range(pause, 0, 10);
    assert_false(retry_next(&retry, 600000, 0, &pause));
    assert_false(retry_next(&retry, 600001, 0, &pause));
}

static void
test_no_budget_no_retry(void **state)
{
    (void)state;
    Retry retry;
    int64_t pause;
    retry_begin(&retry, (RetryPolicy){.base_ms = 1000, .cap_ms = 1000}, 1);
    assert_false(retry_next(&retry, 0, 0, &pause));
}

/* Those who queued behind an attempt have that time for themselves, within the budget. */
static void
test_rests_before_the_pause(void **state)
{
    (void)state;
    Retry retry;
    int64_t pause;
    for (uint64_t seed = 0; seed < 100; seed++) {
        retry_begin(&retry, policy, seed);
        assert_true(retry_next(&retry, 0, 700, &pause));
        assert_in_range(pause, 700, 1700);
    }
    assert_true(retry_next(&retry, 599990, 700, &pause));
    assert_int_equal(pause, 10);
}

static void
expect_patience(int64_t longest_ms, const int64_t *expected, size_t count)
{
    Retry retry = {0};
    for (; retry.failures < count; retry.failures++)
        assert_int_equal(retry_patience(&retry, longest_ms), expected[retry.failures]);
}

static void
test_patience_grows(void **state)
{
    (void)state;
    static const int64_t of_2s[] = {250, 250, 500, 500, 1000, 1000, 2000, 2000, 2000};
    static const int64_t of_20s[] = {2500, 2500, 5000, 5000, 10000, 10000, 20000, 20000};
    static const int64_t of_300ms[] = {250, 250, 300, 300};
    static const int64_t of_100ms[] = {100, 100, 100};
    static const int64_t for_ever[] = {0, 0, 0};
    expect_patience(2000, of_2s, 9);
    expect_patience(20000, of_20s, 8);
    expect_patience(300, of_300ms, 4);
    expect_patience(100, of_100ms, 3);
    expect_patience(0, for_ever, 3);
}

static void
test_what_is_worth_it(void **state)
{
    (void)state;
    assert_true(retry_helps("55P03"));
    assert_true(retry_helps("40P01"));
    assert_true(retry_helps("40001"));
    assert_false(retry_helps("23505"));
    assert_false(retry_helps("57014"));
    assert_false(retry_helps(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pauses_stay_below_their_bounds),
        cmocka_unit_test(test_pauses_are_spread),
        cmocka_unit_test(test_same_seed_same_pauses),
        cmocka_unit_test(test_budget_ends_it),
        cmocka_unit_test(test_no_budget_no_retry),
        cmocka_unit_test(test_rests_before_the_pause),
        cmocka_unit_test(test_patience_grows),
        cmocka_unit_test(test_what_is_worth_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
