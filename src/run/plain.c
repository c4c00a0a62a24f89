/* SPDX-License-Identifier: MIT */
#include "run/plain.h"

#include "lockstep/hazard.h"

/* An exclusion has an index, and an index has expressions, which the server tries beforehand. */
static bool
is_plain_table(const Op *op)
{
    return !hazard_makes_temporary(op) && !op->create_table.is_foreign &&
           op->create_table.partition_of.name == NULL && op->create_table.like.count == 0 &&
           !hazard_table_declares(op, CONSTRAINT_EXCLUDE);
}

/* The names of what is known to be so; of anything else it is not known. */
static bool
is_plain(const Op *op)
{
    static const OpKind kinds[] = {
        OP_DROP_TABLE,   OP_RENAME_TABLE,      OP_RENAME_COLUMN,  OP_RENAME_CONSTRAINT,
        OP_RENAME_INDEX, OP_DROP_COLUMN,       OP_DROP_DEFAULT,   OP_DROP_NOT_NULL,
        OP_DROP_INDEX,   OP_DROP_CONSTRAINT,   OP_DROP_VIEW,      OP_DROP_SEQUENCE,
        OP_CREATE_ENUM,  OP_RENAME_ENUM_VALUE, OP_SET_STATISTICS, OP_COMMENT,
        OP_GRANT};
    if (op->kind == OP_CREATE_TABLE)
        return is_plain_table(op);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (op->kind == kinds[i])
            return true;
    return false;
}

bool
plain_is(const Script *script)
{
    foreach (statement, &script->statements)
        foreach (op, &statement->ops)
            if (!is_plain(op))
                return false;
    return true;
}
