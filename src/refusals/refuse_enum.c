/* SPDX-License-Identifier: MIT */
/* Values of enums: those that are missing, there already, or too new to be used. */
#include <strings.h>

#include "refusals/refuse_exists.h"
#include "schema/coercion.h"

/* ---- ALTER TYPE … ADD VALUE and RENAME VALUE */

static const char *
refuse_missing_label(const RefusalCase *c, const SimEnum *type, const char *label)
{
    if (label == NULL || !type->values_known || string_list_has(&type->values, label))
        return NULL;
    return arena_printf(c->arena, "\"%s\" is not an existing enum label", label);
}

/* pg_enum.c, AddEnumLabel() and RenameEnumLabel(): the new one is looked for first by the former
 * and last by the latter. */
const char *
refuse_label(const RefusalCase *c, const Op *op)
{
    const SimEnum *type = c->saw_code ? NULL : schema_find_enum(c->schema, op->target);
    if (type == NULL || op->enumeration.values.count != 1)
        return NULL;
    const char *label = op->enumeration.values.items[0];
    bool is_there = string_list_has(&type->values, label);
    if (op->kind == OP_ADD_ENUM_VALUE && is_there && op->if_exists)
        return NULL;
    const char *missing = refuse_missing_label(c, type, op->enumeration.other);
    if (missing != NULL && !(op->kind == OP_ADD_ENUM_VALUE && is_there))
        return missing;
    return is_there ? arena_printf(c->arena, "enum label \"%s\" already exists", label) : NULL;
}

/* ---- use of new values */

/* The enum of the type, also below domains; NULL where it is none that is known. */
static const SimEnum *
enum_of(const RefusalCase *c, const SqlType *type)
{
    SqlType base = coercion_base_type(c->schema, type);
    if (base.name.name == NULL || base.array_dimensions > 0 || base.is_set)
        return NULL;
    return schema_find_enum(c->schema, base.name);
}

static const SqlType *
type_at(const SimRelation *table, int position)
{
    bool is_certain = table->columns_known && position > 0 &&
                      (size_t)position <= table->columns.count &&
                      table->columns.items[position - 1].type_known;
    return is_certain ? &table->columns.items[position - 1].type : NULL;
}

static const SqlType *
type_of_use(const RefusalCase *c, const LabelUse *use)
{
    if (use->type.name.name != NULL)
        return &use->type;
    foreach (name, &use->column.among) {
        const SimRelation *table = refusal_known(c, *name);
        if (table == NULL)
            return NULL;
        if (use->column.name == NULL)
            return type_at(table, use->position);
        const SimColumn *column = relation_find_column(table, use->column.name);
        if (column != NULL)
            return column->type_known ? &column->type : NULL;
        if (!table->columns_known)
            return NULL;
    }
    return NULL;
}

/* enum.c, check_safe_enum_use(). Up to 16 a value that was added is unsafe also where its type is
 * as new; what CREATE TYPE itself lists is safe in all. */
static const char *
refuse_use(const RefusalCase *c, const LabelUse *use)
{
    const SqlType *type = type_of_use(c, use);
    const SimEnum *found = type == NULL ? NULL : enum_of(c, type);
    uint32_t now = schema_transaction(c->schema);
    if (found == NULL || found->added_in != now || !string_list_has(&found->added, use->text))
        return NULL;
    if (c->pg_version >= 17 && found->created_in == now)
        return NULL;
    return arena_printf(c->arena, "unsafe use of new value \"%s\" of enum type %s", use->text,
                        found->name.name);
}

static const char *
refuse_uses(const RefusalCase *c, const LabelUseList *uses)
{
    const char *refusal = NULL;
    foreach (use, uses)
        refusal = refusal == NULL ? refuse_use(c, use) : refusal;
    return refusal;
}

/* pg_proc.c, fmgr_sql_validator(): a body in SQL is analyzed, unless check_function_bodies is off;
 * a later statement of it sees nothing of what an earlier one will make. */
static const char *
refuse_in_body(const RefusalCase *c, const Op *op)
{
    if (op->kind != OP_CREATE_FUNCTION || op->function.code == NULL ||
        op->function.language == NULL || strcasecmp(op->function.language, "sql") != 0)
        return NULL;
    const char *checks = schema_setting(c->schema, "check_function_bodies");
    if (checks != NULL && strcasecmp(checks, "on") != 0)
        return NULL;
    const char *refusal = NULL;
    foreach (inner, &op->function.code->statements) {
        if (refusal == NULL)
            refusal = refuse_uses(c, &inner->statement.labels);
    }
    return refusal;
}

const char *
refuse_unsafe_label(const RefusalCase *c, const Op *op)
{
    if (c->saw_code || c->statement == NULL)
        return NULL;
    const char *refusal = refuse_uses(c, &c->statement->labels);
    return refusal != NULL ? refusal : refuse_in_body(c, op);
}
