/* SPDX-License-Identifier: MIT */
#include "lockstep/rule.h"

const char *
effect_duration(Arena *arena, const LockEffect *effect)
{
    const char *table =
        effect->relation.name != NULL ? sql_qualified(arena, effect->relation) : "the table";
    if (effect->rewrites)
        return arena_printf(
            arena, "for as long as it takes to write all of %s and its indexes anew", table);
    if (effect->builds_index)
        return arena_printf(arena, "for as long as it takes to read all of %s and build the index",
                            table);
    if (effect->scans)
        return arena_printf(arena, "for as long as it takes to read all of %s", table);
    if (!effect->known)
        return "for a time that cannot be told from the history";
    return "for a moment";
}
