/* SPDX-License-Identifier: MIT */
/* Columns, constraints and types that are not there, or are there already. */
#include <string.h>

#include "refusals/refuse_exists.h"

static RefusalCheck refuse_created_table;

/* The target, where all its columns and constraints are known. */
static const SimRelation *
known_whole(const RefusalCase *c)
{
    const SimRelation *table = c->saw_code ? NULL : c->target;
    return table != NULL && table->columns_known ? table : NULL;
}

bool
refusal_lacks_column(const SimRelation *table, const char *column)
{
    return column != NULL && !refusal_is_system_column(column) &&
           relation_find_column(table, column) == NULL;
}

/* ---- columns */

/* tablecmds.c, ATExecColumnDefault() and its like */
static const char *
refuse_column(const RefusalCase *c, const Op *op, const char *column)
{
    const SimRelation *table = c->saw_code ? NULL : c->target;
    if (table == NULL || column == NULL)
        return NULL;
    if (refusal_is_system_column(column) && table->kind != RELATION_VIEW)
        return arena_printf(c->arena, "cannot %s system column \"%s\"",
                            op->kind == OP_DROP_COLUMN ? "drop" : "alter", column);
    if (!table->columns_known || !refusal_lacks_column(table, column))
        return NULL;
    return arena_printf(c->arena, "column \"%s\" of relation \"%s\" does not exist", column,
                        table->name.name);
}

/* tablecmds.c, check_for_column_name_collision() */
static const char *
refuse_new_column(const RefusalCase *c, const char *column, bool if_not_exists)
{
    const SimRelation *table = c->saw_code ? NULL : c->target;
    if (table == NULL || column == NULL)
        return NULL;
    if (refusal_is_system_column(column) && table->kind != RELATION_VIEW)
        return arena_printf(c->arena, "column name \"%s\" conflicts with a system column name",
                            column);
    if (if_not_exists || relation_find_column(table, column) == NULL)
        return NULL;
    return arena_printf(c->arena, "column \"%s\" of relation \"%s\" already exists", column,
                        table->name.name);
}

/* The tables below get the new name too. */
static const char *
refuse_name_below(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    RelationIdList below = {0};
    if (!op->only && op->rename.new_name != NULL)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *child = schema_relation_by_id(c->schema, *id);
        if (!child->assumed && relation_find_column(child, op->rename.new_name) != NULL)
            return arena_printf(c->arena, "column \"%s\" of relation \"%s\" already exists",
                                op->rename.new_name, child->name.name);
    }
    return NULL;
}

/* tablecmds.c, renameatt_internal() */
static const char *
refuse_renamed_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_whole(c);
    if (table != NULL && op->rename.old_name != NULL &&
        refusal_is_system_column(op->rename.old_name) && table->kind != RELATION_VIEW)
        return arena_printf(c->arena, "cannot rename system column \"%s\"", op->rename.old_name);
    if (table != NULL && refusal_lacks_column(table, op->rename.old_name))
        return arena_printf(c->arena, "column \"%s\" does not exist", op->rename.old_name);
    const char *refusal = refuse_new_column(c, op->rename.new_name, false);
    return refusal != NULL || table == NULL ? refusal : refuse_name_below(c, op, table);
}

/* indexcmds.c, ComputeIndexAttrs() */
static const char *
refuse_index_columns(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_whole(c);
    if (table == NULL)
        return NULL;
    const char *missing = NULL;
    foreach (key, &op->create_index.keys)
        missing =
            missing == NULL && refusal_lacks_column(table, key->column) ? key->column : missing;
    foreach (column, &op->create_index.including)
        missing = missing == NULL && refusal_lacks_column(table, *column) ? *column : missing;
    return missing == NULL ? NULL : arena_printf(c->arena, "column \"%s\" does not exist", missing);
}

/* ---- constraints */

/* From 18 on a NOT NULL has a name that may be written nowhere; the server makes it end so, but for
 * a number (pg_constraint.c, ChooseConstraintName). That of a parent may be any. */
static bool
may_be_not_null(const RefusalCase *c, const SimRelation *table, const char *name)
{
    if (c->pg_version < 18)
        return false;
    foreach (column, &table->columns) {
        if (column->not_null)
            return table->parent != 0 || strstr(name, "not_null") != NULL;
    }
    return false;
}

