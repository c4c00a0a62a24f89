/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/discover.h"

/* The tables grow with the arena of what is discovered. */
#define uthash_malloc(size) arena_alloc(discovery->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#include <uthash.h>

#include "base/file.h"
#include "source/directory.h"
#include "source/layout.h"

/* A directory's migrations, of which all or some are reported. */
typedef struct History {
    FoundList migrations;
    bool *up; /* which are reported */
    bool *down;
} History;

/* A file of a migration; one that holds several or both directions has as many. */
typedef struct ListedFile {
    const char *path; /* the key, of the first in `next` */
    size_t history;   /* index */
    size_t migration;
    bool is_down;
    struct ListedFile *next;
    UT_hash_handle hh;
} ListedFile;

/* A directory that was looked at: hundreds of files may lead to it. */
typedef struct Place {
    const char *id; /* the key: of file_id() */
    LayoutDirectory directory;
    const Error *problem; /* it cannot be read, or is no history; NULL: all is well */
    bool is_problem_noted;
    bool is_recognised;
    const Layout *layout; /* once it is recognised; NULL: none */
    bool is_listed;
    size_t history; /* index, where it is listed */
    UT_hash_handle hh;
} Place;

/* Several paths may lead to one place. */
typedef struct PlacePath {
    const char *path; /* the key */
    Place *place;
    UT_hash_handle hh;
} PlacePath;

/* A file of no history, and the way back that lies beside it under the same name. */
typedef struct LoneFile {
    const char *path; /* the key */
    const char *down; /* NULL where nothing leads to one */
    bool is_reported;
    UT_hash_handle hh;
} LoneFile;

/* What the paths lead to, in the order in which they lead there: a whole history, or a lone file.
 */
typedef struct Item {
    size_t history; /* index, where `lone` is NULL */
    const LoneFile *lone;
} Item;

typedef struct Discovery {
    Arena *arena;
    const DiscoverOptions *options;
    DiscoveredFiles *out;
    LIST(History) histories;
    LIST(Item) items;
    Place *places;
    PlacePath *place_paths;
    ListedFile *listed_files;
    LoneFile *lone_files;
} Discovery;

static void
note_problem(const Discovery *discovery, const Error *kept)
{
    LIST_APPEND(discovery->arena, &discovery->out->problems, kept);
}

/* Of a directory, once. */
static void
note_problem_of(const Discovery *discovery, Place *place)
{
    if (place->problem != NULL && !place->is_problem_noted)
        note_problem(discovery, place->problem);
    place->is_problem_noted = true;
}

/* The same for all paths of a file or directory: "device:inode"; "" where there is none. */
static const char *
file_id(const Discovery *discovery, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return "";
    return arena_printf(discovery->arena, "%ju:%ju", (uintmax_t)status.st_dev,
                        (uintmax_t)status.st_ino);
}

static Place *
look_at(Discovery *discovery, const char *path)
{
    const char *id = file_id(discovery, path);
    Place *place = NULL;
    HASH_FIND_STR(discovery->places, id, place);
    if (place != NULL)
        return place;
    Error err = {0};
    place = ARENA_NEW(discovery->arena, Place);
    place->id = id;
    if (!layout_open(discovery->arena, path, discovery->out->left_out,
                     discovery->options->max_bytes, &place->directory, &err))
        place->problem = layout_keep_error(discovery->arena, &err);
    place->directory.problems = &discovery->out->problems;
    HASH_ADD_KEYPTR(hh, discovery->places, place->id, strlen(place->id), place);
    return place;
}

static Place *
place_of(Discovery *discovery, const char *path)
{
    PlacePath *known = NULL;
    HASH_FIND_STR(discovery->place_paths, path, known);
    if (known != NULL)
        return known->place;
    PlacePath *new = ARENA_NEW(discovery->arena, PlacePath);
    *new = (PlacePath){.path = path, .place = look_at(discovery, path)};
    HASH_ADD_KEYPTR(hh, discovery->place_paths, new->path, strlen(new->path), new);
    return new->place;
}

/* The layout of the directory; NULL where it has none or has a problem. */
static const Layout *
recognise(const Discovery *discovery, Place *place)
{
    Error err = {0};
    const char *wanted = discovery->options->layout;
    if (place->is_recognised || place->problem != NULL)
        return place->layout;
    if (wanted != NULL)
        place->layout = layout_find(wanted);
    else if (!layout_recognise(&place->directory, &place->layout, &err))
        place->problem = layout_keep_error(discovery->arena, &err);
    place->is_recognised = true;
    return place->layout;
}

static void
list_file(Discovery *discovery, const char *path, ListedFile listed)
{
    ListedFile *known = NULL;
    if (path == NULL)
        return;
    ListedFile *file = ARENA_NEW(discovery->arena, ListedFile);
    *file = listed;
    file->path = path;
    HASH_FIND_STR(discovery->listed_files, path, known);
    if (known == NULL) {
        HASH_ADD_KEYPTR(hh, discovery->listed_files, file->path, strlen(path), file);
    } else {
        file->next = known->next;
        known->next = file;
    }
}

