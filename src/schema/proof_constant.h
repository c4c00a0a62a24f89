/* SPDX-License-Identifier: MIT */
/* Comparisons of expressions with constants, within one family of operators. */
#ifndef LOCKSTEP_SCHEMA_PROOF_CONSTANT_H
#define LOCKSTEP_SCHEMA_PROOF_CONSTANT_H

#include "lockstep/formula.h"
#include "lockstep/schema.h"

/* The expression that is compared with a constant or, without `in_comparison`, tested for NULL:
 * without casts that only name the type anew. */
const SqlFormula *proof_bare(const Schema *schema, const SimRelation *relation,
                             const SqlFormula *expression, bool in_comparison);

/* Sets *order of two constants with which this bare expression is compared; the first one takes its
 * type. False where a cast of the expression would be compared, and where the order is not known.
 */
bool proof_compare(const Schema *schema, const SimRelation *relation, const SqlFormula *expression,
                   const SqlFormula *wanted, const SqlFormula *given, int *order);

#endif
