/* SPDX-License-Identifier: MIT */
/* Any .sql files, in the order of their names; only --layout and the runner take them for a
 * history. */
#include <string.h>

#include "source/layout.h"

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++) {
        const char *name = directory->entries.items[i].name;
        if (!layout_ends(directory, i, ".sql"))
            continue;
        const char *stem = arena_strndup(directory->arena, name, strlen(name) - strlen(".sql"));
        LIST_APPEND(directory->arena, out,
                    (Found){.version = stem,
                            .version_text = stem,
                            .name = "",
                            .up = {.path = layout_path(directory, i)}});
    }
    return true;
}

const Layout layout_plain = {.title = "no tool", .scan = scan};
