/* SPDX-License-Identifier: MIT */
/* sqlx and others without a way back: `<version>_<name>.sql`, ordered by number. */
#include <string.h>

#include "source/layout.h"
#include "source/version.h"

/* The length of the version; 0 where the name is another one. */
static size_t
version_length(const LayoutDirectory *directory, size_t entry)
{
    const char *name = directory->entries.items[entry].name;
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && name[digits] == '_' && strcmp(name + digits, "_.sql") != 0 ? digits : 0;
}

static bool
fits(LayoutDirectory *directory)
{
    size_t files = 0;
    for (size_t i = 0; i < directory->entries.count; i++) {
        if (!layout_ends(directory, i, ".sql"))
            continue;
        if (version_length(directory, i) == 0)
            return false;
        files++;
    }
    return files > 0;
}

/* `.up.sql` and `.down.sql` may stand among them: the name without its ending, and whether it is a
 * down. */
static const char *
stem_of(Arena *arena, const char *name, bool *is_down)
{
    size_t length = strlen(name) - strlen(".sql");
    *is_down = length > 5 && strncmp(name + length - 5, ".down", 5) == 0;
    bool is_up = length > 3 && strncmp(name + length - 3, ".up", 3) == 0;
    return arena_strndup(arena, name, length - (*is_down ? 5 : is_up ? 3 : 0));
}

/* Ordered by name, a down comes before its up. */
static void
add_file(LayoutDirectory *directory, size_t entry, FoundPart *down, const char **down_version,
         FoundList *out)
{
    Arena *arena = directory->arena;
    bool is_down = false;
    size_t digits = layout_ends(directory, entry, ".sql") ? version_length(directory, entry) : 0;
    if (digits == 0)
        return;
    const char *stem = stem_of(arena, directory->entries.items[entry].name, &is_down);
    const char *version = version_of_digits(arena, stem, digits);
    const FoundPart part = {.path = layout_path(directory, entry)};
    if (is_down) {
        *down = part;
        *down_version = version;
        return;
    }
    Found found = {.version = version,
                   .version_text = arena_strndup(arena, stem, digits),
                   .name = arena_strdup(arena, stem + digits + 1),
                   .up = part,
                   .down_words = arena_printf(arena, "%s.down.sql", stem)};
    if (strcmp(*down_version, version) == 0)
        found.down = *down;
    LIST_APPEND(arena, out, found);
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    FoundPart down = {0};
    const char *down_version = "";
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++)
        add_file(directory, i, &down, &down_version, out);
    layout_sort(out);
    return true;
}

const Layout layout_sqlx = {.title = "sqlx", .fits = fits, .scan = scan};
