/* SPDX-License-Identifier: MIT */
#include "schema/typed_table.h"

#include "schema/schema_state.h"

static bool
is_of(const SimRelation *table, const SimComposite *type)
{
    return table != NULL && table->is_typed && table->of_type.name != NULL &&
           name_equals(table->of_type, type->name);
}

bool
schema_has_typed_table(const Schema *schema, const SimComposite *type)
{
    foreach (slot, &schema->relations) {
        if (is_of((*slot)->current, type))
            return true;
    }
    return false;
}

/* tablecmds.c, ATTypedTableRecursion() */
static Op
change_of(const Op *op, const SimRelation *table)
{
    Op change = {.span = op->span, .target = table->name, .if_exists = op->if_exists};
    change.cascade = true;
    switch (op->composite.action) {
    case ATTRIBUTE_ADD:
        change.kind = OP_ADD_COLUMN;
        change.add_column = op->composite.attributes.items[0];
        break;
    case ATTRIBUTE_DROP:
        change.kind = OP_DROP_COLUMN;
        change.column.column = op->composite.attribute;
        break;
    case ATTRIBUTE_TYPE:
        change.kind = OP_ALTER_COLUMN_TYPE;
        change.alter_type.column = op->composite.attribute;
        change.alter_type.type = op->composite.attributes.items[0].type;
        change.alter_type.collation = op->composite.attributes.items[0].collation;
        break;
    case ATTRIBUTE_RENAME:
        change.kind = OP_RENAME_COLUMN;
        change.rename.old_name = op->composite.attribute;
        change.rename.new_name = op->composite.new_name;
        break;
    }
    return change;
}

OpList
schema_typed_changes(Arena *arena, const Schema *schema, const Op *op)
{
    OpList changes = {0};
    const SimComposite *type = schema_find_composite(schema, op->target);
    if (type == NULL || !op->cascade)
        return changes;
    foreach (slot, &schema->relations) {
        const SimRelation *table = (*slot)->current;
        if (is_of(table, type))
            LIST_APPEND(arena, &changes, change_of(op, table));
    }
    return changes;
}