static void
list_files(Discovery *discovery, const FoundList *migrations, size_t history)
{
    for (size_t i = 0; i < migrations->count; i++) {
        const Found *found = &migrations->items[i];
        list_file(discovery, found->up.path, (ListedFile){.history = history, .migration = i});
        list_file(discovery, found->down.path,
                  (ListedFile){.history = history, .migration = i, .is_down = true});
    }
}

static void
note_layout(const Discovery *discovery, const Layout *layout)
{
    StringList *names = &discovery->out->layouts;
    const char *name = layout_name(layout);
    if (layout != &layout_plain && !string_list_has(names, name))
        LIST_APPEND(discovery->arena, names, name);
}

/* The directory's history, read at the first call; NULL where that fails, which is noted. */
static History *
list_history(Discovery *discovery, Place *place, const Layout *layout)
{
    Arena *arena = discovery->arena;
    Error err = {0};
    History history = {0};
    if (place->is_listed)
        return &discovery->histories.items[place->history];
    if (place->problem == NULL &&
        !layout_scan(&place->directory, layout, &history.migrations, &err))
        place->problem = layout_keep_error(discovery->arena, &err);
    if (place->problem != NULL) {
        note_problem_of(discovery, place);
        return NULL;
    }
    history.up = ARENA_ARRAY(arena, bool, history.migrations.count);
    history.down = ARENA_ARRAY(arena, bool, history.migrations.count);
    place->is_listed = true;
    place->history = discovery->histories.count;
    list_files(discovery, &history.migrations, place->history);
    note_layout(discovery, layout);
    LIST_APPEND(arena, &discovery->histories, history);
    LIST_APPEND(arena, &discovery->items, (Item){.history = place->history});
    return &discovery->histories.items[place->history];
}

/* "a/b.up.sql" for "a/b.down.sql" where there is that file; else NULL. */
static const char *
up_beside(Arena *arena, const char *path)
{
    static const char ending[] = ".down.sql";
    struct stat status;
    const size_t length = strlen(path);
    const size_t stem = length < sizeof ending ? 0 : length - strlen(ending);
    if (stem == 0 || strcmp(path + stem, ending) != 0)
        return NULL;
    const char *up = arena_printf(arena, "%.*s.up.sql", (int)stem, path);
    return stat(up, &status) == 0 ? up : NULL;
}

static void
add_lone_file(Discovery *discovery, const char *path)
{
    LoneFile *file = NULL;
    const char *up = up_beside(discovery->arena, path);
    const char *key = up != NULL ? up : path;
    HASH_FIND_STR(discovery->lone_files, key, file);
    if (file == NULL) {
        file = ARENA_NEW(discovery->arena, LoneFile);
        file->path = key;
        HASH_ADD_KEYPTR(hh, discovery->lone_files, file->path, strlen(key), file);
        LIST_APPEND(discovery->arena, &discovery->items, (Item){.lone = file});
    }
    if (up != NULL)
        file->down = path;
    else
        file->is_reported = true;
}

/* ---- directories */

/* False where there is nothing in it: a layout that was asked for may be that of a folder further
 * down. */
static bool
add_whole_history(Discovery *discovery, Place *place)
{
    History *history = list_history(discovery, place, place->layout);
    if (history == NULL)
        return true;
    memset(history->up, true, history->migrations.count);
    memset(history->down, true, history->migrations.count);
    return history->migrations.count > 0;
}

static void
add_directory(Discovery *discovery, const char *path)
{
    Place *place = place_of(discovery, path);
    const Layout *layout = recognise(discovery, place);
    if (place->problem != NULL) {
        note_problem_of(discovery, place);
        return;
    }
    if (layout != NULL && add_whole_history(discovery, place))
        return;

    LayoutDirectory *directory = &place->directory;
    const size_t *order = layout_order_counted(directory);
    for (size_t i = 0; i < directory->entries.count; i++) {
        const char *inside = layout_path(directory, order[i]);
        if (directory->entries.items[order[i]].is_directory)
            add_directory(discovery, inside);
        else if (layout == NULL && layout_ends(directory, order[i], ".sql"))
            add_lone_file(discovery, inside);
    }
}

/* ---- the history that a file belongs to */

/* How far above a file the directory of its history is looked for. */
enum { MOST_LEVELS = 6 };

/* Whether it is, by its path, a file of a listed migration; then that is reported. */
static bool
report_file(Discovery *discovery, const char *path)
{
    ListedFile *file = NULL;
    HASH_FIND_STR(discovery->listed_files, path, file);
    const bool found = file != NULL;
    for (; file != NULL; file = file->next) {
        const History *history = &discovery->histories.items[file->history];
        (file->is_down ? history->down : history->up)[file->migration] = true;
    }
    return found;
}

static bool
is_other_path(const Discovery *discovery, const char *found, const char *path)
{
    if (found == NULL || strcmp(file_name(found), file_name(path)) != 0)
        return false;
    const char *id = file_id(discovery, path);
    return id[0] != '\0' && strcmp(file_id(discovery, found), id) == 0;
}

