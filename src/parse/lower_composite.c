/* SPDX-License-Identifier: MIT */
/* Composite types and their attributes. */
#include "lower.h"

/* An attribute has a name, a type and a collation, and no constraint. */
static ColumnDefinition
lower_attribute(Lower *lower, const ColumnDef *attribute)
{
    ColumnDefinition out = {.span = lower->statement->span};

    out.name = arena_strdup(lower->arena, attribute->colname);
    out.type = lower_type(lower, attribute->typeName);
    if (attribute->collClause != NULL)
        out.collation = node_list_name(lower->arena, attribute->collClause->collname);
    return out;
}

void
lower_create_composite(Lower *lower, Node *node)
{
    const CompositeTypeStmt *create = (const CompositeTypeStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_TYPE);

    op->target = node_relation_name(lower->arena, create->typevar);
    op->composite.is_composite = true;
    EACH_NODE (ColumnDef, attribute, create->coldeflist)
        LIST_APPEND(lower->arena, &op->composite.attributes, lower_attribute(lower, attribute));
}

void
lower_attributes(Lower *lower, const AlterTableStmt *alter)
{
    EACH_NODE (AlterTableCmd, command, alter->cmds) {
        Op *op = lower_new_op(lower, OP_ALTER_ATTRIBUTE);
        const ColumnDef *definition = (const ColumnDef *)command->def;

        op->target = node_relation_name(lower->arena, alter->relation);
        op->cascade = command->behavior == DROP_CASCADE;
        op->if_exists = command->missing_ok;
        op->composite.attribute = arena_strdup(lower->arena, command->name);
        op->composite.action = command->subtype == AT_AddColumn    ? ATTRIBUTE_ADD
                               : command->subtype == AT_DropColumn ? ATTRIBUTE_DROP
                                                                   : ATTRIBUTE_TYPE;
        if (definition != NULL)
            LIST_APPEND(lower->arena, &op->composite.attributes,
                        lower_attribute(lower, definition));
    }
}

void
lower_rename_attribute(Lower *lower, const RenameStmt *rename)
{
    Op *op = lower_new_op(lower, OP_ALTER_ATTRIBUTE);

    op->target = node_relation_name(lower->arena, rename->relation);
    op->cascade = rename->behavior == DROP_CASCADE;
    op->composite.action = ATTRIBUTE_RENAME;
    op->composite.attribute = arena_strdup(lower->arena, rename->subname);
    op->composite.new_name = arena_strdup(lower->arena, rename->newname);
}
