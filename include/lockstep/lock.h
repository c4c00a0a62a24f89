/* SPDX-License-Identifier: MIT */
/*
 * Table locks and what a statement does under them.
 *
 * The facts themselves are the rows of src/locks/lock_table.def, each with the place in
 * PostgreSQL's source that decides it. Nobody else states one.
 */
#ifndef LOCKSTEP_LOCK_H
#define LOCKSTEP_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/list.h"
#include "lockstep/text.h"

/* Table-level lock modes, weakest first (PostgreSQL: lockdefs.h; documentation, section 13.3.1). */
typedef enum LockLevel {
    LOCK_NONE,
    LOCK_ACCESS_SHARE,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
    LOCK_LEVEL_COUNT
} LockLevel;

/* "AccessExclusiveLock", as in pg_locks.mode; NULL for LOCK_NONE. */
const char *lock_mode(LockLevel level);

/* "ACCESS EXCLUSIVE", as in the documentation and in LOCK TABLE; "no lock" for LOCK_NONE. */
const char *lock_words(LockLevel level);

/* Whether two transactions cannot hold these on one table at the same time (lock.c, LockConflicts).
 */
bool lock_conflicts(LockLevel a, LockLevel b);

/* What the application cannot do meanwhile: "reads and writes", "writes", "nothing". EXCLUSIVE
 * blocks "writes"; SHARE UPDATE EXCLUSIVE and weaker "nothing". */
const char *lock_blocks(LockLevel level);
bool lock_blocks_reads(LockLevel level);
bool lock_blocks_writes(LockLevel level);

typedef enum RelationKind {
    RELATION_TABLE,
    RELATION_PARTITIONED_TABLE,
    RELATION_FOREIGN_TABLE,
    RELATION_MATERIALIZED_VIEW,
    RELATION_VIEW,
    RELATION_INDEX,
    RELATION_PARTITIONED_INDEX,
    RELATION_SEQUENCE
} RelationKind;

/* "partitioned table" */
const char *relation_kind_words(RelationKind kind);

/* Tables of every kind and materialized views. */
bool relation_kind_has_rows(RelationKind kind);

/* What one operation does to one relation. */
typedef struct LockEffect {
    QualifiedName relation; /* with its schema where it is known */
    uint32_t relation_id;   /* in the simulated schema; 0 where it has none */
    RelationKind kind;
    bool existed; /* before the transaction in which the statement runs */
    bool known;   /* false where the verdict hangs on something that the history does not show;
                     `unknown` says on what */
    LockLevel level;
    bool rewrites;      /* writes a new heap from the old rows */
    bool scans;         /* reads every row */
    bool builds_index;  /* builds or rebuilds an index of it */
    const char *reason; /* why, from the lock table: "the default is volatile, so each row gets a
                           value of its own" */
    const char *source; /* PostgreSQL's file and function that decides it */
    const char *unknown;
} LockEffect;

typedef LIST(LockEffect) LockEffectList;

/* It takes as long as the relation is large. */
static inline bool
lock_effect_works(const LockEffect *effect)
{
    return effect->rewrites || effect->scans || effect->builds_index;
}

/* The strongest lock that a transaction holds on a relation with rows that existed before it. */
typedef struct StrongestLock {
    QualifiedName relation;
    LockLevel level; /* LOCK_NONE: it holds none */
} StrongestLock;

#endif
