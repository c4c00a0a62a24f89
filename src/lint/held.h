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

/* What an entry was before it changed. */
typedef struct HeldChange {
    RelationId relation;
    HeldLock before;
    StrongestLock strongest; /* before it */
} HeldChange;

typedef struct HeldSavepoint {
    const char *name;
    size_t changes; /* those that were there when it was set */
} HeldSavepoint;

/* All zero bytes: nothing is held. */
typedef struct HeldLocks {
    uint32_t transaction;
    LIST(HeldLock) by_relation; /* the index is the relation's id */
    LIST(HeldChange) changes;   /* of this transaction */
    LIST(HeldSavepoint) savepoints;
    StrongestLock strongest; /* on a relation with rows that existed before the transaction */
} HeldLocks;

/* Forgets all: a new transaction begins. */
void held_begin(HeldLocks *held);

/* Notes what an operation takes. Relations that the schema does not have are left out. */
void held_add(Arena *arena, HeldLocks *held, const LockEffectList *effects);

/* SAVEPOINT, RELEASE and ROLLBACK TO, which gives back what was taken since the savepoint (lock.c,
 * LockReleaseAll through ResourceOwnerRelease). Any other operation changes nothing. */
void held_control(Arena *arena, HeldLocks *held, const Op *op);

LockLevel held_level(const HeldLocks *held, RelationId relation);

#endif
