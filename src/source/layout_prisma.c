/* SPDX-License-Identifier: MIT */
/* Prisma: `<name>/migration.sql` in the order of the names, forward only unless somebody has put a
 * down.sql beside it. */
#include "source/folders.h"

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    return folders_file(directory, entry, "migration.sql") != NULL;
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++) {
        const char *name = directory->entries.items[i].name;
        const char *up = folders_file(directory, i, "migration.sql");
        if (up != NULL)
            LIST_APPEND(directory->arena, out,
                        (Found){.version = name,
                                .version_text = name,
                                .name = "",
                                .up = {.path = up},
                                .down = {.path = folders_file(directory, i, "down.sql")},
                                .down_words = "down.sql"});
    }
    return true;
}

const Layout layout_prisma = {.title = "Prisma", .claims = claims, .scan = scan};
