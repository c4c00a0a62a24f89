/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "lockstep/lock.h"

typedef struct LevelRow {
    const char *mode;
    const char *words;
    unsigned conflicts; /* bits by level (lock.c, LockConflicts) */
} LevelRow;

#define BIT(level) (1U << (level))
#define ALL_FROM(level) (BIT(LOCK_LEVEL_COUNT) - BIT(level))

/* Each set is "this level and all stronger ones", but for SHARE, which lets SHARE through. */
static const LevelRow levels[LOCK_LEVEL_COUNT] = {
    [LOCK_NONE] = {NULL,                       "no lock",                0                                                },
    [LOCK_ACCESS_SHARE] = {"AccessShareLock",          "ACCESS SHARE",           ALL_FROM(LOCK_ACCESS_EXCLUSIVE)                  },
    [LOCK_ROW_SHARE] = {"RowShareLock",             "ROW SHARE",              ALL_FROM(LOCK_EXCLUSIVE)                         },
    [LOCK_ROW_EXCLUSIVE] = {"RowExclusiveLock",         "ROW EXCLUSIVE",          ALL_FROM(LOCK_SHARE)                             },
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = {"ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE",
                   ALL_FROM(LOCK_SHARE_UPDATE_EXCLUSIVE)                                                                  },
    [LOCK_SHARE] = {"ShareLock",                "SHARE",                  (ALL_FROM(LOCK_ROW_EXCLUSIVE)) & ~BIT(LOCK_SHARE)},
    [LOCK_SHARE_ROW_EXCLUSIVE] = {"ShareRowExclusiveLock",    "SHARE ROW EXCLUSIVE",
                   ALL_FROM(LOCK_ROW_EXCLUSIVE)                                                                           },
    [LOCK_EXCLUSIVE] = {"ExclusiveLock",            "EXCLUSIVE",              ALL_FROM(LOCK_ROW_SHARE)                         },
    [LOCK_ACCESS_EXCLUSIVE] = {"AccessExclusiveLock",      "ACCESS EXCLUSIVE",
                   ALL_FROM(LOCK_ACCESS_SHARE)                                                                            },
};

const char *
lock_mode(LockLevel level)
{
    assert(level < LOCK_LEVEL_COUNT);
    return levels[level].mode;
}

const char *
lock_words(LockLevel level)
{
    assert(level < LOCK_LEVEL_COUNT);
    return levels[level].words;
}

bool
lock_conflicts(LockLevel a, LockLevel b)
{
    assert(a < LOCK_LEVEL_COUNT && b < LOCK_LEVEL_COUNT);
    return (levels[a].conflicts & BIT(b)) != 0;
}

bool
lock_blocks_reads(LockLevel level)
{
    return lock_conflicts(level, LOCK_ACCESS_SHARE);
}

bool
lock_blocks_writes(LockLevel level)
{
    return lock_conflicts(level, LOCK_ROW_EXCLUSIVE);
}

const char *
lock_blocks(LockLevel level)
{
    if (lock_blocks_reads(level))
        return "reads and writes";
    return lock_blocks_writes(level) ? "writes" : "nothing";
}

const char *
relation_kind_words(RelationKind kind)
{
    switch (kind) {
    case RELATION_TABLE:
        return "table";
    case RELATION_PARTITIONED_TABLE:
        return "partitioned table";
    case RELATION_FOREIGN_TABLE:
        return "foreign table";
    case RELATION_MATERIALIZED_VIEW:
        return "materialized view";
    case RELATION_VIEW:
        return "view";
    case RELATION_INDEX:
        return "index";
    case RELATION_PARTITIONED_INDEX:
        return "partitioned index";
    case RELATION_SEQUENCE:
        return "sequence";
    }
    return NULL;
}

bool
relation_kind_has_rows(RelationKind kind)
{
    return kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE ||
           kind == RELATION_FOREIGN_TABLE || kind == RELATION_MATERIALIZED_VIEW;
}
