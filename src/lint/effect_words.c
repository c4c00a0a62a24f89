/* SPDX-License-Identifier: MIT */
#include "lockstep/rule.h"

const char *
effect_duration(Arena *arena, const LockEffect *effect)
{
    if (!lock_effect_works(effect))
        return effect->known ? "for a moment" : "for a time that cannot be told from the history";

    const char *table =
        effect->relation.name != NULL ? sql_qualified(arena, effect->relation) : "the table";
    if (effect->rewrites)
        return arena_printf(
            arena, "for as long as it takes to write all of %s and its indexes anew", table);
    if (effect->builds_index)
        return arena_printf(arena, "for as long as it takes to read all of %s and build the index",
                            table);
    return arena_printf(arena, "for as long as it takes to read all of %s", table);
}
