/* SPDX-License-Identifier: MIT */
/* Atlas: atlas.sum and `<version>_<name>.sql` in the order of the names. */
#include <string.h>

#include "source/layout.h"
#include "source/part.h"

static bool
fits(LayoutDirectory *directory)
{
    return layout_has(directory, "atlas.sum");
}

/* Sums up the files before it, for databases that have none of them: one or the other. */
static bool
is_checkpoint(const SourceFile *file)
{
    static const PartMark mark = {.words = "atlas:checkpoint"};
    Span line;
    return part_find_mark(file, &mark, &line);
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    Arena *arena = directory->arena;
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++) {
        if (!layout_ends(directory, i, ".sql"))
            continue;
        const char *name = directory->entries.items[i].name;
        SourceFile *file = layout_file(directory, i);
        if (out->count > 0 && is_checkpoint(file))
            continue;
        size_t length = strlen(name) - strlen(".sql");
        size_t version = strcspn(name, "_") < length ? strcspn(name, "_") : length;
        const char *text = arena_strndup(arena, name, version);
        size_t rest = version < length ? version + 1 : version;
        LIST_APPEND(arena, out,
                    (Found){
                        .version = text,
                        .version_text = text,
                        .name = arena_strndup(arena, name + rest, length - rest),
                        .up = {.path = file->path, .file = file}
        });
    }
    return true;
}

const Layout layout_atlas = {.title = "Atlas", .fits = fits, .scan = scan};
