/* SPDX-License-Identifier: MIT */
/* Whether a relation's constraints prove a formula, by the rules of the planner (predtest.c,
 * predicate_implied_by()): what it cannot see is not proven. */
#ifndef LOCKSTEP_SCHEMA_PROOF_H
#define LOCKSTEP_SCHEMA_PROOF_H

#include "lockstep/formula.h"
#include "lockstep/schema.h"

/* tablecmds.c, PartConstraintImpliedByRelConstraint(): columns that are NOT NULL and valid CHECKs.
 * `wanted` is in the names of the relation's columns, its constants have no type of their own. */
bool proof_by_constraints(Arena *arena, const Schema *schema, const SimRelation *relation,
                          const SqlFormula *wanted);

/* Whether valid CHECKs prove that the column holds no NULL (tablecmds.c,
 * NotNullImpliedByRelConstraints()). */
bool proof_of_not_null(const Schema *schema, const SimRelation *relation, const char *column);

/* The same of one expression, which may have no formula. */
bool proof_of_not_null_in(const SqlExpr *expression, const char *column);

#endif
