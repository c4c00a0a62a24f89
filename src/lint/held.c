/* SPDX-License-Identifier: MIT */
#include "lint/held.h"

void
held_begin(HeldLocks *held)
{
    held->transaction++;
}

void
held_add(Arena *arena, HeldLocks *held, const LockEffectList *effects)
{
    foreach (effect, effects) {
        RelationId relation = effect->relation_id;
        if (relation == 0 || effect->level <= held_level(held, relation))
            continue;
        while (held->by_relation.count <= relation)
            LIST_APPEND(arena, &held->by_relation, (HeldLock){0});
        held->by_relation.items[relation] =
            (HeldLock){.transaction = held->transaction, .level = effect->level};
    }
}

LockLevel
held_level(const HeldLocks *held, RelationId relation)
{
    if (relation >= held->by_relation.count)
        return LOCK_NONE;
    const HeldLock *lock = &held->by_relation.items[relation];
    return lock->transaction == held->transaction ? lock->level : LOCK_NONE;
}
