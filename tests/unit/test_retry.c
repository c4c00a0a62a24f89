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
            assert_true(retry_next(&retry, 0, &pause));
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
        assert_true(retry_next(&retry, 0, &pause));
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
        assert_true(retry_next(&a, 0, &first));
        assert_true(retry_next(&b, 0, &second));
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
        assert_true(retry_next(&retry, 599990, &pause));
    assert_in_range(pause, 0, 10);
    assert_false(retry_next(&retry, 600000, &pause));
    assert_false(retry_next(&retry, 600001, &pause));
}

static void
test_no_budget_no_retry(void **state)
{
    (void)state;
    Retry retry;
    int64_t pause;
    retry_begin(&retry, (RetryPolicy){.base_ms = 1000, .cap_ms = 1000}, 1);
    assert_false(retry_next(&retry, 0, &pause));
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
        cmocka_unit_test(test_what_is_worth_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
