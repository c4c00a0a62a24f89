/* SPDX-License-Identifier: MIT */
#include "source/discover.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "source/directory.h"
#include "source/native_name.h"
#include "source/native_scan.h"

bool
discover_migrations(Arena *arena, const char *directory, size_t max_bytes, MigrationList *out,
                    Error *err)
{
    DirectoryEntryList entries = {0};
    NativeMigrationList found = {0};
    const char *trimmed = directory_trim(arena, directory);
    if (!directory_list(arena, trimmed, &entries, err) ||
        !native_scan(arena, trimmed, &entries, &found, err))
        return false;
    foreach (migration, &found)
        LIST_APPEND(arena, out, native_load(arena, migration, max_bytes));
    return true;
}

/* A directory's history of which all or some files are reported. */
typedef struct History {
    dev_t device;
    ino_t inode;
    NativeMigrationList migrations;
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
    const char *left_out;
    LIST(History) histories;
    LIST(Item) items;
} Discovery;

static bool
is_same_file(const char *path, const char *other)
{
    struct stat a;
    struct stat b;
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/* All that lies in a directory but the file that is left out. */
static bool
list_directory(Discovery *discovery, const char *directory, DirectoryEntryList *out, Error *err)
{
    const char *left_out = discovery->left_out;
    DirectoryEntryList entries = {0};
    if (!directory_list(discovery->arena, directory, &entries, err))
        return false;
    foreach (entry, &entries) {
        if (left_out == NULL || strcmp(entry->name, file_name(left_out)) != 0 ||
            !is_same_file(file_join(discovery->arena, directory, entry->name), left_out))
            LIST_APPEND(discovery->arena, out, *entry);
    }
    return true;
}

/* The directory's history, read at the first call; NULL where that fails. */
static History *
add_history(Discovery *discovery, const char *directory, const DirectoryEntryList *entries,
            Error *err)
{
    struct stat status;
    if (stat(directory, &status) != 0) {
        (void)error_set(err, ERROR_USAGE, "cannot read the directory %s: %s", directory,
                        file_errno_words(errno));
        return NULL;
    }
    foreach (known, &discovery->histories) {
        if (known->device == status.st_dev && known->inode == status.st_ino)
            return known;
    }

    History history = {.device = status.st_dev, .inode = status.st_ino};
    if (!native_scan(discovery->arena, directory, entries, &history.migrations, err))
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
has_sql_ending(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

static bool
add_whole_history(Discovery *discovery, const char *directory, const DirectoryEntryList *entries,
                  Error *err)
{
    History *history = add_history(discovery, directory, entries, err);
    if (history == NULL)
        return false;
    memset(history->up, true, history->migrations.count);
    memset(history->down, true, history->migrations.count);
    return true;
}

static bool
add_directory(Discovery *discovery, const char *directory, Error *err)
{
    Arena *arena = discovery->arena;
    DirectoryEntryList entries = {0};
    if (!list_directory(discovery, directory, &entries, err))
        return false;
    if (native_scan_applies(arena, &entries))
        return add_whole_history(discovery, directory, &entries, err);

    foreach (entry, &entries) {
        const char *path = file_join(arena, directory, entry->name);
        if (entry->is_directory && !add_directory(discovery, path, err))
            return false;
        if (!entry->is_directory && has_sql_ending(entry->name))
            add_lone_file(discovery, path);
    }
    return true;
}

static bool
add_native_file(Discovery *discovery, const char *path, const NativeName *name, Error *err)
{
    DirectoryEntryList entries = {0};
    const char *directory = file_directory(discovery->arena, path);
    if (!list_directory(discovery, directory, &entries, err))
        return false;
    History *history = add_history(discovery, directory, &entries, err);
    if (history == NULL)
        return false;
    for (size_t i = 0; i < history->migrations.count; i++) {
        if (history->migrations.items[i].version != name->version)
            continue;
        if (name->direction == DIRECTION_UP)
            history->up[i] = true;
        else
            history->down[i] = true;
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

    NativeName name;
    const char *problem;
    if (native_name_read(discovery->arena, file_name(path), &name, &problem) == NAME_NATIVE)
        return add_native_file(discovery, path, &name, err);
    add_lone_file(discovery, path);
    return true;
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
        NativeMigration found = history->migrations.items[i];
        if (!history->up[i] && !history->down[i])
            found.down_path = NULL;
        append(arena, out, native_load(arena, &found, max_bytes), history->up[i], history->down[i]);
    }
}

static void
load_lone_file(Arena *arena, const char *path, size_t max_bytes, DiscoveredFiles *out)
{
    Migration migration = {
        .version_text = "", .name = file_name(path), .up = source_read(arena, path, max_bytes)};
    append(arena, out, migration, true, false);
}

bool
discover_paths(Arena *arena, const char *const *paths, size_t count, size_t max_bytes,
               DiscoveredFiles *out, Error *err)
{
    Discovery discovery = {.arena = arena, .left_out = out->left_out};
    for (size_t i = 0; i < count; i++) {
        if (!add_path(&discovery, paths[i], err))
            return false;
    }
    foreach (item, &discovery.items) {
        if (item->path != NULL)
            load_lone_file(arena, item->path, max_bytes, out);
        else
            load_history(arena, &discovery.histories.items[item->history], max_bytes, out);
    }
    return true;
}
