/* SPDX-License-Identifier: MIT */
/* What the subcommands on one column refuse for what the column is: an identity, generated, of
 * some type. */
#include "refusals/refusal_expression.h"
#include "refusals/refusal_type.h"
#include "schema/coercion.h"
#include "schema/type_catalog.h"

typedef struct Known {
    const SimRelation *table;
    const SimColumn *column; /* NULL where it is not certain what it is */
} Known;

static Known
find_known(const RefusalCase *c, const Op *op)
{
    Known known = {.table = c->target};
    if (known.table != NULL)
        known.column = relation_find_column(known.table, op->column.column);
    if (known.column != NULL && !known.column->type_known)
        known.column = NULL;
    return known;
}

static const char *
say(const RefusalCase *c, const Known *known, const char *what)
{
    return arena_printf(c->arena, "column \"%s\" of relation \"%s\" %s", known->column->name,
                        known->table->name.name, what);
}

static bool
is_generated(const SimColumn *column)
{
    return column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL;
}

/* ---- defaults */

static bool
cannot_become(const RefusalCase *c, const char *column, const SqlType *type,
              const SqlExpr *expression, const char **refusal)
{
    SqlType written;
    if (!refusal_expression_type(expression, type, &written) ||
        !refusal_cannot_assign(c, &written, type))
        return false;
    *refusal =
        arena_printf(c->arena, "column \"%s\" is of type %s but default expression is of type %s",
                     column, coercion_type_name(c->arena, c->schema, type),
                     coercion_type_name(c->arena, c->schema, &written));
    return true;
}

/* parse_expr.c, transformColumnRef() and transformSubLink(); heap.c, cookDefault() */
static const char *
refuse_default_value(const RefusalCase *c, const char *column, const SqlType *type,
                     const SqlExpr *value)
{
    const char *refusal = NULL;
    refusal = refusal_of_expression(c, &(ExpressionScope){0}, value, PLACE_DEFAULT);
    if (refusal != NULL)
        return refusal;
    if (value->columns.count > 0)
        return "cannot use column reference in DEFAULT expression";
    return cannot_become(c, column, type, value, &refusal) ? refusal : NULL;
}

/* tablecmds.c, ATExecColumnDefault() */
const char *
refuse_default(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    if (known.column == NULL)
        return NULL;
    if (column_is_identity(known.column))
        return say(c, &known, "is an identity column");
    if (is_generated(known.column))
        return say(c, &known, "is a generated column");
    if (op->kind == OP_DROP_DEFAULT || op->column.value == NULL)
        return NULL;
    return refuse_default_value(c, known.column->name, &known.column->type, op->column.value);
}

/* ---- generated columns */

static bool
is_generated_in(const ExpressionScope *scope, const char *name)
{
    const SimColumn *used = scope->table != NULL ? relation_find_column(scope->table, name) : NULL;
    if (scope->columns != NULL) {
        foreach (column, scope->columns) {
            if (text_equals(column->name, name) && column->generated_as != NULL)
                return true;
        }
    }
    return used != NULL && is_generated(used);
}

static const char *
refuse_generation(const RefusalCase *c, const ExpressionScope *scope, const char *self,
                  const SqlExpr *expression)
{
    const char *refusal = refusal_of_expression(c, scope, expression, PLACE_GENERATION);
    if (refusal != NULL)
        return refusal;
    foreach (name, &expression->columns) {
        if (text_equals(*name, self) || is_generated_in(scope, *name))
            return arena_printf(
                c->arena, "cannot use generated column \"%s\" in column generation expression",
                *name);
    }
    const SqlType *to = refusal_type_in(scope, self);
    const SqlType *from = refusal_type_in(scope, expression->text);
    if (from != NULL && to != NULL && refusal_cannot_assign(c, from, to))
        return arena_printf(c->arena,
                            "column \"%s\" is of type %s but default expression is of type %s",
                            self, coercion_type_name(c->arena, c->schema, to),
                            coercion_type_name(c->arena, c->schema, from));
    return refusal_is_mutable(c, scope, expression) ? "generation expression is not immutable"
                                                    : NULL;
}

/* parse_relation.c, scanNSItemForColumn(); heap.c, cookDefault(); tablecmds.c,
 * ATExecSetExpression() */
