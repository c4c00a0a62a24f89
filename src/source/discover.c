/* SPDX-License-Identifier: MIT */
#include "source/discover.h"

#include "base/parallel.h"
#include "source/directory.h"
#include "source/layout.h"

/* What is read, and where to. */
typedef struct Loading {
    const char *directory;
    FoundList found;
    Migration *migrations;
    FileBase *bases; /* one for each worker */
    size_t max_bytes;
    bool with_checksums;
} Loading;

static void
load_one(void *self, Arena *arena, size_t worker, size_t piece)
{
    const Loading *loading = self;
    Migration *migration = &loading->migrations[piece];
    FileBase *base = &loading->bases[worker];
    file_base_enter(base, loading->directory);
    *migration = layout_load(arena, base, &loading->found.items[piece], loading->max_bytes);
    if (loading->with_checksums && migration->up != NULL)
        (void)source_checksum(arena, migration->up);
}

static void
load_all(Arena *arena, Loading *loading, MigrationList *out)
{
    const size_t count = loading->found.count;
    out->items = loading->migrations = ARENA_ARRAY(arena, Migration, count);
    out->count = out->capacity = count;
    const size_t workers = count < DISCOVER_LEAST_TO_SHARE ? 1 : parallel_processors();
    loading->bases = ARENA_ARRAY(arena, FileBase, workers);
    parallel_run(arena, workers, count, load_one, loading);
    for (size_t i = 0; i < workers; i++)
        file_base_leave(&loading->bases[i]);
}

/* What is in there, before it is read. */
static bool
find(Arena *arena, const DiscoverOptions *options, const char *path, FoundList *out, Error *err)
{
    FileBase base = {0};
    LayoutDirectory directory;
    const Layout *layout = NULL;
    if (!layout_open(arena, path, NULL, options->max_bytes, &directory, err))
        return false;
    directory.base = &base;
    const bool done =
        layout_choose(&directory, options->layout, &layout, err) &&
        layout_scan(&directory, layout != NULL ? layout : layout_find("plain"), out, err);
    file_base_leave(&base);
    return done;
}

bool
discover_migrations(Arena *arena, const DiscoverOptions *options, const char *path,
                    MigrationList *out, Error *err)
{
    FoundList list = {0};
    Loading loading = {.directory = directory_trim(arena, path),
                       .max_bytes = options->max_bytes,
                       .with_checksums = options->with_checksums};
    if (!find(arena, options, loading.directory, &list, err))
        return false;
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
