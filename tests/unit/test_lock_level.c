/* SPDX-License-Identifier: MIT */
#include "lockstep/lock.h"

#include "support/test.h"

/* The table of the documentation, section 13.3.1: X where the row's lock conflicts with the
 * column's. */
static const char *const matrix[LOCK_LEVEL_COUNT] = {
    [LOCK_NONE] = "---------",
    [LOCK_ACCESS_SHARE] = "--------X",
    [LOCK_ROW_SHARE] = "-------XX",
    [LOCK_ROW_EXCLUSIVE] = "-----XXXX",
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = "----XXXXX",
    [LOCK_SHARE] = "---XX-XXX",
    [LOCK_SHARE_ROW_EXCLUSIVE] = "---XXXXXX",
    [LOCK_EXCLUSIVE] = "--XXXXXXX",
    [LOCK_ACCESS_EXCLUSIVE] = "-XXXXXXXX",
};

static void
conflicts_are_those_of_the_documentation(void **state)
{
    (void)state;
    for (int a = LOCK_NONE; a < LOCK_LEVEL_COUNT; a++) {
        for (int b = LOCK_NONE; b < LOCK_LEVEL_COUNT; b++) {
            if (lock_conflicts((LockLevel)a, (LockLevel)b) != (matrix[a][b] == 'X'))
                fail_msg("%s against %s", lock_words((LockLevel)a), lock_words((LockLevel)b));
        }
    }
}

static void
names_are_postgresqls(void **state)
{
    (void)state;
    assert_null(lock_mode(LOCK_NONE));
    assert_string_equal(lock_words(LOCK_NONE), "no lock");
    assert_string_equal(lock_mode(LOCK_ACCESS_SHARE), "AccessShareLock");
    assert_string_equal(lock_mode(LOCK_SHARE_UPDATE_EXCLUSIVE), "ShareUpdateExclusiveLock");
    assert_string_equal(lock_words(LOCK_SHARE_ROW_EXCLUSIVE), "SHARE ROW EXCLUSIVE");
    assert_string_equal(lock_words(LOCK_ACCESS_EXCLUSIVE), "ACCESS EXCLUSIVE");
}

static void
blocked_work_is_said_in_words(void **state)
{
    (void)state;
    assert_string_equal(lock_blocks(LOCK_ACCESS_EXCLUSIVE), "reads and writes");
    assert_string_equal(lock_blocks(LOCK_EXCLUSIVE), "writes");
    assert_string_equal(lock_blocks(LOCK_SHARE), "writes");
    assert_string_equal(lock_blocks(LOCK_SHARE_UPDATE_EXCLUSIVE), "nothing");
    assert_string_equal(lock_blocks(LOCK_NONE), "nothing");
    assert_true(lock_blocks_reads(LOCK_ACCESS_EXCLUSIVE));
    assert_false(lock_blocks_reads(LOCK_EXCLUSIVE));
    assert_true(lock_blocks_writes(LOCK_SHARE));
    assert_false(lock_blocks_writes(LOCK_SHARE_UPDATE_EXCLUSIVE));
}

static void
every_kind_of_relation_has_words(void **state)
{
    (void)state;
    for (int kind = RELATION_TABLE; kind <= RELATION_SEQUENCE; kind++)
        assert_non_null(relation_kind_words((RelationKind)kind));
    assert_string_equal(relation_kind_words(RELATION_PARTITIONED_INDEX), "partitioned index");
    assert_string_equal(relation_kind_words(RELATION_MATERIALIZED_VIEW), "materialized view");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_are_those_of_the_documentation),
        cmocka_unit_test(names_are_postgresqls),
        cmocka_unit_test(blocked_work_is_said_in_words),
        cmocka_unit_test(every_kind_of_relation_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
