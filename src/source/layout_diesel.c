/* SPDX-License-Identifier: MIT */
/* Diesel: `<version>_<name>/up.sql` and down.sql; the version may be written with dashes,
 * and is text: where no "_" ends it, it is the whole name. */
#include <string.h>

#include "source/folders.h"

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    return folders_file(directory, entry, "up.sql") != NULL;
}

static const char *
without_dashes(Arena *arena, const char *text)
{
    char *version = arena_strdup(arena, text);
    size_t used = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '-')
            version[used++] = *at;
    }
    version[used] = '\0';
    return version;
}

/* `run_in_transaction = false` in metadata.toml. */
static bool
is_without_transaction(LayoutDirectory *directory, size_t entry)
{
    static const char key[] = "run_in_transaction";
    const char *path = folders_file(directory, entry, "metadata.toml");
    if (path == NULL)
        return false;
    const char *at = strstr(layout_read(directory, path)->text, key);
    if (at == NULL)
        return false;
    at += sizeof key - 1;
    return strncmp(at + strspn(at, " \t="), "false", 5) == 0;
}

static void
add_folder(LayoutDirectory *directory, size_t entry, FoundList *out)
{
    const char *folder = directory->entries.items[entry].name;
    const char *up = folders_file(directory, entry, "up.sql");
    if (up == NULL)
        return;
    bool alone = is_without_transaction(directory, entry);
    size_t length = strcspn(folder, "_");
    Found found = {
        .version_text = arena_strndup(directory->arena, folder, length),
        .name = folder[length] == '\0' ? "" : folder + length + 1,
        .up = {.path = up, .no_transaction = alone},
        .down = {.path = folders_file(directory, entry, "down.sql"), .no_transaction = alone},
        .down_words = "down.sql"
    };
    found.version = without_dashes(directory->arena, found.version_text);
    LIST_APPEND(directory->arena, out, found);
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++)
        add_folder(directory, i, out);
    layout_sort_bytes(out);
    return true;
}

const Layout layout_diesel = {.title = "Diesel", .claims = claims, .scan = scan};
