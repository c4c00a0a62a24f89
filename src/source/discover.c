/* SPDX-License-Identifier: MIT */
#include "source/discover.h"

#include "base/parallel.h"
#include "source/directory.h"
#include "source/layout.h"

/* What is read, and where to. */
typedef struct Loading {
    FoundList found;
    Migration *migrations;
    size_t max_bytes;
    bool with_checksums;
} Loading;

static void
load_one(void *self, Arena *arena, size_t worker, size_t piece)
{
    const Loading *loading = self;
    Migration *migration = &loading->migrations[piece];
    (void)worker;
    *migration = layout_load(arena, &loading->found.items[piece], loading->max_bytes);
    if (loading->with_checksums && migration->up != NULL)
        (void)source_checksum(arena, migration->up);
}

static void
load_all(Arena *arena, Loading *loading, MigrationList *out)
{
    const size_t count = loading->found.count;
    out->items = loading->migrations = ARENA_ARRAY(arena, Migration, count);
    out->count = out->capacity = count;
    parallel_run(arena, count < DISCOVER_LEAST_TO_SHARE ? 1 : parallel_processors(), count,
                 load_one, loading);
}

bool
discover_migrations(Arena *arena, const DiscoverOptions *options, const char *path,
                    MigrationList *out, Error *err)
{
    LayoutDirectory directory;
    const Layout *layout = NULL;
    FoundList list = {0};
    if (!layout_open(arena, directory_trim(arena, path), NULL, options->max_bytes, &directory,
                     err) ||
        !layout_choose(&directory, options->layout, &layout, err) ||
        !layout_scan(&directory, layout != NULL ? layout : layout_find("plain"), &list, err))
        return false;
    Loading loading = {.max_bytes = options->max_bytes, .with_checksums = options->with_checksums};
    foreach (found, &list) {
        if (found->up.path == NULL) {
            if (options->lone_downs != NULL)
                LIST_APPEND(arena, options->lone_downs, found->down.path);
            continue;
        }
        if (options->without_downs && found->down.path != NULL && found->down.file == NULL)
            found->down.file = source_unread(arena, found->down.path);
        if (!found->is_draft)
            LIST_APPEND(arena, &loading.found, *found);
    }
    load_all(arena, &loading, out);
    migrations_substitute(arena, out, options->variables);
    return true;
}
