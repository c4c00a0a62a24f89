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
 * (schema_assume_relation()); `target` is what schema_find_relation() says of it. The list lives in
 * `arena`. `pg_version` is a major version, 14 to 18. Without `all`, the indexes are left out that
 * a query of the server's own does no more than look at: nobody waits for these.
 */
LockEffectList lock_model_effects(Arena *arena, const Schema *schema, const Op *op,
                                  const SimRelation *target, int pg_version, bool all);

/* Whether an operation of this kind takes nothing stronger than ROW EXCLUSIVE and neither rewrites
 * nor builds: it reads and writes rows, as every application does. */
static inline bool
lock_model_is_weak(OpKind kind)
{
    return kind == OP_SELECT || kind == OP_INSERT || kind == OP_UPDATE || kind == OP_DELETE ||
           kind == OP_MERGE || kind == OP_COPY_FROM || kind == OP_COPY_TO;
}

/* The relation whose rows the operation concerns: the target, or the table of a target index. NULL
 * where there is none. */
const SimRelation *lock_model_table(const Schema *schema, const Op *op, const SimRelation *target);

/* What a relation is to the operation. */
typedef enum LockRole {
    ROLE_TARGET,
    ROLE_CHILD,     /* partitions and inheritance children of the target, all the way down */
    ROLE_PARENT,    /* the partitioned or inherited table above the target */
    ROLE_PARTITION, /* the one that is attached or detached */
    ROLE_DEFAULT_PARTITION, /* of the partitioned table */
    ROLE_REFERENCED,        /* by a foreign key */
    ROLE_REFERENCING,       /* the table that has the foreign key */
    ROLE_TABLE,             /* of the target, which is an index, or owner of a sequence */
    ROLE_INDEX,             /* each index of the target */
    ROLE_SEQUENCE,          /* owned by a column of the target */
    ROLE_READ,              /* named by the query */
    ROLE_VIEW,              /* reads the target */
    ROLE_USER               /* has a column of the type */
} LockRole;

/* One row of the lock table, for those who print or prove it. */
typedef struct LockFact {
    const char *id;
    OpKind on;
    LockRole role;
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
