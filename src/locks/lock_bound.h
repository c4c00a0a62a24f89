/* SPDX-License-Identifier: MIT */
/* Tables whose rows have to fit a partition's bound. */
#ifndef LOCKSTEP_LOCKS_LOCK_BOUND_H
#define LOCKSTEP_LOCKS_LOCK_BOUND_H

#include "lockstep/formula.h"

#include "locks/lock_case.h"

/* Which partitions of the table are locked too. */
typedef enum RowCheckBelow {
    BELOW_ALWAYS,
    BELOW_UNLESS_PROVEN,    /* those of tables that are not proven to fit */
    BELOW_UNLESS_ALL_PROVEN /* all, or none where the table itself is proven to fit */
} RowCheckBelow;

typedef struct RowCheck {
    const SqlFormula *wanted; /* of every row */
    RowCheckBelow below;
    LockFactId proven;  /* for a table whose constraints prove it */
    LockFactId scanned; /* for one that is read */
} RowCheck;

void lock_case_check_rows(LockCase *c, const SimRelation *table, const RowCheck *check);

/* Of the default partition beside a new one with this bound; `wanted` is found here. */
void lock_case_check_default(LockCase *c, const SimRelation *parent, const PartitionBound *bound,
                             RowCheck check);

#endif
