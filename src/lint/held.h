/* SPDX-License-Identifier: MIT */
/* The locks that the transaction has taken so far. */
#ifndef LOCKSTEP_LINT_HELD_H
#define LOCKSTEP_LINT_HELD_H

#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"
#include "lockstep/lock.h"
#include "lockstep/schema.h"

typedef struct HeldLock {
    uint32_t transaction; /* an entry of another one is out of date */
    LockLevel level;
} HeldLock;

/* All zero bytes: nothing is held. */
typedef struct HeldLocks {
    uint32_t transaction;
    LIST(HeldLock) by_relation; /* the index is the relation's id */
} HeldLocks;

/* Forgets all: a new transaction begins. */
void held_begin(HeldLocks *held);

/* Notes what an operation takes. Relations that the schema does not have are left out. */
void held_add(Arena *arena, HeldLocks *held, const LockEffectList *effects);

LockLevel held_level(const HeldLocks *held, RelationId relation);

#endif
