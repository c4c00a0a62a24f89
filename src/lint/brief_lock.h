/* SPDX-License-Identifier: MIT */
/* Findings about locks that are held for a moment: what makes them none. */
#ifndef LOCKSTEP_LINT_BRIEF_LOCK_H
#define LOCKSTEP_LINT_BRIEF_LOCK_H

#include "lockstep/finding.h"
#include "lockstep/schema.h"

#include "lint/held.h"

typedef struct BriefLock {
    size_t finding; /* its index among the findings */
    RelationId relation;
    LockLevel level;
    uint32_t transaction; /* as HeldLocks counts; filled in when it is noted */
} BriefLock;

typedef LIST(BriefLock) BriefLockList;

/* Before the finding is added. False where something else has taken the lock in this transaction:
 * then it is none. */
bool brief_lock_note(Arena *arena, BriefLockList *list, const HeldLocks *held, BriefLock lock);

/* Takes away the findings about relations that the file has dropped in the end, and empties the
 * list. */
void brief_lock_end_file(BriefLockList *list, const Schema *schema, FindingList *findings);

#endif
