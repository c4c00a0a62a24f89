/* SPDX-License-Identifier: MIT */
/* What ALTER COLUMN TYPE refuses. */
#include <string.h>

#include "refusals/refusal_type.h"
#include "schema/coercion.h"
#include "schema/type_catalog.h"
#include "schema/type_change.h"

static const char *
cannot(const RefusalCase *c, const char *what, const char *column, const SqlType *to)
{
    return arena_printf(c->arena, "%s \"%s\" cannot be cast automatically to type %s", what, column,
                        coercion_type_name(c->arena, c->schema, to));
}

/* parse_expr.c, transformTypeCast(); tablecmds.c, ATPrepAlterColumnType() */
static const char *
refuse_using(const RefusalCase *c, const Op *op, const SimColumn *column)
{
    static const char result[] = "result of USING clause for column";
    const SqlExpr *using = op->alter_type.using;
    SqlType between = column->type;
    if (type_using_is_cast(c->arena, column->name, using)) {
        if (using->casts.count > 0)
            between = using->casts.items[0];
        if (using->casts.count == 1 && refusal_cannot_cast(c, &column->type, &between))
            return arena_printf(c->arena, "cannot cast type %s to %s",
                                coercion_type_name(c->arena, c->schema, &column->type),
                                coercion_type_name(c->arena, c->schema, &between));
    } else if (!refusal_expression_type(using, &op->alter_type.type, &between)) {
        return NULL;
    }
    return refusal_cannot_assign(c, &between, &op->alter_type.type)
               ? cannot(c, result, column->name, &op->alter_type.type)
               : NULL;
}

/* tablecmds.c, ATExecAlterColumnType() */
static const char *
refuse_present_default(const RefusalCase *c, const Op *op, const SimColumn *column)
{
    SqlType written;
    bool has_default = column->generated == GENERATED_NOT && column->default_value != NULL;
    if (!has_default || !refusal_expression_type(column->default_value, &column->type, &written) ||
        !refusal_cannot_assign(c, &written, &op->alter_type.type))
        return NULL;
    return cannot(c, "default for column", column->name, &op->alter_type.type);
}

static const char *
refuse_known_type(const RefusalCase *c, const Op *op, const SimColumn *column)
{
    const SqlType *to = &op->alter_type.type;
    bool is_generated =
        column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL;
    if (column_is_identity(column) && type_catalog_find(to->name) != NULL &&
        !refusal_may_be_identity(to))
        return "identity column type must be smallint, integer, or bigint";
    if (op->alter_type.using != NULL && is_generated)
        return "cannot specify USING when altering type of generated column";
    if (op->alter_type.using != NULL)
        return refuse_using(c, op, column);
    if (refusal_cannot_assign(c, &column->type, to))
        return cannot(c, "column", column->name, to);
    return NULL;
}

/* tablecmds.c, ATPrepAlterColumnType() and ATExecAlterColumnType() */
const char *
refuse_alter_type(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const SimColumn *column =
        table != NULL ? relation_find_column(table, op->alter_type.column) : NULL;
    if (column == NULL)
        return NULL;
    const char *refusal = NULL;
    if (table->is_typed)
        return "cannot alter column type of typed table";
    if (op->alter_type.collation.name != NULL && refusal_is_uncollatable(c, &op->alter_type.type))
        return arena_printf(c->arena, "collations are not supported by type %s",
                            coercion_type_name(c->arena, c->schema, &op->alter_type.type));
    if (column->type_known)
        refusal = refuse_known_type(c, op, column);
    if (refusal == NULL && column->type_known)
        refusal = refuse_present_default(c, op, column);
    return refusal;
}
