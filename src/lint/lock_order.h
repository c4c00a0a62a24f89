/* SPDX-License-Identifier: MIT */
/*
 * Two transactions that lock the same two tables, each another one first, stop each other when they
 * run at the same time. This remembers in what order every transaction that is reported has taken
 * its strong locks. What is only replayed (before --since, before the one file that is linted) has
 * been applied and meets nobody; the transactions of one deploy follow one another; and what lies
 * more than five deploys back is of an older release.
 */
#ifndef LOCKSTEP_LINT_LOCK_ORDER_H
#define LOCKSTEP_LINT_LOCK_ORDER_H

#include "lockstep/arena.h"
#include "lockstep/lock.h"

typedef struct LockOrder LockOrder;

/* An earlier transaction that has locked two tables the other way round. */
typedef struct OrderConflict {
    const char *path;     /* of its file */
    size_t statement;     /* that locked `first` there, in its file from 1 */
    QualifiedName first;  /* there; second here */
    QualifiedName second; /* there; first here */
} OrderConflict;

/* Lives in `arena`. */
LockOrder *lock_order_new(Arena *arena);

/* A transaction begins: the first of a deploy, or another one of the same. `path` outlives it. */
void lock_order_begin(LockOrder *order, const char *path, bool begins_deploy);

/* Notes what an operation of statement `number` takes of relations that existed, as long as it
 * keeps writers out. True with the first conflict that comes of it; each pair of tables is told of
 * once. */
bool lock_order_add(LockOrder *order, const LockEffectList *effects, size_t number,
                    OrderConflict *out);

#endif
