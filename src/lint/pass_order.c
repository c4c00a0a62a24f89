/* SPDX-License-Identifier: MIT */
#include "lint/pass_order.h"

/* Passes that only the server's own bookkeeping needs are left out. */
typedef enum Pass {
    PASS_DROP,
    PASS_ALTER_TYPE,
    PASS_ADD_COLUMN,
    PASS_COLUMN_ATTRIBUTES,
    PASS_INDEX_CONSTRAINT,
    PASS_OTHER_CONSTRAINT,
    PASS_MISCELLANEOUS
} Pass;

/* tablecmds.c, ATPrepCmd(); 0 stands for PASS_MISCELLANEOUS. */
static const Pass passes[OP_KIND_COUNT] = {
    [OP_ALTER_COLUMN_TYPE] = PASS_ALTER_TYPE, [OP_SET_EXPRESSION] = PASS_ALTER_TYPE,
    [OP_ADD_COLUMN] = PASS_ADD_COLUMN,        [OP_SET_NOT_NULL] = PASS_COLUMN_ATTRIBUTES,
    [OP_SET_DEFAULT] = PASS_OTHER_CONSTRAINT, [OP_ADD_IDENTITY] = PASS_OTHER_CONSTRAINT,
};

static bool
drops(OpKind kind)
{
    return kind == OP_DROP_COLUMN || kind == OP_DROP_CONSTRAINT || kind == OP_DROP_NOT_NULL ||
           kind == OP_DROP_DEFAULT || kind == OP_DROP_EXPRESSION || kind == OP_DROP_IDENTITY;
}

static Pass
pass_of(const Op *op)
{
    if (drops(op->kind))
        return PASS_DROP;
    if (op->kind != OP_ADD_CONSTRAINT)
        return passes[op->kind] != PASS_DROP ? passes[op->kind] : PASS_MISCELLANEOUS;

    /* ATParseTransformCmd() */
    const ConstraintKind kind = op->add_constraint.kind;
    return kind == CONSTRAINT_UNIQUE || kind == CONSTRAINT_PRIMARY_KEY || kind == CONSTRAINT_EXCLUDE
               ? PASS_INDEX_CONSTRAINT
               : PASS_OTHER_CONSTRAINT;
}

/* By insertion: it keeps the written order within a pass, and statements have few subcommands. */
static void
sort_ops(OpList *ops)
{
    for (size_t i = 1; i < ops->count; i++) {
        const Op moving = ops->items[i];
        size_t at = i;
        for (; at > 0 && pass_of(&ops->items[at - 1]) > pass_of(&moving); at--)
            ops->items[at] = ops->items[at - 1];
        ops->items[at] = moving;
    }
}

void
pass_order(Script *script)
{
    foreach (statement, &script->statements) {
        if (statement->ops.count > 1)
            sort_ops(&statement->ops);
    }
}
