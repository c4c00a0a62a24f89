/* SPDX-License-Identifier: MIT */
/* Types that are not there, and such as no column has. */
#include <string.h>

#include "refusals/refusal_type.h"
#include "schema/coercion.h"
#include "schema/type_catalog.h"

static bool
is_pseudo(QualifiedName name)
{
    static const char *const names[] = {"any",      "anyarray",      "anycompatible", "anyelement",
                                        "anyenum",  "anyrange",      "anynonarray",   "cstring",
                                        "internal", "event_trigger", "fdw_handler",   "record",
                                        "trigger",  "unknown",       "void"};
    bool in_catalog = name.schema == NULL || text_equals(name.schema, "pg_catalog");
    return in_catalog && TEXT_IS_ONE_OF(name.name, names);
}

static bool
is_own(const RefusalCase *c, QualifiedName name)
{
    return schema_find_enum(c->schema, name) != NULL ||
           schema_find_domain(c->schema, name) != NULL ||
           schema_find_composite(c->schema, name) != NULL ||
           schema_find_relation(c->schema, name) != NULL;
}

/* Names that the server makes itself: arrays, catalogs, the information schema. */
static bool
may_be_of_system(QualifiedName name)
{
    const char *schema = name.schema != NULL ? name.schema : "";
    return name.name[0] == '_' || strncmp(name.name, "pg_", 3) == 0 || is_pseudo(name) ||
           strncmp(schema, "pg_temp", 7) == 0 || text_equals(schema, "information_schema");
}

static bool
is_missing(const RefusalCase *c, QualifiedName name)
{
    bool knows_types = c->knows_all && !c->saw_code && !c->saw_extension && !c->saw_methods &&
                       schema_setting(c->schema, "search_path") == NULL;
    if (!knows_types)
        return false;
    const CatalogType *known = type_catalog_find(name);
    bool is_built_in =
        known != NULL && !text_equals(name.name, "citext") && !text_equals(name.name, "hstore");
    return !is_built_in && !may_be_of_system(name) && !is_own(c, name);
}

/* parse_type.c, typenameType(); `takes_serial`: where a column is defined. */
static const char *
refuse_type(const RefusalCase *c, const SqlType *type, bool takes_serial)
{
    const QualifiedName name = type->name;
    if (name.name == NULL)
        return NULL;
    if (serial_type_of(type) != NULL ? takes_serial || is_own(c, name) : !is_missing(c, name))
        return NULL;
    const char *written =
        name.schema == NULL ? name.name : arena_printf(c->arena, "%s.%s", name.schema, name.name);
    return arena_printf(c->arena, "type \"%s\" does not exist", written);
}

/* heap.c, CheckAttributeType() */
static const char *
refuse_column_type(const RefusalCase *c, const char *column, const SqlType *type, bool takes_serial)
{
    if (type->name.name == NULL)
        return NULL;
    if (is_pseudo(type->name) && type->array_dimensions == 0 && !is_own(c, type->name))
        return arena_printf(c->arena, "column \"%s\" has pseudo-type %s", column, type->name.name);
    return refuse_type(c, type, takes_serial);
}

const char *
refuse_type_of_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || c->adds_nothing)
        return NULL;
    return refuse_column_type(c, op->add_column.name, &op->add_column.type, true);
}

const char *
refuse_types_of_table(const RefusalCase *c, const Op *op)
{
    const char *refusal = NULL;
    if (c->found != NULL)
        return NULL;
    foreach (column, &op->create_table.columns) {
        bool is_own_row = column->type.name.name != NULL && op->target.name != NULL &&
                          text_equals(column->type.name.name, op->target.name);
        if (refusal == NULL && !is_own_row)
            refusal = refuse_column_type(c, column->name, &column->type, true);
    }
    return refusal;
}

const char *
refuse_types_of_composite(const RefusalCase *c, const Op *op)
{
    const char *refusal = NULL;
    if (op->kind == OP_CREATE_TYPE && !op->composite.is_composite)
        return NULL;
    foreach (attribute, &op->composite.attributes) {
        if (refusal == NULL)
            refusal = refuse_column_type(c, attribute->name, &attribute->type, false);
    }
    return refusal;
}

const char *
refuse_new_column_type(const RefusalCase *c, const Op *op)
{
    if (c->target == NULL)
        return NULL;
    return refuse_column_type(c, op->alter_type.column, &op->alter_type.type, false);
}

const char *
refuse_base_type(const RefusalCase *c, const Op *op)
{
    return refuse_type(c, &op->domain.base, false);
}

static const char *
missing_type(const RefusalCase *c, const Op *op)
{
    const SqlType type = {.name = op->target, .modifiers_known = true};
    return op->target.name != NULL ? refuse_type(c, &type, false) : NULL;
}

const char *
refuse_missing_type(const RefusalCase *c, const Op *op)
{
    return missing_type(c, op);
}

/* dependency.c, findDependentObjects(): a relation's row type goes with it. */
const char *
refuse_drop_missing_type(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    bool has_row_type = relation != NULL && relation->index.table == 0 &&
                        relation->kind != RELATION_SEQUENCE &&
                        schema_find_composite(c->schema, op->target) == NULL &&
                        schema_find_enum(c->schema, op->target) == NULL &&
                        schema_find_domain(c->schema, op->target) == NULL;
    if (has_row_type && !c->saw_code)
        return arena_printf(c->arena, "cannot drop type %s because table %s requires it",
                            op->target.name, relation->name.name);
    return op->if_exists ? NULL : missing_type(c, op);
}
