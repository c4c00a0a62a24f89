/* SPDX-License-Identifier: MIT */
/* What ALTER TABLE refuses because a column or constraint comes from a parent, or has to go to the
 * tables below. */
#include "refusals/refusal_check.h"

/* ---- columns */

/* tablecmds.c, ATPrepAddColumn() and ATExecAddColumn() */
const char *
refuse_add_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    GeneratedKind kind = op->add_column.generated;
    bool is_identity = kind == GENERATED_IDENTITY_ALWAYS || kind == GENERATED_IDENTITY_BY_DEFAULT;
    if (table == NULL)
        return NULL;
    if (table->is_typed)
        return "cannot add column to typed table";
    if (table->is_partition)
        return "cannot add column to a partition";
    if (!refusal_has_children(c, table))
        return NULL;
    if (op->only)
        return "column must be added to child tables too";
    bool may_go_down = c->pg_version >= 17 && table->kind == RELATION_PARTITIONED_TABLE;
    if (is_identity && !may_go_down)
        return "cannot recursively add identity column to table that has child tables";
    return NULL;
}

/* tablecmds.c, ATExecAddColumn(): a child that has the column gets it from the parent too. */
const char *
refuse_column_of_children(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const SimColumn added = {.type = op->add_column.type, .type_known = true};
    if (table == NULL || op->only || c->adds_nothing)
        return NULL;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *child = schema_relation_by_id(c->schema, *id);
        const SimColumn *own = relation_find_column(child, op->add_column.name);
        if (own != NULL && refusal_types_differ(&added, own))
            return arena_printf(c->arena, "child table \"%s\" has different type for column \"%s\"",
                                child->name.name, op->add_column.name);
    }
    return NULL;
}

static const char *
in_partition_key(const RefusalCase *c, const SimRelation *table, const char *column,
                 const char *action)
{
    if (!relation_partitions_by(table, column))
        return NULL;
    return arena_printf(
        c->arena,
        "cannot %s column \"%s\" because it is part of the partition key of relation \"%s\"",
        action, column, table->name.name);
}

/* The tables below may be partitioned by another column than the table itself. */
static const char *
in_any_partition_key(const RefusalCase *c, const Op *op, const SimRelation *table,
                     const char *column, const char *action)
{
    const char *refusal = in_partition_key(c, table, column, action);
    RelationIdList below = {0};
    if (!op->only && refusal == NULL)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        if (refusal == NULL)
            refusal = in_partition_key(c, schema_relation_by_id(c->schema, *id), column, action);
    }
    return refusal;
}

static bool
is_inherited(const SimRelation *table, const char *name)
{
    const SimColumn *column = relation_find_column(table, name);
    return column != NULL && column->inherited > 0;
}

/* tablecmds.c, ATPrepDropColumn() and ATExecDropColumn() */
const char *
refuse_drop_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->column.column;
    if (table != NULL && table->is_typed)
        return "cannot drop column from typed table";
    if (table == NULL || relation_find_column(table, name) == NULL)
        return NULL;
    if (is_inherited(table, name))
        return arena_printf(c->arena, "cannot drop inherited column \"%s\"", name);
    const char *refusal = in_any_partition_key(c, op, table, name, "drop");
    if (refusal != NULL)
        return refusal;
    if (op->only && table->kind == RELATION_PARTITIONED_TABLE && refusal_has_children(c, table))
        return "cannot drop column from only the partitioned table when partitions exist";
    return NULL;
}

/* tablecmds.c, renameatt_internal() */
const char *
refuse_rename_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->rename.old_name;
    if (table != NULL && table->is_typed)
        return "cannot rename column of typed table";
    if (table == NULL || relation_find_column(table, name) == NULL)
        return NULL;
    if (op->only && refusal_has_children(c, table))
        return arena_printf(c->arena, "inherited column \"%s\" must be renamed in child tables too",
                            name);
    if (is_inherited(table, name))
        return arena_printf(c->arena, "cannot rename inherited column \"%s\"", name);
    return NULL;
}

/* tablecmds.c, ATPrepAlterColumnType() */
const char *
refuse_alter_inherited_type(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->alter_type.column;
    if (table != NULL && table->is_typed)
        return "cannot alter column type of typed table";
    if (table == NULL || relation_find_column(table, name) == NULL)
        return NULL;
    if (is_inherited(table, name))
        return arena_printf(c->arena, "cannot alter inherited column \"%s\"", name);
    const char *refusal = in_any_partition_key(c, op, table, name, "alter");
    if (refusal != NULL)
        return refusal;
    if (op->only && refusal_has_children(c, table))
        return arena_printf(
            c->arena, "type of inherited column \"%s\" must be changed in child tables too", name);
    return NULL;
}

/* ---- NOT NULL */

static bool
is_not_null(const SimRelation *table, const char *name)
{
    const SimColumn *column = relation_find_column(table, name);
    return column != NULL && column->not_null;
}

/* tablecmds.c: ATExecCheckNotNull() up to 17, ATExecSetNotNull() from 18 on */
const char *
refuse_set_not_null_only(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->column.column;
    if (!op->only || table == NULL || table->kind != RELATION_PARTITIONED_TABLE ||
        is_not_null(table, name))
        return NULL;
    RelationIdList children = schema_children_of(c->arena, c->schema, table->id);
    foreach (id, &children) {
        if (c->pg_version >= 18 || !is_not_null(schema_relation_by_id(c->schema, *id), name))
            return "constraint must be added to child tables too";
    }
    return NULL;
}

