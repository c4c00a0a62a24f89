/* SPDX-License-Identifier: MIT */
/* CREATE DOMAIN and ALTER DOMAIN: constraints that a domain cannot have, has already or lacks, and
 * uses of the domain that keep its values from being checked. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/domain_use.h"

/* typecmds.c, DefineDomain() */
static const char *
refuse_kind_of_constraint(const ConstraintDefinition *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_CHECK:
        return constraint->no_inherit ? "check constraints for domains cannot be marked NO INHERIT"
                                      : NULL;
    case CONSTRAINT_NOT_NULL:
        break;
    case CONSTRAINT_UNIQUE:
        return "unique constraints not possible for domains";
    case CONSTRAINT_PRIMARY_KEY:
        return "primary key constraints not possible for domains";
    case CONSTRAINT_EXCLUDE:
        return "exclusion constraints not possible for domains";
    case CONSTRAINT_FOREIGN_KEY:
        return "foreign key constraints not possible for domains";
    }
    return NULL;
}

static const char *
already_there(const RefusalCase *c, const char *constraint, const char *domain)
{
    return arena_printf(c->arena, "constraint \"%s\" for domain \"%s\" already exists", constraint,
                        domain);
}

const char *
refuse_create_domain(const RefusalCase *c, const Op *op)
{
    foreach (constraint, &op->domain.constraints) {
        const char *refusal = refuse_kind_of_constraint(constraint);
        if (refusal != NULL)
            return refusal;
        foreach (other, &op->domain.constraints) {
            if (other < constraint && other->name != NULL && constraint->name != NULL &&
                strcmp(other->name, constraint->name) == 0)
                return already_there(c, constraint->name, op->target.name);
        }
    }
    return NULL;
}

/* tablecmds.c, find_composite_type_dependencies(): only what has rows of its own. */
static const char *
refuse_used_inside(const RefusalCase *c, const SimDomain *domain)
{
    RelationIdList all = schema_relations_in(c->arena, c->schema, NULL);
    foreach (id, &all) {
        const SimRelation *table = schema_relation_by_id(c->schema, *id);
        if (table->assumed ||
            (table->kind != RELATION_TABLE && table->kind != RELATION_MATERIALIZED_VIEW))
            continue;
        foreach (column, &table->columns) {
            const SimDomain *within;
            if (column->type_known &&
                domain_use(c->schema, &column->type, domain, &within) == DOMAIN_INSIDE)
                return arena_printf(
                    c->arena, "cannot alter type \"%s\" because column \"%s.%s\" uses it",
                    (within != NULL ? within : domain)->name.name, table->name.name, column->name);
        }
    }
    return NULL;
}

/* typecmds.c, AlterDomainAddConstraint(), AlterDomainValidateConstraint() and
 * AlterDomainDropConstraint(); pg_constraint.c, get_domain_constraint_oid() */
static const char *
refuse_constraint_name(const RefusalCase *c, const Op *op, const SimDomain *domain)
{
    const char *name = op->domain.constraint;
    bool is_renamed = op->domain.action == DOMAIN_RENAME_CONSTRAINT;
    bool is_named = op->domain.action == DOMAIN_VALIDATE || op->domain.action == DOMAIN_DROP;
    /* From 17 on NOT NULL is a constraint, whose name is not kept here. */
    bool is_missing = !domain->not_null && domain_find_constraint(domain, name) == NULL;
    if (is_renamed && is_missing)
        return arena_printf(c->arena, "constraint \"%s\" for domain %s does not exist", name,
                            domain->name.name);
    if (is_named && !op->if_exists && is_missing)
        return arena_printf(c->arena, "constraint \"%s\" of domain \"%s\" does not exist", name,
                            domain->name.name);
    if (op->domain.action != DOMAIN_ADD || op->domain.constraints.count == 0)
        return NULL;
    const ConstraintDefinition *added = &op->domain.constraints.items[0];
    const char *refusal = refuse_kind_of_constraint(added);
    if (refusal != NULL)
        return refusal;
    return domain_find_constraint(domain, added->name) != NULL
               ? already_there(c, added->name, domain->name.name)
               : NULL;
}

const char *
refuse_alter_domain(const RefusalCase *c, const Op *op)
{
    const SimDomain *domain = schema_find_domain(c->schema, op->target);
    bool is_other = schema_find_enum(c->schema, op->target) != NULL ||
                    schema_find_composite(c->schema, op->target) != NULL;
    if (domain == NULL)
        return is_other ? arena_printf(c->arena, "%s is not a domain", op->target.name) : NULL;
    const char *refusal = c->saw_code ? NULL : refuse_constraint_name(c, op, domain);
    bool checks = op->domain.not_null && !domain->not_null;
    foreach (constraint, &op->domain.constraints)
        checks |= constraint->kind == CONSTRAINT_CHECK && !constraint->not_valid;
    return refusal == NULL && checks ? refuse_used_inside(c, domain) : refusal;
}
