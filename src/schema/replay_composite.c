/* SPDX-License-Identifier: MIT */
/* Composite types, and what their changes do to the tables OF them. */
#include <string.h>

#include "schema/replay_parts.h"
#include "schema/typed_table.h"

void
replay_create_type(Schema *schema, const Op *op)
{
    QualifiedName name = schema_new_name(schema, op->target, PERSISTENCE_PERMANENT);
    if (!op->composite.is_composite || schema_name_get(schema, NAMES_COMPOSITE, name) != NULL)
        return;
    SimComposite *type = ARENA_NEW(schema->arena, SimComposite);
    type->name = name;
    type->attributes = op->composite.attributes;
    type->attributes.capacity = type->attributes.count;
    schema_name_set(schema, NAMES_COMPOSITE, name, type);
}

static bool
is_named(const ColumnDefinition *attribute, const char *name)
{
    return name != NULL && strcmp(attribute->name, name) == 0;
}

/* The attribute as the operation leaves it; false where it takes it away. */
static bool
change_attribute(const Op *op, ColumnDefinition *attribute)
{
    switch (op->composite.action) {
    case ATTRIBUTE_ADD:
        break;
    case ATTRIBUTE_DROP:
        return false;
    case ATTRIBUTE_TYPE:
        attribute->type = op->composite.attributes.items[0].type;
        attribute->collation = op->composite.attributes.items[0].collation;
        break;
    case ATTRIBUTE_RENAME:
        attribute->name = op->composite.new_name;
        break;
    }
    return true;
}

static void
change_tables(Schema *schema, const Op *op)
{
    OpList changes = schema_typed_changes(schema->arena, schema, op);
    foreach (change, &changes) {
        schema->target = schema_find_relation(schema, change->target)->id;
        switch (op->composite.action) {
        case ATTRIBUTE_ADD:
            replay_add_column(schema, change);
            break;
        case ATTRIBUTE_DROP:
            replay_drop_column(schema, change);
            break;
        case ATTRIBUTE_TYPE:
            replay_alter_column_type(schema, change);
            break;
        case ATTRIBUTE_RENAME:
            replay_rename_column(schema, change);
            break;
        }
    }
}

void
replay_alter_attribute(Schema *schema, const Op *op)
{
    const SimComposite *old = schema_find_composite(schema, op->target);
    if (old == NULL)
        return;
    change_tables(schema, op);
    SimComposite *type = arena_copy(schema->arena, old, sizeof *old);
    type->attributes = (ColumnList){0};
    foreach (attribute, &old->attributes) {
        ColumnDefinition copy = *attribute;
        if (!is_named(attribute, op->composite.attribute) || change_attribute(op, &copy))
            LIST_APPEND(schema->arena, &type->attributes, copy);
    }
    if (op->composite.action == ATTRIBUTE_ADD)
        LIST_APPEND(schema->arena, &type->attributes, op->composite.attributes.items[0]);
    schema_name_set(schema, NAMES_COMPOSITE, type->name, type);
}

/* The columns that a table has from its type. */
void
replay_put_attributes(Schema *schema, SimRelation *table, QualifiedName of_type)
{
    const SimComposite *type = schema_find_composite(schema, of_type);
    table->is_typed = of_type.name != NULL;
    table->columns_known = of_type.name == NULL || type != NULL;
    if (type == NULL)
        return;
    table->of_type = type->name;
    foreach (attribute, &type->attributes)
        replay_put_column(schema, table, attribute);
}

void
replay_of_type(Schema *schema, const Op *op)
{
    const SimRelation *found = replay_target(schema, op);
    if (found == NULL)
        return;
    const SimComposite *type = schema_find_composite(schema, op->of_type.type);
    SimRelation *table = schema_edit(schema, found->id);
    table->is_typed = op->of_type.type.name != NULL;
    table->of_type = type != NULL ? type->name : (QualifiedName){0};
    schema_store(schema, table);
}
