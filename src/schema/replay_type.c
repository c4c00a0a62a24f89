/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/replay_parts.h"

static QualifiedName
creation_name(const Schema *schema, const Op *op)
{
    return schema_new_name(schema, op->target, PERSISTENCE_PERMANENT);
}

/* ---- casts */

void
replay_create_cast(Schema *schema, const Op *op)
{
    schema_name_set(schema, NAMES_CAST, (QualifiedName){NULL, "CREATE CAST"}, op);
}

/* ---- domains */

static SimConstraint *
find_domain_constraint(SimDomain *domain, const char *name)
{
    foreach (constraint, &domain->constraints) {
        if (name != NULL && strcmp(constraint->name, name) == 0)
            return constraint;
    }
    return NULL;
}

/* pg_constraint.c, ChooseConstraintName() */
static const char *
new_constraint_name(Schema *schema, SimDomain *domain, ConstraintKind kind)
{
    const char *suffix = kind == CONSTRAINT_NOT_NULL ? "not_null" : "check";
    const char *name = sql_new_name(schema->arena, domain->name.name, NULL, suffix);
    for (int i = 1; find_domain_constraint(domain, name) != NULL; i++)
        name = sql_new_name(schema->arena, domain->name.name, NULL,
                            arena_printf(schema->arena, "%s%d", suffix, i));
    return name;
}

/* VALIDATE CONSTRAINT names one that is there; what is added has an expression. */
static void
put_domain_constraint(Schema *schema, SimDomain *domain, const ConstraintDefinition *definition)
{
    const char *name = definition->name;
    SimConstraint *present = find_domain_constraint(domain, name);
    if (present != NULL) {
        present->valid = true;
        return;
    }
    if (name == NULL)
        name = new_constraint_name(schema, domain, definition->kind);
    LIST_APPEND(schema->arena, &domain->constraints,
                (SimConstraint){
                    .kind = definition->kind,
                    .name = name,
                    .expression = definition->expression,
                    .valid = !definition->not_valid,
                    .enforced = true,
                });
    domain->not_null |= definition->kind == CONSTRAINT_NOT_NULL;
}

void
replay_create_domain(Schema *schema, const Op *op)
{
    QualifiedName name = creation_name(schema, op);
    if (schema_name_get(schema, NAMES_DOMAIN, name) != NULL)
        return;
    SimDomain *domain = ARENA_NEW(schema->arena, SimDomain);
    domain->name = name;
    domain->base = op->domain.base;
    domain->not_null = op->domain.not_null;
    domain->default_value = op->domain.default_value;
    foreach (constraint, &op->domain.constraints)
        put_domain_constraint(schema, domain, constraint);
    schema_name_set(schema, NAMES_DOMAIN, name, domain);
}

void
replay_alter_domain(Schema *schema, const Op *op)
{
    const SimDomain *old = schema_find_domain(schema, op->target);
    if (old == NULL)
        return;
    bool drops = op->domain.action == DOMAIN_DROP;
    SimDomain *domain = arena_copy(schema->arena, old, sizeof *old);
    domain->constraints = (SimConstraintList){0};
    foreach (constraint, &old->constraints) {
        bool is_dropped = drops && strcmp(constraint->name, op->domain.constraint) == 0;
        if (!is_dropped)
            LIST_APPEND(schema->arena, &domain->constraints, *constraint);
        else if (constraint->kind == CONSTRAINT_NOT_NULL)
            domain->not_null = false;
    }
    if (op->domain.action == DOMAIN_RENAME_CONSTRAINT) {
        SimConstraint *renamed = find_domain_constraint(domain, op->domain.constraint);
        if (renamed != NULL)
            renamed->name = op->domain.new_name;
    }
    if (op->domain.action == DOMAIN_DROP_NOT_NULL)
        domain->not_null = false;
    domain->not_null |= op->domain.not_null;
    foreach (constraint, &op->domain.constraints)
        put_domain_constraint(schema, domain, constraint);
    schema_name_set(schema, NAMES_DOMAIN, domain->name, domain);
}
