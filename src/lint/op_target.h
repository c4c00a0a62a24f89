/* SPDX-License-Identifier: MIT */
/* Which kind of relation an operation's target is. */
#ifndef LOCKSTEP_LINT_OP_TARGET_H
#define LOCKSTEP_LINT_OP_TARGET_H

#include <stdbool.h>

#include "lockstep/op.h"
#include "lockstep/schema.h"

/* False where the operation makes its target, has none, or names something that is no relation. */
bool op_target_kind(const Op *op, RelationKind *kind);

/* DROP … IF EXISTS of a column or constraint that the history does not show: somebody thinks that
 * it may be there. */
bool op_may_drop_unknown(const Op *op, const SimRelation *target);

#endif