static bool
in_primary_key(const SimRelation *table, const char *column)
{
    const SimConstraint *key = relation_primary_key(table);
    return key != NULL && string_list_has(&key->columns, column);
}

static bool
is_identity_key(const RefusalCase *c, const SimRelation *table, const char *column)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        for (size_t i = 0; index->index.identifies && i < index->index.keys.count; i++) {
            const char *key = index->index.keys.items[i].column;
            if (key != NULL && strcmp(key, column) == 0)
                return true;
        }
    }
    return false;
}

static const char *
refuse_nullable_key(const RefusalCase *c, const SimRelation *table, const char *name)
{
    if (in_primary_key(table, name))
        return arena_printf(c->arena, "column \"%s\" is in a primary key", name);
    if (is_identity_key(c, table, name))
        return arena_printf(c->arena, "column \"%s\" is in index used as replica identity", name);
    return NULL;
}

/* Up to 17 the keys are looked at first, from 18 on what the parent says. */
static const char *
refuse_nullable_below(const RefusalCase *c, const SimRelation *table, const char *name)
{
    const SimRelation *parent = schema_relation_by_id(c->schema, table->parent);
    bool in_parent = parent != NULL && !parent->assumed && is_not_null(parent, name);
    const char *in_key = refuse_nullable_key(c, table, name);
    if (c->pg_version < 18 && in_key != NULL)
        return in_key;
    if (in_parent && table->is_partition)
        return arena_printf(c->arena, "column \"%s\" is marked NOT NULL in parent table", name);
    if (in_parent && c->pg_version >= 18)
        return arena_printf(c->arena, "cannot drop inherited constraint \"%s\" of relation \"%s\"",
                            refusal_not_null_name(c, table, name), table->name.name);
    return in_key;
}

static const char *
refuse_nullable(const RefusalCase *c, const SimRelation *table, const char *name)
{
    if (column_is_identity(relation_find_column(table, name)))
        return arena_printf(c->arena, "column \"%s\" of relation \"%s\" is an identity column",
                            name, table->name.name);
    return refuse_nullable_below(c, table, name);
}

/* tablecmds.c, ATPrepDropNotNull() and ATExecDropNotNull() */
const char *
refuse_drop_not_null(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->column.column;
    if (table == NULL || !is_not_null(table, name))
        return NULL;
    if (op->only && c->pg_version < 18 && table->kind == RELATION_PARTITIONED_TABLE &&
        refusal_has_children(c, table))
        return "cannot remove constraint from only the partitioned table when partitions exist";
    return refuse_nullable(c, table, name);
}

/* tablecmds.c, dropconstraint_internal(): from 18 on, by the name that the constraint has. */
const char *
refuse_drop_not_null_by_name(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || c->pg_version < 18)
        return NULL;
    foreach (column, &table->columns) {
        if (column->not_null &&
            strcmp(refusal_not_null_name(c, table, column->name), op->constraint.name) == 0)
            return refuse_nullable(c, table, column->name);
    }
    return NULL;
}

/* ---- identity */

/* tablecmds.c, ATExecAddIdentity(): from 17 on it goes to the partitions. */
const char *
refuse_add_identity(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->column.column;
    const SimColumn *column = table != NULL ? relation_find_column(table, name) : NULL;
    if (column == NULL)
        return NULL;
    if (c->pg_version >= 17 && table->is_partition)
        return "cannot add identity to a column of a partition";
    if (c->pg_version >= 17 && op->only && table->kind == RELATION_PARTITIONED_TABLE &&
        refusal_has_children(c, table))
        return "cannot add identity to a column of only the partitioned table";
    if (!column->not_null)
        return arena_printf(
            c->arena,
            "column \"%s\" of relation \"%s\" must be declared NOT NULL before identity can be "
            "added",
            name, table->name.name);
    return NULL;
}

/* ---- constraints */

/* tablecmds.c, dropconstraint_internal() (ATExecDropConstraint() before 18) */
const char *
refuse_drop_inherited_constraint(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->constraint.name;
    const SimConstraint *constraint = table != NULL ? relation_find_constraint(table, name) : NULL;
    if (constraint == NULL)
        return NULL;
    if (constraint->inherited > 0)
        return arena_printf(c->arena, "cannot drop inherited constraint \"%s\" of relation \"%s\"",
                            name, table->name.name);
    if (op->only && c->pg_version < 18 && constraint->kind == CONSTRAINT_CHECK &&
        table->kind == RELATION_PARTITIONED_TABLE && refusal_has_children(c, table))
        return "cannot remove constraint from only the partitioned table when partitions exist";
    return NULL;
}

/* tablecmds.c, rename_constraint_internal() */
const char *
refuse_rename_inherited_constraint(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->rename.old_name;
    const SimConstraint *constraint = table != NULL ? relation_find_constraint(table, name) : NULL;
    if (constraint == NULL || constraint->kind != CONSTRAINT_CHECK || constraint->no_inherit)
        return NULL;
    if (op->only && refusal_has_children(c, table))
        return arena_printf(
            c->arena, "inherited constraint \"%s\" must be renamed in child tables too", name);
    if (constraint->inherited > 0)
        return arena_printf(c->arena, "cannot rename inherited constraint \"%s\"", name);
    return NULL;
}
