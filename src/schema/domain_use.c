/* SPDX-License-Identifier: MIT */
/* PostgreSQL: typecmds.c, get_rels_with_domain(). */
#include "schema/domain_use.h"

#include <string.h>

enum { TYPE_DEPTH = 16 };

static DomainUse use_of(const Schema *schema, const SqlType *type, const SimDomain *domain,
                        const SimDomain **within, int depth);

static DomainUse
use_within(const Schema *schema, const SqlType *part, const SimDomain *domain,
           const SimDomain **within, int depth)
{
    DomainUse use = use_of(schema, part, domain, within, depth + 1);
    if (use == DOMAIN_IS_TYPE)
        *within = schema_find_domain(schema, part->name);
    return use == DOMAIN_NOT_USED ? use : DOMAIN_INSIDE;
}

static DomainUse
use_of(const Schema *schema, const SqlType *type, const SimDomain *domain, const SimDomain **within,
       int depth)
{
    if (type->name.name == NULL || depth > TYPE_DEPTH)
        return DOMAIN_NOT_USED;
    if (type->array_dimensions > 0) {
        SqlType element = *type;
        element.array_dimensions = 0;
        return use_within(schema, &element, domain, within, depth);
    }
    const SimDomain *own = schema_find_domain(schema, type->name);
    if (own != NULL && name_equals(own->name, domain->name))
        return DOMAIN_IS_TYPE;
    if (own != NULL)
        return use_of(schema, &own->base, domain, within, depth + 1);
    const SimComposite *composite = schema_find_composite(schema, type->name);
    if (composite == NULL)
        return DOMAIN_NOT_USED;
    foreach (attribute, &composite->attributes) {
        if (use_within(schema, &attribute->type, domain, within, depth) != DOMAIN_NOT_USED)
            return DOMAIN_INSIDE;
    }
    return DOMAIN_NOT_USED;
}

DomainUse
domain_use(const Schema *schema, const SqlType *type, const SimDomain *domain,
           const SimDomain **within)
{
    *within = NULL;
    return use_of(schema, type, domain, within, 0);
}

RelationIdList
domain_relations(Arena *arena, const Schema *schema, const SimDomain *domain)
{
    RelationIdList found = {0};
    RelationIdList all = schema_relations_in(arena, schema, NULL);
    foreach (id, &all) {
        const SimRelation *relation = schema_relation_by_id(schema, *id);
        const SimDomain *within;
        bool uses = false;
        foreach (column, &relation->columns)
            uses |= domain_use(schema, &column->type, domain, &within) == DOMAIN_IS_TYPE;
        if (uses)
            LIST_APPEND(arena, &found, *id);
    }
    return found;
}

const SimConstraint *
domain_find_constraint(const SimDomain *domain, const char *name)
{
    foreach (constraint, &domain->constraints) {
        if (name != NULL && constraint->name != NULL && strcmp(constraint->name, name) == 0)
            return constraint;
    }
    return NULL;
}