/* tablecmds.c, ATExecDropConstraint(), ATExecValidateConstraint(), ATExecAlterConstraint() */
static const char *
refuse_constraint(const RefusalCase *c, const char *name)
{
    const SimRelation *table = known_whole(c);
    if (table == NULL || name == NULL || relation_find_constraint(table, name) != NULL ||
        may_be_not_null(c, table, name))
        return NULL;
    return arena_printf(c->arena, "constraint \"%s\" of relation \"%s\" does not exist", name,
                        table->name.name);
}

/* A constraint trigger is a constraint too (trigger.c, CreateTriggerFiringOn). */
static bool
is_constraint_trigger(const SimRelation *table, const char *name)
{
    const SimAttached *trigger = relation_find_attached(table, SIM_TRIGGER, name);
    return trigger != NULL && trigger->is_constraint;
}

static const char *
taken_constraint(const RefusalCase *c, const SimRelation *table, const char *name)
{
    if (name == NULL || relation_find_constraint(table, name) == NULL)
        return NULL;
    return arena_printf(c->arena, "constraint \"%s\" for relation \"%s\" already exists", name,
                        table->name.name);
}

/* tablecmds.c, rename_constraint_internal(); pg_constraint.c, get_relation_constraint_oid() */
static const char *
refuse_renamed_constraint(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->saw_code ? NULL : c->target;
    const char *name = op->rename.old_name;
    if (table == NULL || name == NULL)
        return NULL;
    if (table->columns_known && relation_find_constraint(table, name) == NULL &&
        !may_be_not_null(c, table, name) && !is_constraint_trigger(table, name))
        return arena_printf(c->arena, "constraint \"%s\" for table \"%s\" does not exist", name,
                            table->name.name);
    const char *refusal = taken_constraint(c, table, op->rename.new_name);
    const SimConstraint *constraint = relation_find_constraint(table, name);
    if (refusal != NULL || constraint == NULL || constraint->index == 0)
        return refusal;
    /* Its index gets the name too. */
    const SimRelation *holder =
        refusal_known(c, (QualifiedName){table->name.schema, op->rename.new_name});
    return holder == NULL
               ? NULL
               : arena_printf(c->arena, "relation \"%s\" already exists", holder->name.name);
}

/* parse_utilcmd.c, transformIndexConstraint() */
static const char *
refuse_key_columns(const RefusalCase *c, const SimRelation *table,
                   const ConstraintDefinition *constraint)
{
    if (constraint->kind != CONSTRAINT_UNIQUE && constraint->kind != CONSTRAINT_PRIMARY_KEY)
        return NULL;
    foreach (column, &constraint->columns) {
        if (refusal_lacks_column(table, *column))
            return arena_printf(c->arena, "column \"%s\" named in key does not exist", *column);
    }
    return NULL;
}

/* heap.c, AddRelationNewConstraints(). NOT NULL finds the one that is there, and a CHECK may be
 * merged with an inherited one. */
static const char *
refuse_new_constraint(const RefusalCase *c, const Op *op)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    const SimRelation *table = c->saw_code ? NULL : c->target;
    if (table == NULL)
        return NULL;
    if (constraint->kind == CONSTRAINT_NOT_NULL)
        return constraint->columns.count == 1 ? refuse_column(c, op, constraint->columns.items[0])
                                              : NULL;
    if (constraint->kind == CONSTRAINT_CHECK && table->parent != 0)
        return NULL;
    const char *refusal = taken_constraint(c, table, constraint->name);
    if (refusal == NULL && table->columns_known)
        refusal = refuse_key_columns(c, table, constraint);
    return refusal;
}

/* ---- types */

/* typecmds.c, DefineEnum() and DefineDomain() */
static const char *
refuse_new_type(const RefusalCase *c, QualifiedName written)
{
    if (c->saw_code || written.name == NULL)
        return NULL;
    QualifiedName name = schema_new_name(c->schema, written, PERSISTENCE_PERMANENT);
    const SimRelation *relation = refusal_known(c, name);
    bool has_row_type = relation != NULL && relation->kind != RELATION_INDEX &&
                        relation->kind != RELATION_PARTITIONED_INDEX &&
                        relation->kind != RELATION_SEQUENCE;
    if (!has_row_type && schema_find_enum(c->schema, name) == NULL &&
        schema_find_domain(c->schema, name) == NULL &&
        schema_find_composite(c->schema, name) == NULL)
        return NULL;
    return arena_printf(c->arena, "type \"%s\" already exists", name.name);
}

static bool
is_type(const RefusalCase *c, QualifiedName name)
{
    return schema_find_enum(c->schema, name) != NULL ||
           schema_find_domain(c->schema, name) != NULL ||
           schema_find_composite(c->schema, name) != NULL;
}

