/* SPDX-License-Identifier: MIT */
#include "source/discover.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "source/directory.h"
#include "source/layout.h"

static bool
choose_layout(LayoutDirectory *directory, const char *name, const Layout **out, Error *err)
{
    *out = name != NULL ? layout_find(name) : NULL;
    return *out != NULL || layout_recognise(directory, out, err);
}

static bool
refuse_lone_down(const Found *found, Error *err)
{
    error_set(err, ERROR_USAGE, "%s has no up of the same version", found->down.path);
    return error_hint(err, "Write %s_%s.up.sql beside it.", found->version_text, found->name);
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
        !choose_layout(&directory, options->layout, &layout, err) ||
        !layout_scan(&directory, layout != NULL ? layout : layout_find("plain"), &list, err))
        return false;
    foreach (found, &list) {
        if (found->up.path == NULL)
            return refuse_lone_down(found, err);
        if (!found->is_draft)
            LIST_APPEND(arena, out, layout_load(arena, found, options->max_bytes));
    }
    return true;
}

/* A directory's history of which all or some files are reported. */
typedef struct History {
    dev_t device;
    ino_t inode;
    FoundList migrations;
    bool *up; /* which are reported */
    bool *down;
} History;

/* What the paths lead to, in the order in which they lead there: a whole history, or a lone file.
 */
typedef struct Item {
    size_t history; /* index, where `path` is NULL */
    const char *path;
} Item;

typedef struct Discovery {
    Arena *arena;
    const DiscoverOptions *options;
    const char *left_out;
    LIST(History) histories;
    LIST(Item) items;
} Discovery;

static bool
open_directory(const Discovery *discovery, const char *path, LayoutDirectory *out, Error *err)
{
    return layout_open(discovery->arena, path, discovery->left_out, discovery->options->max_bytes,
                       out, err);
}

/* The directory's history, read at the first call; NULL where that fails. */
static History *
add_history(Discovery *discovery, LayoutDirectory *directory, const Layout *layout, Error *err)
{
    struct stat status;
    if (stat(directory->path, &status) != 0) {
        (void)error_set(err, ERROR_USAGE, "cannot read the directory %s: %s", directory->path,
                        file_errno_words(errno));
        return NULL;
    }
    foreach (known, &discovery->histories) {
        if (known->device == status.st_dev && known->inode == status.st_ino)
            return known;
    }

    History history = {.device = status.st_dev, .inode = status.st_ino};
    if (!layout_scan(directory, layout, &history.migrations, err))
        return NULL;
    history.up = ARENA_ARRAY(discovery->arena, bool, history.migrations.count);
    history.down = ARENA_ARRAY(discovery->arena, bool, history.migrations.count);
    LIST_APPEND(discovery->arena, &discovery->items, (Item){.history = discovery->histories.count});
    LIST_APPEND(discovery->arena, &discovery->histories, history);
    return &discovery->histories.items[discovery->histories.count - 1];
}

static void
add_lone_file(Discovery *discovery, const char *path)
{
    foreach (item, &discovery->items) {
        if (item->path != NULL && strcmp(item->path, path) == 0)
            return;
    }
    LIST_APPEND(discovery->arena, &discovery->items, (Item){.path = path});
}

static bool
add_whole_history(Discovery *discovery, LayoutDirectory *directory, const Layout *layout,
                  bool *is_empty, Error *err)
{
    History *history = add_history(discovery, directory, layout, err);
    if (history == NULL)
        return false;
    memset(history->up, true, history->migrations.count);
    memset(history->down, true, history->migrations.count);
    *is_empty = history->migrations.count == 0;
    return true;
}

static bool
add_directory(Discovery *discovery, const char *path, Error *err)
{
    LayoutDirectory directory;
    const Layout *layout = NULL;
    if (!open_directory(discovery, path, &directory, err) ||
        !choose_layout(&directory, discovery->options->layout, &layout, err))
        return false;
    bool is_empty = false;
    if (layout != NULL && !add_whole_history(discovery, &directory, layout, &is_empty, err))
        return false;
    if (layout != NULL && !is_empty)
        return true;

    /* A layout that was asked for may be that of a folder further down. */
    for (size_t i = 0; i < directory.entries.count; i++) {
        const char *inside = layout_path(&directory, i);
        if (directory.entries.items[i].is_directory && !add_directory(discovery, inside, err))
            return false;
        if (layout == NULL && layout_ends(&directory, i, ".sql"))
            add_lone_file(discovery, inside);
    }
    return true;
}

/* ---- the history that a file belongs to */

/* How far above a file the directory of its history is looked for. */
enum { MOST_LEVELS = 6 };

