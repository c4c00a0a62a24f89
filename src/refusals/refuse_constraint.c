/* SPDX-License-Identifier: MIT */
/* CHECK and NOT NULL, VALIDATE and ALTER CONSTRAINT. */
#include "refusals/refusal_check.h"

/* tablecmds.c, ATAddCheckNNConstraint(); heap.c, AddRelationNewConstraints() */
const char *
refuse_add_check(const RefusalCase *c, const Op *op)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    const SimRelation *table = c->target;
    bool is_check = constraint->kind == CONSTRAINT_CHECK;
    if (table == NULL || (!is_check && constraint->kind != CONSTRAINT_NOT_NULL))
        return NULL;
    if (constraint->no_inherit && table->kind == RELATION_PARTITIONED_TABLE)
        return is_check
                   ? arena_printf(c->arena,
                                  "cannot add NO INHERIT constraint to partitioned table \"%s\"",
                                  table->name.name)
                   : "not-null constraints on partitioned tables cannot be NO INHERIT";
    if (op->only && !constraint->no_inherit && refusal_has_children(c, table))
        return "constraint must be added to child tables too";
    return NULL;
}

static const SimConstraint *
find_constraint(const RefusalCase *c, const char *name, const SimRelation **table)
{
    *table = c->target;
    return *table != NULL && name != NULL ? relation_find_constraint(*table, name) : NULL;
}

/* tablecmds.c, ATExecValidateConstraint() and QueueCheckConstraintValidation() */
const char *
refuse_validate(const RefusalCase *c, const Op *op)
{
    const SimRelation *table;
    const char *name = op->constraint.name;
    const SimConstraint *constraint = find_constraint(c, name, &table);
    if (constraint == NULL)
        return NULL;
    bool is_row_constraint = constraint->kind == CONSTRAINT_CHECK ||
                             constraint->kind == CONSTRAINT_FOREIGN_KEY ||
                             (constraint->kind == CONSTRAINT_NOT_NULL && c->pg_version >= 18);
    if (!is_row_constraint && c->pg_version >= 18)
        return arena_printf(c->arena, "cannot validate constraint \"%s\" of relation \"%s\"", name,
                            table->name.name);
    if (!is_row_constraint)
        return arena_printf(
            c->arena,
            "constraint \"%s\" of relation \"%s\" is not a foreign key or check constraint", name,
            table->name.name);
    if (!constraint->enforced)
        return "cannot validate NOT ENFORCED constraint";
    if (op->only && !constraint->valid && !constraint->no_inherit &&
        constraint->kind != CONSTRAINT_FOREIGN_KEY && refusal_has_children(c, table))
        return "constraint must be validated on child tables too";
    return NULL;
}

static const char *
refuse_alter_inheritance(const RefusalCase *c, const SimRelation *table,
                         const SimConstraint *constraint)
{
    if (constraint->kind != CONSTRAINT_NOT_NULL)
        return arena_printf(c->arena,
                            "constraint \"%s\" of relation \"%s\" is not a not-null constraint",
                            constraint->name, table->name.name);
    if (constraint->inherited > 0)
        return arena_printf(c->arena, "cannot alter inherited constraint \"%s\" on relation \"%s\"",
                            constraint->name, table->name.name);
    return NULL;
}

/* tablecmds.c, ATExecAlterConstraint() */
const char *
refuse_alter_constraint(const RefusalCase *c, const Op *op)
{
    const SimRelation *table;
    const ConstraintDefinition *change = &op->add_constraint;
    const SimConstraint *constraint = find_constraint(c, change->name, &table);
    if (change->alters.inheritance && c->pg_version < 18)
        return "FOREIGN KEY constraints cannot be marked NO INHERIT";
    if (constraint == NULL)
        return NULL;
    bool is_foreign_key = constraint->kind == CONSTRAINT_FOREIGN_KEY;
    if (change->alters.deferrability && !is_foreign_key)
        return arena_printf(c->arena,
                            "constraint \"%s\" of relation \"%s\" is not a foreign key constraint",
                            change->name, table->name.name);
    if (change->alters.enforcement && !is_foreign_key)
        return arena_printf(c->arena,
                            "cannot alter enforceability of constraint \"%s\" of relation \"%s\"",
                            change->name, table->name.name);
    if (change->alters.inheritance)
        return refuse_alter_inheritance(c, table, constraint);
    if (constraint->inherited > 0)
        return arena_printf(c->arena, "cannot alter constraint \"%s\" on relation \"%s\"",
                            change->name, table->name.name);
    return NULL;
}
