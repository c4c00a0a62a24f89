/* SPDX-License-Identifier: MIT */
/* What the bound of a partition says about values of the key: integers and texts. */
#ifndef LOCKSTEP_LOCKS_PARTITION_BOUND_H
#define LOCKSTEP_LOCKS_PARTITION_BOUND_H

#include <stdbool.h>

#include "lockstep/list.h"
#include "lockstep/query.h"

/* Whether the bound ("FROM (1) TO (10)", "IN (1, 2)") certainly has none of the values, compared so
 * with the key. False where that cannot be told. */
bool partition_bound_excludes(const char *bound, Comparison comparison, const StringList *values);

/* Whether the bound certainly has the value, or the whole range from `low` to `high`. */
bool partition_bound_has(const char *bound, const char *value);
bool partition_bound_has_range(const char *bound, const char *low, const char *high,
                               bool without_high);

#endif