const char *
refuse_set_expression(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    if (known.column == NULL || op->column.value == NULL)
        return NULL;
    if (!is_generated(known.column))
        return say(c, &known, "is not a generated column");
    foreach (constraint, &known.table->constraints) {
        if (constraint->kind == CONSTRAINT_CHECK && known.column->generated == GENERATED_VIRTUAL)
            return "ALTER TABLE / SET EXPRESSION is not supported for virtual generated columns in "
                   "tables with check constraints";
    }
    const ExpressionScope scope = refusal_scope(known.table);
    return refuse_generation(c, &scope, known.column->name, op->column.value);
}

/* tablecmds.c, ATExecDropExpression() */
const char *
refuse_drop_expression(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    if (known.column == NULL)
        return NULL;
    if (known.column->generated == GENERATED_VIRTUAL)
        return "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns";
    if (known.column->generated == GENERATED_STORED || op->if_exists)
        return NULL;
    return say(c, &known,
               c->pg_version >= 18 ? "is not a generated column"
                                   : "is not a stored generated column");
}

/* ---- identity */

/* tablecmds.c, ATExecAddIdentity(); parse_utilcmd.c, generateSerialExtraStmts() */
const char *
refuse_identity_on(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    if (known.column == NULL)
        return NULL;
    if (type_catalog_find(known.column->type.name) != NULL &&
        !refusal_may_be_identity(&known.column->type))
        return "identity column type must be smallint, integer, or bigint";
    if (column_is_identity(known.column))
        return say(c, &known, "is already an identity column");
    if (known.column->default_value != NULL)
        return say(c, &known, "already has a default value");
    return NULL;
}

/* Since 17 partitions have the identity of their table, before they had none. */
static const char *
refuse_identity_of_part(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    bool drops = op->kind == OP_DROP_IDENTITY;
    if (op->only && table->kind == RELATION_PARTITIONED_TABLE && refusal_has_children(c, table))
        return drops ? "cannot drop identity from a column of only the partitioned table"
                     : "cannot change identity column of only the partitioned table";
    if (table->is_partition)
        return drops ? "cannot drop identity from a column of a partition"
                     : "cannot change identity column of a partition";
    return NULL;
}

/* tablecmds.c, ATExecSetIdentity() and ATExecDropIdentity() */
const char *
refuse_no_identity(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    const char *refusal = known.table != NULL && c->pg_version >= 17
                              ? refuse_identity_of_part(c, op, known.table)
                              : NULL;
    if (refusal != NULL)
        return refusal;
    if (known.column != NULL && known.table->is_partition && !op->if_exists)
        return say(c, &known, "is not an identity column");
    if (known.column == NULL || column_is_identity(known.column) ||
        (op->kind == OP_DROP_IDENTITY && op->if_exists))
        return NULL;
    return say(c, &known, "is not an identity column");
}

/* ---- storage */

static const CatalogType *
stored_type(const RefusalCase *c, const SimColumn *column)
{
    SqlType base = coercion_base_type(c->schema, &column->type);
    bool is_own = schema_find_enum(c->schema, base.name) != NULL;
    return base.array_dimensions > 0 || is_own ? NULL : type_catalog_find(base.name);
}

/* tablecmds.c, GetAttributeStorage() */
const char *
refuse_storage(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    const char *storage = op->column.setting;
    const CatalogType *type = known.column != NULL ? stored_type(c, known.column) : NULL;
    if (type == NULL || storage == NULL || type->storage != 'p' || text_equals(storage, "plain") ||
        text_equals(storage, "default"))
        return NULL;
    return arena_printf(c->arena, "column data type %s can only have storage PLAIN",
                        coercion_type_name(c->arena, c->schema, &known.column->type));
}

/* tablecmds.c, GetAttributeCompression() */
const char *
refuse_compression(const RefusalCase *c, const Op *op)
{
    Known known = find_known(c, op);
    const char *method = op->column.setting;
    if (known.column == NULL || method == NULL || text_equals(method, "default"))
        return NULL;
    const CatalogType *type = stored_type(c, known.column);
    if (type != NULL && type->storage == 'p')
        return arena_printf(c->arena, "column data type %s does not support compression",
                            coercion_type_name(c->arena, c->schema, &known.column->type));
    if (!text_equals(method, "pglz") && !text_equals(method, "lz4"))
        return arena_printf(c->arena, "invalid compression method \"%s\"", method);
    return NULL;
}

/* ---- ADD COLUMN */

static bool
is_identity(const ColumnDefinition *column)
{
    return column->generated == GENERATED_IDENTITY_ALWAYS ||
           column->generated == GENERATED_IDENTITY_BY_DEFAULT;
}

