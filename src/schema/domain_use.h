/* SPDX-License-Identifier: MIT */
/* What has values of a domain. */
#ifndef LOCKSTEP_SCHEMA_DOMAIN_USE_H
#define LOCKSTEP_SCHEMA_DOMAIN_USE_H

#include "lockstep/schema.h"

typedef enum DomainUse {
    DOMAIN_NOT_USED,
    DOMAIN_IS_TYPE, /* the type is the domain, or a domain over it */
    DOMAIN_INSIDE   /* of an array or a composite type */
} DomainUse;

/* How a type uses a domain. For DOMAIN_INSIDE *within is the domain that is the element or
 * attribute: itself, or one over it. */
DomainUse domain_use(const Schema *schema, const SqlType *type, const SimDomain *domain,
                     const SimDomain **within);

/* The relations with a column of the domain or of one over it, in the order of their creation. */
RelationIdList domain_relations(Arena *arena, const Schema *schema, const SimDomain *domain);

const SimConstraint *domain_find_constraint(const SimDomain *domain, const char *name);

#endif
