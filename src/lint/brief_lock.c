/* SPDX-License-Identifier: MIT */
#include "lint/brief_lock.h"

#include <string.h>

/* Of several statements that take the same lock, each is worth its finding. */
static bool
is_noted(const BriefLockList *list, const BriefLock *lock)
{
    foreach (other, list) {
        if (other->relation == lock->relation && other->transaction == lock->transaction)
            return true;
    }
    return false;
}

bool
brief_lock_note(Arena *arena, BriefLockList *list, const HeldLocks *held, BriefLock lock)
{
    lock.transaction = held->transaction;
    if (held_level(held, lock.relation) >= lock.level && !is_noted(list, &lock))
        return false;
    LIST_APPEND(arena, list, lock);
    return true;
}

/* The file's own drop has the lock anyway, and nobody looks for the relation afterwards. */
void
brief_lock_end_file(BriefLockList *list, const Schema *schema, FindingList *findings)
{
    for (size_t i = list->count; i > 0; i--) {
        const BriefLock *lock = &list->items[i - 1];
        if (schema_relation_by_id(schema, lock->relation) != NULL)
            continue;
        memmove(findings->items + lock->finding, findings->items + lock->finding + 1,
                (findings->count - lock->finding - 1) * sizeof *findings->items);
        findings->count--;
    }
    list->count = 0;
}
