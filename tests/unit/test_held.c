/* SPDX-License-Identifier: MIT */
#include "lint/held.h"
#include "schema/replay.h"
#include "support/test.h"

static Arena *arena;

static int
begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
add(HeldLocks *held, RelationId relation, LockLevel level)
{
    LockEffectList effects = {0};
    LIST_APPEND(arena, &effects, (LockEffect){.relation_id = relation, .level = level});
    held_add(arena, held, &effects);
}

static void
the_strongest_lock_of_a_transaction_is_kept(void **state)
{
    (void)state;
    Schema *schema = schema_new(arena);
    const SimRelation *a =
        schema_assume_relation(schema, (QualifiedName){NULL, "a"}, RELATION_TABLE);
    const SimRelation *b =
        schema_assume_relation(schema, (QualifiedName){NULL, "b"}, RELATION_TABLE);
    HeldLocks held = {0};

    held_begin(&held);
    assert_int_equal(held_level(&held, a->id), LOCK_NONE);
    add(&held, a->id, LOCK_SHARE);
    add(&held, a->id, LOCK_ACCESS_SHARE);
    add(&held, b->id, LOCK_ROW_EXCLUSIVE);
    assert_int_equal(held_level(&held, a->id), LOCK_SHARE);
    assert_int_equal(held_level(&held, b->id), LOCK_ROW_EXCLUSIVE);
    add(&held, a->id, LOCK_ACCESS_EXCLUSIVE);
    assert_int_equal(held_level(&held, a->id), LOCK_ACCESS_EXCLUSIVE);

    held_begin(&held);
    assert_int_equal(held_level(&held, a->id), LOCK_NONE);
    add(&held, a->id, LOCK_ACCESS_SHARE);
    assert_int_equal(held_level(&held, a->id), LOCK_ACCESS_SHARE);
}

static void
unknown_relations_are_left_out(void **state)
{
    (void)state;
    HeldLocks held = {0};
    held_begin(&held);
    add(&held, 0, LOCK_SHARE);
    assert_int_equal(held.by_relation.count, 0);
    assert_int_equal(held_level(&held, 1), LOCK_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_strongest_lock_of_a_transaction_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(unknown_relations_are_left_out, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
