/* SPDX-License-Identifier: MIT */
#include "lint/held.h"

#include <string.h>

void
held_begin(HeldLocks *held)
{
    held->transaction++;
    held->changes.count = 0;
    held->savepoints.count = 0;
    held->strongest = (StrongestLock){0};
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
        HeldLock *lock = &held->by_relation.items[relation];
        LIST_APPEND(arena, &held->changes, (HeldChange){relation, *lock, held->strongest});
        *lock = (HeldLock){.transaction = held->transaction, .level = effect->level};
        if (effect->existed && relation_kind_has_rows(effect->kind) &&
            effect->level > held->strongest.level)
            held->strongest = (StrongestLock){effect->relation, effect->level};
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

/* The newest savepoint of this name; the number of savepoints when there is none. */
static size_t
find_savepoint(const HeldLocks *held, const char *name)
{
    for (size_t i = held->savepoints.count; i > 0; i--) {
        if (strcmp(held->savepoints.items[i - 1].name, name) == 0)
            return i - 1;
    }
    return held->savepoints.count;
}

static void
roll_back_to(HeldLocks *held, const char *name)
{
    size_t place = find_savepoint(held, name);
    if (place == held->savepoints.count)
        return;
    while (held->changes.count > held->savepoints.items[place].changes) {
        const HeldChange *change = &held->changes.items[--held->changes.count];
        held->by_relation.items[change->relation] = change->before;
        held->strongest = change->strongest;
    }
    held->savepoints.count = place + 1;
}

void
held_control(Arena *arena, HeldLocks *held, const Op *op)
{
    const char *savepoint = op->kind == OP_TRANSACTION ? op->transaction.savepoint : NULL;
    if (savepoint == NULL)
        return;
    if (op->transaction.control == TRANSACTION_SAVEPOINT)
        LIST_APPEND(arena, &held->savepoints, (HeldSavepoint){savepoint, held->changes.count});
    else if (op->transaction.control == TRANSACTION_RELEASE)
        held->savepoints.count = find_savepoint(held, savepoint);
    else if (op->transaction.control == TRANSACTION_ROLLBACK_TO)
        roll_back_to(held, savepoint);
}
