/* SPDX-License-Identifier: MIT */
#include "lint/op_target.h"
#include "support/test.h"

static bool
kind_of(OpKind op_kind, RelationKind *kind)
{
    const Op op = {.kind = op_kind, .target = {.name = "x"}};
    return op_target_kind(&op, kind);
}

/* An operation without a row would end the program here. */
static void
every_operation_has_a_row(void **state)
{
    (void)state;
    for (int op = 0; op < OP_KIND_COUNT; op++) {
        RelationKind kind;
        (void)kind_of((OpKind)op, &kind);
    }
}

static void
targets_have_their_kind(void **state)
{
    (void)state;
    RelationKind kind = RELATION_FOREIGN_TABLE;
    assert_true(kind_of(OP_ADD_COLUMN, &kind));
    assert_int_equal(kind, RELATION_TABLE);
    assert_true(kind_of(OP_CREATE_INDEX, &kind));
    assert_int_equal(kind, RELATION_TABLE);
    assert_true(kind_of(OP_DROP_INDEX, &kind));
    assert_int_equal(kind, RELATION_INDEX);
    assert_true(kind_of(OP_DROP_VIEW, &kind));
    assert_int_equal(kind, RELATION_VIEW);
    assert_true(kind_of(OP_REFRESH_MATERIALIZED_VIEW, &kind));
    assert_int_equal(kind, RELATION_MATERIALIZED_VIEW);
    assert_true(kind_of(OP_ALTER_SEQUENCE, &kind));
    assert_int_equal(kind, RELATION_SEQUENCE);
    assert_false(kind_of(OP_CREATE_TABLE, &kind));
    assert_false(kind_of(OP_CREATE_ENUM, &kind));
}

static void
reindex_names_an_index_or_a_table(void **state)
{
    (void)state;
    RelationKind kind = RELATION_VIEW;
    Op op = {.kind = OP_REINDEX, .target = {.name = "x"}};
    assert_true(op_target_kind(&op, &kind));
    assert_int_equal(kind, RELATION_TABLE);
    op.reindex.is_index = true;
    assert_true(op_target_kind(&op, &kind));
    assert_int_equal(kind, RELATION_INDEX);
}

static void
without_a_name_there_is_no_target(void **state)
{
    (void)state;
    RelationKind kind;
    const Op op = {.kind = OP_VACUUM};
    assert_false(op_target_kind(&op, &kind));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_has_a_row),
        cmocka_unit_test(targets_have_their_kind),
        cmocka_unit_test(reindex_names_an_index_or_a_table),
        cmocka_unit_test(without_a_name_there_is_no_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
