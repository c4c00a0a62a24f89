/* SPDX-License-Identifier: MIT */
/* What the bounds of partitions demand of their rows (partbounds.c, get_qual_from_partbound()). */
#ifndef LOCKSTEP_SCHEMA_BOUND_FORMULA_H
#define LOCKSTEP_SCHEMA_BOUND_FORMULA_H

#include "lockstep/formula.h"
#include "lockstep/schema.h"

/* Of a partition of `parent` with this bound; of a default one, what no other partition takes. */
const SqlFormula *bound_formula(Arena *arena, const Schema *schema, const SimRelation *parent,
                                const PartitionBound *bound);

/* The same and all that is demanded of `parent` itself (partcache.c, RelationGetPartitionQual). */
const SqlFormula *bound_formula_with_above(Arena *arena, const Schema *schema,
                                           const SimRelation *parent, const PartitionBound *bound);

#endif
