/* SPDX-License-Identifier: MIT */
#include "source/sections.h"

#include <string.h>

#include "source/version.h"

/* The length of the version that the name begins with; 0 where the tool passes the file over. */
static size_t
version_length(const LayoutDirectory *directory, size_t entry, const SectionLayout *layout)
{
    const char *name = directory->entries.items[entry].name;
    size_t digits = strspn(name, "0123456789");
    if (!layout_ends(directory, entry, ".sql") || (layout->underscore && name[digits] != '_'))
        return 0;
    return digits;
}

bool
sections_claim(LayoutDirectory *directory, size_t entry, const SectionLayout *layout)
{
    Span line;
    return version_length(directory, entry, layout) > 0 &&
           part_find_mark(layout_file(directory, entry), &layout->grammar.up, &line);
}

/* "add_email" for "7_add_email.sql"; one of these signs stands between version and name. */
static const char *
name_behind(Arena *arena, const char *name, size_t digits)
{
    size_t length = strlen(name) - strlen(".sql");
    if (digits < length && strchr("_-.", name[digits]) != NULL)
        digits++;
    return arena_strndup(arena, name + digits, length - digits);
}

static void
add_file(LayoutDirectory *directory, size_t entry, const SectionLayout *layout, FoundList *out)
{
    Arena *arena = directory->arena;
    const char *name = directory->entries.items[entry].name;
    size_t digits = version_length(directory, entry, layout);
    if (digits == 0)
        return;
    SourceFile *whole = layout_file(directory, entry);
    Parts parts = part_cut_sections(arena, whole, &layout->grammar);
    Found found = {
        .version_text = arena_strndup(arena, name, digits),
        .name = name_behind(arena, name, digits),
        .up = {.path = whole->path, .file = parts.up},
        .down_words = layout->down_words
    };
    found.version = layout->numbers ? version_of_digits(arena, name, digits) : found.version_text;
    if (parts.down != NULL)
        found.down = (FoundPart){.path = whole->path, .file = parts.down};
    if (layout->settle != NULL && whole->broken == NULL)
        layout->settle(whole, &parts, &found);
    LIST_APPEND(arena, out, found);
}

bool
sections_scan(LayoutDirectory *directory, const SectionLayout *layout, FoundList *out)
{
    for (size_t i = 0; i < directory->entries.count; i++)
        add_file(directory, i, layout, out);
    if (layout->numbers)
        layout_sort(out);
    return true;
}
