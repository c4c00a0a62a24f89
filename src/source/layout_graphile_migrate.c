/* SPDX-License-Identifier: MIT */
/* graphile-migrate: `committed/<number>[-name].sql`, each with `--! Previous: …` at its top, and
 * current.sql, which is still being written. */
#include <string.h>

#include "base/file.h"
#include "source/layout.h"
#include "source/part.h"

#define DRAFT "current.sql"

static bool
is_committed(LayoutDirectory *directory, size_t entry)
{
    static const PartMark mark = {.words = "! Previous:"};
    Span line;
    size_t at = 0;
    if (!layout_ends(directory, entry, ".sql"))
        return false;
    const SourceFile *file = layout_file(directory, entry);
    return part_next_line(file, &at, &line) && part_is_mark(file, line, &mark, NULL);
}

/* The folder itself may be given, or the one that it lies in. */
static bool
open_committed(const LayoutDirectory *directory, size_t entry, LayoutDirectory *out)
{
    Error ignored;
    const DirectoryEntry *found = &directory->entries.items[entry];
    return found->is_directory && strcmp(found->name, "committed") == 0 &&
           layout_open(directory->arena, layout_path(directory, entry), NULL, directory->max_bytes,
                       out, &ignored);
}

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    LayoutDirectory committed;
    if (!open_committed(directory, entry, &committed))
        return is_committed(directory, entry);
    for (size_t i = 0; i < committed.entries.count; i++) {
        if (is_committed(&committed, i))
            return true;
    }
    return false;
}

static void
add_file(LayoutDirectory *directory, size_t entry, FoundList *out)
{
    Arena *arena = directory->arena;
    const char *name = directory->entries.items[entry].name;
    if (!layout_ends(directory, entry, ".sql"))
        return;
    size_t length = strlen(name) - strlen(".sql");
    size_t digits = strspn(name, "0123456789");
    bool is_draft = strcmp(name, DRAFT) == 0;
    if (!is_draft && digits == 0)
        return;
    size_t rest = digits < length ? digits + 1 : digits;
    const char *version = arena_strndup(arena, name, is_draft ? length : digits);
    LIST_APPEND(arena, out,
                (Found){.version = version,
                        .version_text = version,
                        .name = is_draft ? "" : arena_strndup(arena, name + rest, length - rest),
                        .up = {.path = layout_path(directory, entry)},
                        .is_draft = is_draft});
}

/* Beside the folder only the draft counts. */
static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    LayoutDirectory committed;
    bool has_folder = false;
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++) {
        if (!open_committed(directory, i, &committed))
            continue;
        has_folder = true;
        for (size_t k = 0; k < committed.entries.count; k++)
            add_file(&committed, k, out);
    }
    for (size_t i = 0; i < directory->entries.count; i++) {
        if (!has_folder || strcmp(directory->entries.items[i].name, DRAFT) == 0)
            add_file(directory, i, out);
    }
    return true;
}

const Layout layout_graphile_migrate = {
    .title = "graphile-migrate", .claims = claims, .scan = scan};
