/* SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_LINT_EXTENSION_H
#define LOCKSTEP_LINT_EXTENSION_H

#include <stdbool.h>

/* False for extensions of PostgreSQL's own that make functions, types and operators only, none of
 * them of a name that a later version has taken. */
bool extension_may_bring_relations(const char *extension);

#endif
