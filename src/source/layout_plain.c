/* SPDX-License-Identifier: MIT */
/* Any .sql files, in the order of their names; only --layout and the runner take them for a
 * history. NAME.down.sql is the way back of NAME.up.sql: whatever tool they are for, that is no
 * step forward. */
#include <string.h>

#include "base/file.h"
#include "source/layout.h"

#define UP ".up.sql"
#define DOWN ".down.sql"

static const char *
without(const LayoutDirectory *directory, size_t entry, const char *ending)
{
    const char *name = directory->entries.items[entry].name;
    return arena_strndup(directory->arena, name, strlen(name) - strlen(ending));
}

/* The path of the file beside it that has the same name but for its ending; NULL: there is none. */
static const char *
beside(const LayoutDirectory *directory, const char *stem, const char *ending)
{
    const char *name = arena_printf(directory->arena, "%s%s", stem, ending);
    return layout_has(directory, name) ? file_join(directory->arena, directory->path, name) : NULL;
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    (void)err;
    const size_t *order = layout_order_counted(directory);
    for (size_t at = 0; at < directory->entries.count; at++) {
        const size_t i = order[at];
        if (!layout_ends(directory, i, ".sql"))
            continue;
        bool is_down = layout_ends(directory, i, DOWN);
        bool is_up = layout_ends(directory, i, UP);
        const char *stem = without(directory, i, is_down ? DOWN : is_up ? UP : ".sql");
        Found found = {.version = stem, .version_text = stem, .name = ""};
        if (is_up && beside(directory, stem, DOWN) != NULL)
            continue; /* it came with its down, which is sorted before it */
        if (is_down) {
            found.down.path = layout_path(directory, i);
            found.up.path = beside(directory, stem, UP);
        } else {
            found.up.path = layout_path(directory, i);
        }
        LIST_APPEND(directory->arena, out, found);
    }
    return true;
}

const Layout layout_plain = {.title = "no tool", .scan = scan};
