/* SPDX-License-Identifier: MIT */
/* NOT NULL constraints of 18 that stand in the way of others: pg_constraint.c,
 * AdjustNotNullInheritance(); tablecmds.c, ATPrepAddPrimaryKey() and verifyNotNullPKCompatible().
 */
#include <string.h>

#include "refusals/refusal_check.h"

static const SimConstraint *
find_not_null(const SimRelation *table, const char *column)
{
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_NOT_NULL &&
            string_list_has(&constraint->columns, column))
            return constraint;
    }
    return NULL;
}

static const char *
incompatible(const RefusalCase *c, const SimRelation *table, const char *column)
{
    const SimConstraint *present = find_not_null(table, column);
    if (present != NULL && !present->valid)
        return arena_printf(c->arena, "incompatible NOT VALID constraint \"%s\" on relation \"%s\"",
                            present->name, table->name.name);
    return NULL;
}

static const char *
changed_inheritance(const RefusalCase *c, const SimRelation *table, const char *column,
                    bool no_inherit)
{
    const SimConstraint *present = find_not_null(table, column);
    if (present == NULL || present->no_inherit == no_inherit)
        return NULL;
    return arena_printf(
        c->arena,
        "cannot change NO INHERIT status of NOT NULL constraint \"%s\" on relation \"%s\"",
        present->name, table->name.name);
}

static const char *
refuse_key_column(const RefusalCase *c, const SimRelation *table, const char *column, bool by_index)
{
    const SimConstraint *present = find_not_null(table, column);
    if (present == NULL)
        return NULL;
    if (by_index) {
        const char *refusal = changed_inheritance(c, table, column, false);
        return refusal != NULL ? refusal : incompatible(c, table, column);
    }
    return present->valid && !present->no_inherit
               ? NULL
               : arena_printf(c->arena, "cannot create primary key on column \"%s\"", column);
}

static const char *
refuse_primary_key(const RefusalCase *c, const SimRelation *table, const ConstraintDefinition *key)
{
    const char *refusal = NULL;
    foreach (column, &key->columns) {
        if (refusal == NULL)
            refusal = refuse_key_column(c, table, *column, false);
    }
    if (key->using_index == NULL)
        return refusal;
    const SimRelation *index =
        refusal_known(c, (QualifiedName){table->name.schema, key->using_index});
    if (index == NULL)
        return NULL;
    foreach (part, &index->index.keys) {
        if (refusal == NULL && part->column != NULL)
            refusal = refuse_key_column(c, table, part->column, true);
    }
    return refusal;
}

const char *
refuse_beside_not_null(const RefusalCase *c, const Op *op)
{
    const ConstraintDefinition *added = &op->add_constraint;
    const SimRelation *table = c->target;
    if (c->pg_version < 18 || table == NULL)
        return NULL;
    if (added->kind == CONSTRAINT_PRIMARY_KEY)
        return refuse_primary_key(c, table, added);
    if (added->kind != CONSTRAINT_NOT_NULL || added->columns.count != 1)
        return NULL;
    const char *column = added->columns.items[0];
    const char *refusal = changed_inheritance(c, table, column, added->no_inherit);
    return refusal == NULL && !added->not_valid ? incompatible(c, table, column) : refusal;
}

const char *
refuse_identity_beside_not_null(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    return c->pg_version < 18 || table == NULL || op->column.column == NULL
               ? NULL
               : incompatible(c, table, op->column.column);
}
