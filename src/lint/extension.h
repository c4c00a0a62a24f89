/* SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_LINT_EXTENSION_H
#define LOCKSTEP_LINT_EXTENSION_H

#include <stdbool.h>

#include "lockstep/op.h"

/* False for extensions of PostgreSQL's own that make functions, types and operators only, none of
 * them of a name that a later version has taken. */
bool extension_may_bring_relations(const char *extension);

/* Whether the statement may make access methods, operator classes, types or functions that are
 * listed nowhere: CREATE EXTENSION of any but plpgsql, CREATE OPERATOR CLASS and its like. */
bool extension_brings_methods(const Statement *statement);

#endif
