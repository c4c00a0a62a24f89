/* SPDX-License-Identifier: MIT */
#include "lockstep/rule.h"

#include "support/test.h"

static void
steps_are_transactions(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Rewrite rewrite = {.arena = arena};
    rewrite_step(&rewrite, "A %s;", "one");
    rewrite_and(&rewrite, "B %d;", 2);
    rewrite_outside(&rewrite, "C %s;", "three");
    rewrite_step(&rewrite, "D;");

    assert_int_equal(rewrite.steps.count, 3);
    assert_true(rewrite.steps.items[0].in_transaction);
    assert_string_equal(rewrite.steps.items[0].sql, "A one;\nB 2;");
    assert_false(rewrite.steps.items[1].in_transaction);
    assert_string_equal(rewrite.steps.items[1].sql, "C three;");
    assert_true(rewrite.steps.items[2].in_transaction);
    arena_free(arena);
}

static void
durations_name_the_work_and_the_table(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    LockEffect effect = {
        .relation = {"public", "Orders"},
          .known = true
    };
    assert_string_equal(effect_duration(arena, &effect), "for a moment");
    effect.known = false;
    assert_string_equal(effect_duration(arena, &effect),
                        "for a time that cannot be told from the history");
    effect.scans = true;
    assert_string_equal(effect_duration(arena, &effect),
                        "for as long as it takes to read all of public.\"Orders\"");
    effect.builds_index = true;
    assert_string_equal(
        effect_duration(arena, &effect),
        "for as long as it takes to read all of public.\"Orders\" and build the index");
    effect.rewrites = true;
    assert_string_equal(effect_duration(arena, &effect),
                        "for as long as it takes to write all of public.\"Orders\" and its indexes "
                        "anew");
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_transactions),
        cmocka_unit_test(durations_name_the_work_and_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