static bool
is_path(const char *path, const struct stat *wanted)
{
    struct stat status;
    return path != NULL && stat(path, &status) == 0 && status.st_dev == wanted->st_dev &&
           status.st_ino == wanted->st_ino;
}

/* Whether the file at `wanted` is among the migrations; a file of several is reported in all. */
static bool
report_file(History *history, const struct stat *wanted)
{
    bool found = false;
    for (size_t i = 0; i < history->migrations.count; i++) {
        const Found *migration = &history->migrations.items[i];
        bool up = is_path(migration->up.path, wanted);
        bool down = is_path(migration->down.path, wanted);
        history->up[i] |= up;
        history->down[i] |= down;
        found |= up || down;
    }
    return found;
}

/* Above the folder of the file only what the folder's name belongs to can be a layout's. */
static bool
find_home(const Discovery *discovery, const char *path, LayoutDirectory *out, const Layout **layout)
{
    const char *inside = path;
    for (int level = 0; level < MOST_LEVELS; level++) {
        Error ignored;
        const char *above = file_directory(discovery->arena, inside);
        if (!open_directory(discovery, above, out, &ignored))
            return false;
        bool has_plan = layout_has(out, "sqitch.plan");
        *layout = discovery->options->layout != NULL ? layout_find(discovery->options->layout)
                  : level < 2                        ? layout_of_entry(out, file_name(inside))
                                                     : NULL;
        if (level > 0 && *layout != NULL && (*layout)->claims == NULL)
            *layout = NULL;
        if (has_plan)
            *layout = &layout_sqitch;
        if (*layout != NULL)
            return true;
        if (strcmp(above, ".") == 0 || strcmp(above, "/") == 0)
            return false;
        inside = above;
    }
    return false;
}

static bool
add_file(Discovery *discovery, const char *path, const struct stat *status, Error *err)
{
    LayoutDirectory directory;
    const Layout *layout = NULL;
    if (!find_home(discovery, path, &directory, &layout)) {
        add_lone_file(discovery, path);
        return true;
    }
    if (discovery->options->layout == NULL && !layout_recognise(&directory, &layout, err))
        return false;
    size_t items = discovery->items.count;
    History *history = add_history(discovery, &directory, layout, err);
    if (history == NULL)
        return false;
    if (!report_file(history, status)) {
        if (items < discovery->items.count) {
            discovery->items.count = items;
            discovery->histories.count--;
        }
        add_lone_file(discovery, path);
    }
    return true;
}

static bool
add_path(Discovery *discovery, const char *path, Error *err)
{
    if (strcmp(path, "-") == 0) {
        add_lone_file(discovery, path);
        return true;
    }
    if (directory_is(path))
        return add_directory(discovery, directory_trim(discovery->arena, path), err);

    struct stat status;
    if (stat(path, &status) != 0)
        return error_set(err, ERROR_USAGE, "cannot read %s: %s", path, file_errno_words(errno));
    return add_file(discovery, path, &status, err);
}

static void
append(Arena *arena, DiscoveredFiles *out, Migration migration, bool up, bool down)
{
    LIST_APPEND(arena, &out->migrations, migration);
    LIST_APPEND(arena, &out->reported_up, up);
    LIST_APPEND(arena, &out->reported_down, down);
}

/* What comes after the last reported migration concerns nobody, nor do the downs before it. */
static void
load_history(Arena *arena, const History *history, size_t max_bytes, DiscoveredFiles *out)
{
    size_t count = history->migrations.count;
    while (count > 0 && !history->up[count - 1] && !history->down[count - 1])
        count--;
    for (size_t i = 0; i < count; i++) {
        Found found = history->migrations.items[i];
        if (!history->up[i] && !history->down[i])
            found.down = (FoundPart){0};
        append(arena, out, layout_load(arena, &found, max_bytes), history->up[i], history->down[i]);
    }
}

static void
load_lone_file(Arena *arena, const char *path, size_t max_bytes, DiscoveredFiles *out)
{
    Migration migration = {.version = "",
                           .version_text = "",
                           .name = file_name(path),
                           .up = source_read(arena, path, max_bytes)};
    append(arena, out, migration, true, false);
}

bool
discover_paths(Arena *arena, const DiscoverOptions *options, const StringList *paths,
               DiscoveredFiles *out, Error *err)
{
    Discovery discovery = {.arena = arena, .options = options, .left_out = out->left_out};
    foreach (path, paths) {
        if (!add_path(&discovery, *path, err))
            return false;
    }
    foreach (item, &discovery.items) {
        if (item->path != NULL)
            load_lone_file(arena, item->path, options->max_bytes, out);
        else
            load_history(arena, &discovery.histories.items[item->history], options->max_bytes, out);
    }
    return true;
}