/* Whether the path is written as those in the directory are: then it is none of them by another
 * name. */
static bool
is_written_alike(const Place *home, const char *path)
{
    const char *directory = home->directory.path;
    const size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/' &&
           strstr(path, "//") == NULL && strstr(path, "/./") == NULL &&
           strstr(path, "/../") == NULL;
}

/* The same for a path that leads there in another way. */
static bool
report_same_file(Discovery *discovery, const Place *home, const char *path)
{
    const History *history = &discovery->histories.items[home->history];
    if (is_written_alike(home, path))
        return false;
    foreach (found, &history->migrations) {
        if (is_other_path(discovery, found->up.path, path))
            return report_file(discovery, found->up.path);
        if (is_other_path(discovery, found->down.path, path))
            return report_file(discovery, found->down.path);
    }
    return false;
}

/* The layout by which the entry belongs to the directory, which is `level` above the file: that
 * high, only what the folder's name belongs to can be a layout's. NULL: none. */
static const Layout *
claim_of(const Discovery *discovery, Place *place, const char *entry, int level)
{
    const Layout *layout = NULL;
    if (layout_has(&place->directory, "sqitch.plan"))
        return &layout_sqitch;
    if (discovery->options->layout != NULL)
        layout = layout_find(discovery->options->layout);
    else if (level < 2)
        layout = layout_of_entry(&place->directory, entry);
    return level > 0 && layout != NULL && layout->claims == NULL ? NULL : layout;
}

/* So far above a file, only the plan of sqitch makes a directory worth listing. */
static bool
may_be_home(const Discovery *discovery, const char *path, int level)
{
    return level < 2 || discovery->options->layout != NULL ||
           access(file_join(discovery->arena, path, "sqitch.plan"), F_OK) == 0;
}

static Place *
find_home(Discovery *discovery, const char *path, const Layout **layout)
{
    const char *inside = path;
    for (int level = 0; level < MOST_LEVELS; level++) {
        const char *above = file_directory(discovery->arena, inside);
        Place *place = may_be_home(discovery, above, level) ? place_of(discovery, above) : NULL;
        if (place != NULL && place->problem != NULL && !place->is_recognised)
            return NULL;
        *layout = place != NULL ? claim_of(discovery, place, file_name(inside), level) : NULL;
        if (*layout != NULL)
            return place;
        if (strcmp(above, ".") == 0 || strcmp(above, "/") == 0)
            return NULL;
        inside = above;
    }
    return NULL;
}

/* A directory that has the file but not as a migration is no home of it, unless other files are. */
static void
add_file(Discovery *discovery, const char *path)
{
    const Layout *layout = NULL;
    if (report_file(discovery, path))
        return;
    Place *home = find_home(discovery, path, &layout);
    if (home != NULL && recognise(discovery, home) != NULL)
        layout = home->layout;
    if (home != NULL && list_history(discovery, home, layout) == NULL)
        return;
    if (home == NULL || !(report_file(discovery, path) || report_same_file(discovery, home, path)))
        add_lone_file(discovery, path);
}

static void
add_path(Discovery *discovery, const char *path)
{
    if (strcmp(path, "-") == 0) {
        add_lone_file(discovery, path);
        return;
    }
    struct stat status;
    if (stat(path, &status) != 0) {
        Error err = {0};
        (void)error_set(&err, ERROR_USAGE, "cannot read %s: %s", path, file_errno_words(errno));
        note_problem(discovery, layout_keep_error(discovery->arena, &err));
    } else if (S_ISDIR(status.st_mode)) {
        add_directory(discovery, directory_trim(discovery->arena, path));
    } else {
        add_file(discovery, path);
    }
}

/* ---- the files themselves */

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
load_lone_file(Arena *arena, const LoneFile *file, size_t max_bytes, DiscoveredFiles *out)
{
    Migration migration = {.version = "",
                           .version_text = "",
                           .name = file_name(file->path),
                           .up = source_read(arena, file->path, max_bytes)};
    if (file->down != NULL)
        migration.down = source_read(arena, file->down, max_bytes);
    append(arena, out, migration, file->is_reported, file->down != NULL);
}

static void
load(const Discovery *discovery)
{
    Arena *arena = discovery->arena;
    DiscoveredFiles *out = discovery->out;
    const size_t max_bytes = discovery->options->max_bytes;
    bool after_lone_files = true;
    foreach (item, &discovery->items) {
        const size_t first = out->migrations.count;
        if (item->lone != NULL)
            load_lone_file(arena, item->lone, max_bytes, out);
        else
            load_history(arena, &discovery->histories.items[item->history], max_bytes, out);
        if (out->migrations.count == first)
            continue;
        out->migrations.items[first].begins_history = item->lone == NULL || !after_lone_files;
        after_lone_files = item->lone != NULL;
    }
}

void
discover_paths(Arena *arena, const DiscoverOptions *options, const StringList *paths,
               DiscoveredFiles *out)
{
    Discovery discovery = {.arena = arena, .options = options, .out = out};
    foreach (path, paths)
        add_path(&discovery, *path);
    load(&discovery);
}
