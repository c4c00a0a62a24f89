/* SPDX-License-Identifier: MIT */
#include "report/effect_words.h"

const char *
effect_blocks_words(LockLevel level)
{
    if (lock_blocks_reads(level))
        return "reads+writes";
    if (lock_blocks_writes(level))
        return "writes";
    return level == LOCK_NONE ? "nothing" : "DDL only";
}

const char *
effect_work_words(const LockEffect *effect)
{
    /* Whatever is done to it is part of what is done to its table. */
    if (effect->kind == RELATION_INDEX)
        return "";
    if (effect->rewrites)
        return effect->builds_index ? "rewrite, indexes" : "rewrite";
    if (effect->builds_index)
        return "index build";
    return effect->scans ? "scan" : "brief";
}

bool
effect_takes_long(const LockEffect *effect)
{
    return effect->rewrites || effect->builds_index || effect->scans;
}
