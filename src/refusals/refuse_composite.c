/* SPDX-License-Identifier: MIT */
/* Composite types: attributes that are missing or there already, and what uses the type. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/typed_table.h"

static bool
has_attribute(const SimComposite *type, const char *name)
{
    foreach (attribute, &type->attributes) {
        if (strcmp(attribute->name, name) == 0)
            return true;
    }
    return false;
}

/* Whether a value of the one type has one of the other in it. */
static bool
holds(const Schema *schema, QualifiedName type, QualifiedName goal, int depth)
{
    enum { TYPE_DEPTH = 16 };
    if (type.name == NULL || depth > TYPE_DEPTH)
        return false;
    const SimDomain *domain = schema_find_domain(schema, type);
    if (domain != NULL)
        return holds(schema, domain->base.name, goal, depth + 1);
    const SimComposite *composite = schema_find_composite(schema, type);
    if (composite == NULL)
        return false;
    if (name_equals(composite->name, goal))
        return true;
    foreach (attribute, &composite->attributes) {
        if (holds(schema, attribute->type.name, goal, depth + 1))
            return true;
    }
    return false;
}

/* tablecmds.c, find_composite_type_dependencies(): only what has rows of its own. */
static const char *
refuse_used(const RefusalCase *c, const SimComposite *type)
{
    RelationIdList all = schema_relations_in(c->arena, c->schema, NULL);
    foreach (id, &all) {
        const SimRelation *table = schema_relation_by_id(c->schema, *id);
        if (table->assumed ||
            (table->kind != RELATION_TABLE && table->kind != RELATION_MATERIALIZED_VIEW))
            continue;
        foreach (column, &table->columns) {
            if (column->type_known && holds(c->schema, column->type.name, type->name, 0))
                return arena_printf(c->arena,
                                    "cannot alter type \"%s\" because column \"%s.%s\" uses it",
                                    type->name.name, table->name.name, column->name);
        }
    }
    return NULL;
}

/* tablecmds.c, check_for_column_name_collision() */
static const char *
refuse_present(const RefusalCase *c, const SimComposite *type, const char *name)
{
    if (!has_attribute(type, name))
        return NULL;
    return arena_printf(c->arena, "column \"%s\" of relation \"%s\" already exists", name,
                        type->name.name);
}

/* tablecmds.c, ATExecDropColumn(), ATPrepAlterColumnType() and renameatt_internal() */
static const char *
refuse_missing(const RefusalCase *c, const SimComposite *type, const Op *op)
{
    const char *name = op->composite.attribute;
    if (has_attribute(type, name) || (op->if_exists && op->composite.action == ATTRIBUTE_DROP))
        return NULL;
    if (op->composite.action == ATTRIBUTE_RENAME)
        return arena_printf(c->arena, "column \"%s\" does not exist", name);
    return arena_printf(c->arena, "column \"%s\" of relation \"%s\" does not exist", name,
                        type->name.name);
}

static const char *
refuse_action(const RefusalCase *c, const SimComposite *type, const Op *op)
{
    const char *refusal = NULL;
    switch (op->composite.action) {
    case ATTRIBUTE_ADD:
        return refuse_present(c, type, op->composite.attributes.items[0].name);
    case ATTRIBUTE_DROP:
        return refuse_missing(c, type, op);
    case ATTRIBUTE_TYPE:
        refusal = refuse_missing(c, type, op);
        return refusal != NULL ? refusal : refuse_used(c, type);
    case ATTRIBUTE_RENAME:
        refusal = refuse_missing(c, type, op);
        return refusal != NULL ? refusal : refuse_present(c, type, op->composite.new_name);
    }
    return refusal;
}

/* tablecmds.c, find_typed_table_dependencies() */
const char *
refuse_attribute(const RefusalCase *c, const Op *op)
{
    const SimComposite *type = c->saw_code ? NULL : schema_find_composite(c->schema, op->target);
    if (type == NULL)
        return NULL;
    if (!op->cascade && schema_has_typed_table(c->schema, type))
        return arena_printf(c->arena,
                            "cannot alter type \"%s\" because it is the type of a typed table",
                            type->name.name);
    const char *refusal = refuse_action(c, type, op);
    if (refusal != NULL || op->composite.action != ATTRIBUTE_TYPE)
        return refusal;
    OpList changes = schema_typed_changes(c->arena, c->schema, op);
    foreach (change, &changes) {
        const RefusalCase inside =
            refusal_case_of(c, change, schema_find_relation(c->schema, change->target));
        refusal = refusal == NULL ? refuse_alter_used_type(&inside, change) : refusal;
    }
    return refusal;
}

static bool
has_type_of(const SimColumn *column, const ColumnDefinition *attribute)
{
    const SimColumn other = {.type = attribute->type, .type_known = true};
    return !refusal_types_differ(column, &other);
}

/* tablecmds.c, ATExecAddOf() */
static const char *
refuse_attributes(const RefusalCase *c, const SimRelation *table, const SimComposite *type)
{
    if (type == NULL || !table->columns_known)
        return NULL;
    for (size_t i = 0; i < type->attributes.count; i++) {
        const ColumnDefinition *attribute = &type->attributes.items[i];
        const SimColumn *column = i < table->columns.count ? &table->columns.items[i] : NULL;
        if (column == NULL)
            return arena_printf(c->arena, "table is missing column \"%s\"", attribute->name);
        if (strcmp(column->name, attribute->name) != 0)
            return arena_printf(c->arena, "table has column \"%s\" where type requires \"%s\"",
                                column->name, attribute->name);
        if (!has_type_of(column, attribute))
            return arena_printf(c->arena, "table \"%s\" has different type for column \"%s\"",
                                table->name.name, attribute->name);
    }
    if (table->columns.count == type->attributes.count)
        return NULL;
    return arena_printf(c->arena, "table has extra column \"%s\"",
                        table->columns.items[type->attributes.count].name);
}

/* tablecmds.c, ATExecDropOf() */
const char *
refuse_of_type(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || c->saw_code)
        return NULL;
    if (op->of_type.type.name != NULL)
        return refuse_attributes(c, table, schema_find_composite(c->schema, op->of_type.type));
    if (table->is_typed)
        return NULL;
    return arena_printf(c->arena, "\"%s\" is not a typed table", table->name.name);
}