/* parse_utilcmd.c, transformColumnDefinition() */
static const char *
refuse_both(const RefusalCase *c, const ColumnDefinition *column, const char *table)
{
    const char *what = NULL;
    bool has_default = column->default_value != NULL;
    bool serial = serial_type_of(&column->type) != NULL;
    if (serial && column->type.array_dimensions > 0)
        return "array of serial is not implemented";
    if (serial && has_default)
        return arena_printf(c->arena,
                            "multiple default values specified for column \"%s\" of table \"%s\"",
                            column->name, table);
    if ((serial || has_default) && is_identity(column))
        what = "default and identity";
    else if (has_default && column->generated_as != NULL)
        what = "default and generation expression";
    if (what == NULL)
        return NULL;
    return arena_printf(c->arena, "both %s specified for column \"%s\" of table \"%s\"", what,
                        column->name, table);
}

/* heap.c, CheckAttributeType(); parse_utilcmd.c, transformColumnDefinition() */
static const char *
refuse_virtual(const RefusalCase *c, const ColumnDefinition *column)
{
    static const char *const words[] = {
        [CONSTRAINT_UNIQUE] = "unique constraints",
        [CONSTRAINT_PRIMARY_KEY] = "primary keys",
        [CONSTRAINT_FOREIGN_KEY] = "foreign key constraints",
    };
    foreach (constraint, &column->constraints) {
        if (constraint->kind != CONSTRAINT_CHECK && constraint->kind != CONSTRAINT_NOT_NULL &&
            constraint->kind != CONSTRAINT_EXCLUDE)
            return arena_printf(c->arena, "%s on virtual generated columns are not supported",
                                words[constraint->kind]);
    }
    if (schema_find_domain(c->schema, column->type.name) != NULL &&
        column->type.array_dimensions == 0)
        return arena_printf(c->arena, "virtual generated column \"%s\" cannot have a domain type",
                            column->name);
    if (schema_find_enum(c->schema, column->type.name) != NULL)
        return arena_printf(c->arena,
                            "virtual generated column \"%s\" cannot have a user-defined type",
                            column->name);
    foreach (function, &column->generated_as->functions) {
        if (schema_find_function(c->schema, *function) != NULL)
            return "generation expression uses user-defined function";
    }
    return NULL;
}

static const char *
refuse_value(const RefusalCase *c, const ExpressionScope *scope, const ColumnDefinition *column)
{
    if (column->default_value != NULL)
        return refuse_default_value(c, column->name, &column->type, column->default_value);
    if (column->generated_as == NULL)
        return NULL;
    const char *refusal = column->generated == GENERATED_VIRTUAL ? refuse_virtual(c, column) : NULL;
    return refusal != NULL ? refusal
                           : refuse_generation(c, scope, column->name, column->generated_as);
}

static bool
has_no_identity(const RefusalCase *c, const SqlType *type)
{
    if (schema_find_domain(c->schema, type->name) != NULL)
        return true;
    return type_catalog_find(type->name) != NULL && !refusal_may_be_identity(type);
}

static const char *
refuse_definition(const RefusalCase *c, const ColumnDefinition *column,
                  const ExpressionScope *scope)
{
    const char *refusal = refuse_both(c, column, scope->name);
    if (refusal != NULL)
        return refusal;
    if (column->collation.name != NULL && refusal_is_uncollatable(c, &column->type))
        return arena_printf(c->arena, "collations are not supported by type %s",
                            coercion_type_name(c->arena, c->schema, &column->type));
    if (is_identity(column) && has_no_identity(c, &column->type))
        return "identity column type must be smallint, integer, or bigint";
    refusal = refuse_value(c, scope, column);
    return refusal != NULL ? refusal : refusal_of_constraints(c, scope, &column->constraints);
}

/* Without a name there is no type either: a column that PARTITION OF only adds options to. */
const char *
refuse_column_definition(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || c->adds_nothing || op->add_column.type.name.name == NULL)
        return NULL;
    ExpressionScope scope = refusal_scope(table);
    scope.added = &op->add_column;
    return refuse_definition(c, &op->add_column, &scope);
}

const char *
refuse_table_columns(const RefusalCase *c, const Op *op)
{
    bool skipped = op->if_exists && c->found != NULL;
    const char *refusal = NULL;
    if (skipped || op->create_table.is_foreign)
        return NULL;
    const ExpressionScope scope = refusal_scope_of_new(c, op);
    foreach (column, &op->create_table.columns) {
        if (column->type.name.name != NULL)
            refusal = refuse_definition(c, column, &scope);
        if (refusal != NULL)
            break;
    }
    return refusal;
}