/* typecmds.c, RenameType() */
static const char *
refuse_renamed_type(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->saw_code ? NULL : c->target;
    if (relation != NULL && !is_type(c, op->target) && relation->index.table == 0 &&
        relation->kind != RELATION_SEQUENCE)
        return arena_printf(c->arena, "%s is a table's row type", op->target.name);
    if (!is_type(c, op->target))
        return NULL;
    const QualifiedName old = schema_resolve(c->schema, op->target);
    const char *schema = op->rename.new_schema != NULL ? op->rename.new_schema : old.schema;
    const char *name = op->rename.new_name != NULL ? op->rename.new_name : old.name;
    if (op->rename.new_schema != NULL && text_equals_or_null(schema, old.schema))
        return NULL;
    return refuse_new_type(c, (QualifiedName){schema, name});
}

/* ---- all of them */

const char *
refuse_members(const RefusalCase *c, const Op *op)
{
    /* Kinds that are not here name no member. */
    if (op->kind == OP_CREATE_TABLE)
        return refuse_created_table(c, op);
    if (op->kind == OP_ADD_COLUMN)
        return refuse_new_column(c, op->add_column.name, op->if_exists);
    if (op->kind == OP_RENAME_COLUMN)
        return refuse_renamed_column(c, op);
    if (op->kind == OP_DROP_COLUMN)
        return op->if_exists ? NULL : refuse_column(c, op, op->column.column);
    if (op->kind == OP_ALTER_COLUMN_TYPE)
        return refuse_column(c, op, op->alter_type.column);
    if (op->kind == OP_SET_NOT_NULL || op->kind == OP_DROP_NOT_NULL || op->kind == OP_SET_DEFAULT ||
        op->kind == OP_DROP_DEFAULT || op->kind == OP_SET_EXPRESSION ||
        op->kind == OP_DROP_EXPRESSION || op->kind == OP_DROP_IDENTITY ||
        op->kind == OP_SET_STORAGE || op->kind == OP_ADD_IDENTITY ||
        op->kind == OP_SET_STATISTICS || op->kind == OP_SET_COLUMN_OPTIONS ||
        op->kind == OP_SET_COMPRESSION || op->kind == OP_SET_IDENTITY)
        return refuse_column(c, op, op->column.column);
    if (op->kind == OP_CREATE_INDEX)
        return refuse_index_columns(c, op);
    if (op->kind == OP_ADD_CONSTRAINT)
        return refuse_new_constraint(c, op);
    if (op->kind == OP_DROP_CONSTRAINT)
        return op->if_exists ? NULL : refuse_constraint(c, op->constraint.name);
    if (op->kind == OP_VALIDATE_CONSTRAINT)
        return refuse_constraint(c, op->constraint.name);
    if (op->kind == OP_ALTER_CONSTRAINT)
        return refuse_constraint(c, op->add_constraint.name);
    if (op->kind == OP_RENAME_CONSTRAINT)
        return refuse_renamed_constraint(c, op);
    if (op->kind == OP_CREATE_ENUM || op->kind == OP_CREATE_DOMAIN ||
        (op->kind == OP_CREATE_TYPE && op->composite.is_composite))
        return refuse_new_type(c, op->target);
    if (op->kind == OP_RENAME_TYPE)
        return refuse_renamed_type(c, op);
    return NULL;
}

/* ---- CREATE TABLE */

/* MaxHeapAttributeNumber */
enum { MOST_COLUMNS = 1600 };

/* tablecmds.c, MergeAttributes(): a partition and a child may name columns of the parent again, but
 * none twice. */
static const char *
refuse_columns_twice(const RefusalCase *c, const ColumnList *columns)
{
    if (columns->count > MOST_COLUMNS)
        return arena_printf(c->arena, "tables can have at most %d columns", MOST_COLUMNS);
    foreach (column, columns) {
        if (refusal_is_system_column(column->name))
            return arena_printf(c->arena, "column name \"%s\" conflicts with a system column name",
                                column->name);
        for (const ColumnDefinition *other = columns->items; other < column; other++) {
            if (text_equals(other->name, column->name))
                return arena_printf(c->arena, "column \"%s\" specified more than once",
                                    column->name);
        }
    }
    return NULL;
}

static const char *
refuse_created_table(const RefusalCase *c, const Op *op)
{
    return refuse_columns_twice(c, &op->create_table.columns);
}
