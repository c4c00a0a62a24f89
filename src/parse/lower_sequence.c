/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"

static void
fill_owner(Lower *lower, const List *written, Op *op)
{
    op->sequence.owned_by_none = list_length(written) == 1;
    if (op->sequence.owned_by_none)
        return;
    op->sequence.owned_by = node_owner_name(lower->arena, written);
    op->sequence.owned_column = arena_strdup(lower->arena, node_last_string(written));
}

static void
fill_options(Lower *lower, const List *options, Op *op)
{
    EACH_NODE (DefElem, option, options) {
        bool is_type = strcmp(option->defname, "as") == 0;
        bool is_owner = strcmp(option->defname, "owned_by") == 0;
        if (is_type && option->arg != NULL && IsA(option->arg, TypeName))
            op->sequence.type = lower_type(lower, (const TypeName *)option->arg);
        else if (is_owner && option->arg != NULL && IsA(option->arg, List))
            fill_owner(lower, (const List *)option->arg, op);
    }
}

void
lower_create_sequence(Lower *lower, Node *node)
{
    const CreateSeqStmt *create = (const CreateSeqStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_SEQUENCE);

    op->target = node_relation_name(lower->arena, create->sequence);
    op->if_exists = create->if_not_exists;
    op->sequence.is_temporary = node_persistence(create->sequence) == PERSISTENCE_TEMPORARY;
    fill_options(lower, create->options, op);
}

void
lower_alter_sequence(Lower *lower, Node *node)
{
    const AlterSeqStmt *alter = (const AlterSeqStmt *)node;
    Op *op = lower_new_op(lower, OP_ALTER_SEQUENCE);

    op->target = node_relation_name(lower->arena, alter->sequence);
    op->if_exists = alter->missing_ok;
    fill_options(lower, alter->options, op);
}
