/* SPDX-License-Identifier: MIT */
/* What an operation locks and does, on this schema and this server version. */
#ifndef LOCKSTEP_LOCKS_LOCK_MODEL_H
#define LOCKSTEP_LOCKS_LOCK_MODEL_H

#include "lockstep/arena.h"
#include "lockstep/lock.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

/*
 * Every relation that the operation locks, the target first: each relation once, with the strongest
 * lock. `schema` is the state before the operation, in which its target exists
 * (schema_assume_relation()). The list lives in `arena`. `pg_version` is a major version, 14 to 18.
 */
LockEffectList lock_model_effects(Arena *arena, const Schema *schema, const Op *op, int pg_version);

/* The relation whose rows the operation concerns: the target, or the table of a target index. NULL
 * where there is none. */
const SimRelation *lock_model_table(const Schema *schema, const Op *op);

/* One row of the lock table, for those who print or prove it. */
typedef struct LockFact {
    const char *id;
    OpKind on;
    int from_version;
    int to_version;
    LockLevel level;
    bool rewrites;
    bool scans;
    bool builds_index;
    const char *reason;
    const char *source;
} LockFact;

const LockFact *lock_facts(size_t *count);

#endif
