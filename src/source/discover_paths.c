/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "source/discover.h"

/* The tables grow with the arena of what is discovered. */
#define uthash_malloc(size) arena_alloc(discovery->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#define HASH_FUNCTION HASH_OF_KEY
#include <uthash.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/path.h"
#include "source/directory.h"
#include "source/layout.h"
#include "source/places.h"
#include "source/snapshot.h"

/* A directory's migrations, of which all or some are reported. */
typedef struct History {
    const char *directory;
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

/* A file of no history, and the way back that lies beside it under the same name. */
typedef struct LoneFile {
    const char *path; /* the key */
    SourceFile *up;
    SourceFile *down; /* NULL where nothing leads to one */
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
    Places places;
    ListedFile *listed_files; /* of the first `listed` histories */
    size_t listed;
    LoneFile *lone_files;
} Discovery;

/* Once, however often it is met. */
static void
note_problem(const Discovery *discovery, const Error *kept)
{
    ErrorList *problems = &discovery->out->problems;
    foreach (problem, problems) {
        if (*problem == kept)
            return;
    }
    LIST_APPEND(discovery->arena, problems, kept);
}

static void
list_file(Discovery *discovery, const char *path, ListedFile listed)
{
    ListedFile *known = NULL;
    unsigned hash = 0;
    if (path == NULL)
        return;
    const size_t length = strlen(path);
    ListedFile *file = ARENA_NEW(discovery->arena, ListedFile);
    *file = listed;
    file->path = path;
    HASH_VALUE(path, length, hash);
    HASH_FIND_BYHASHVALUE(hh, discovery->listed_files, path, length, hash, known);
    if (known == NULL) {
        HASH_ADD_KEYPTR_BYHASHVALUE(hh, discovery->listed_files, file->path, length, hash, file);
    } else {
        file->next = known->next;
        known->next = file;
    }
}

static void
list_files(Discovery *discovery, size_t history)
{
    const FoundList *migrations = &discovery->histories.items[history].migrations;
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
    History history = {.directory = place->directory.path};
    if (place->is_listed)
        return &discovery->histories.items[place->history];
    if (place->problem == NULL &&
        !layout_scan(&place->directory, layout, &history.migrations, &err))
        place->problem = layout_keep_error(discovery->arena, &err);
    if (place->problem != NULL) {
        note_problem(discovery, place->problem);
        return NULL;
    }
    history.up = ARENA_ARRAY(arena, bool, history.migrations.count);
    history.down = ARENA_ARRAY(arena, bool, history.migrations.count);
    place->is_listed = true;
    place->history = discovery->histories.count;
    note_layout(discovery, layout);
    LIST_APPEND(arena, &discovery->histories, history);
    LIST_APPEND(arena, &discovery->items, (Item){.history = place->history});
    return &discovery->histories.items[place->history];
}

/* "a/b.up.sql" for "a/b.down.sql" where there is that file; else NULL. */
static const char *
up_beside(Arena *arena, const Folder *folder, const char *path)
{
    static const char ending[] = ".down.sql";
    struct stat status;
    const size_t length = strlen(path);
    const size_t stem = length < sizeof ending ? 0 : length - strlen(ending);
    if (stem == 0 || strcmp(path + stem, ending) != 0)
        return NULL;
    const char *up = arena_printf(arena, "%.*s.up.sql", (int)stem, path);
    return places_entry(folder, file_name(up)) != NULL || stat(up, &status) == 0 ? up : NULL;
}

static void
add_lone_file(Discovery *discovery, const Folder *folder, const char *path)
{
    Arena *arena = discovery->arena;
    Places *places = &discovery->places;
    LoneFile *file = NULL;
    const char *up = up_beside(arena, folder, path);
    const char *key = up != NULL ? up : path;
    HASH_FIND_STR(discovery->lone_files, key, file);
    if (file == NULL) {
        file = ARENA_NEW(arena, LoneFile);
        file->path = key;
        file->up = places_read(places, folder, key);
        HASH_ADD_KEYPTR(hh, discovery->lone_files, file->path, strlen(key), file);
        LIST_APPEND(arena, &discovery->items, (Item){.lone = file});
    }
    if (up == NULL)
        file->is_reported = true;
    else if (file->down == NULL)
        file->down = places_read(places, folder, path);
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
    Places *places = &discovery->places;
    Folder *folder = places_folder(places, path);
    Place *place = places_open(places, folder);
    if (place == NULL) {
        note_problem(discovery, folder->problem);
        return;
    }
    const Layout *layout = places_recognise(places, place);
    if (place->problem != NULL) {
        note_problem(discovery, place->problem);
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
        else if (layout == NULL && snapshot_is_one(directory, order[i]))
            LIST_APPEND(discovery->arena, &discovery->out->snapshots, inside);
        else if (layout == NULL && layout_ends(directory, order[i], ".sql"))
            add_lone_file(discovery, folder, inside);
    }
}

/* ---- the history that a file belongs to */

/* Whether it is, by its path, a file of a listed migration; then that is reported. Where only
 * directories are asked for, no file is looked up. */
static bool
report_file(Discovery *discovery, const char *path)
{
    ListedFile *file = NULL;
    for (; discovery->listed < discovery->histories.count; discovery->listed++)
        list_files(discovery, discovery->listed);
    HASH_FIND_STR(discovery->listed_files, path, file);
    const bool found = file != NULL;
    for (; file != NULL; file = file->next) {
        const History *history = &discovery->histories.items[file->history];
        (file->is_down ? history->down : history->up)[file->migration] = true;
    }
    return found;
}

static bool
is_other_path(const char *found, const char *path)
{
    FileId a;
    FileId b;
    return found != NULL && strcmp(file_name(found), file_name(path)) == 0 &&
           directory_file_id(found, &a) && directory_file_id(path, &b) &&
           memcmp(&a, &b, sizeof a) == 0;
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
        if (is_other_path(found->up.path, path))
            return report_file(discovery, found->up.path);
        if (is_other_path(found->down.path, path))
            return report_file(discovery, found->down.path);
    }
    return false;
}

/* The system is asked only about a path that is written in another way than its history's. */
static bool
is_check(Arena *arena, const Place *home, const Layout *layout, const char *path)
{
    if (layout->checks == NULL)
        return false;
    const char *folder = file_join(arena, home->directory.path, layout->checks);
    if (!is_written_alike(home, path)) {
        folder = path_absolute(arena, folder);
        path = folder != NULL ? path_absolute(arena, path) : NULL;
    }
    const size_t length = folder != NULL ? strlen(folder) : 0;
    return path != NULL && strncmp(path, folder, length) == 0 && path[length] == '/';
}

/* A directory that has the file but not as a migration is no home of it, unless other files are. */
static void
add_file(Discovery *discovery, Folder *folder, const char *path)
{
    Places *places = &discovery->places;
    const Home home = places_home(places, folder, file_name(path));
    const Layout *layout = home.layout;
    if (layout != NULL && places_recognise(places, home.place) != NULL)
        layout = home.place->layout;
    if (layout != NULL && list_history(discovery, home.place, layout) == NULL)
        return;
    if (layout != NULL &&
        (report_file(discovery, path) || report_same_file(discovery, home.place, path)))
        return;
    if (layout != NULL && is_check(discovery->arena, home.place, layout, path))
        LIST_APPEND(discovery->arena, &discovery->out->checks, path);
    else
        add_lone_file(discovery, folder, path);
}

static void
note_missing(const Discovery *discovery, const char *path, int number)
{
    Error err = {0};
    (void)error_set(&err, ERROR_USAGE, "cannot read %s: %s", path, file_errno_words(number));
    note_problem(discovery, layout_keep_error(discovery->arena, &err));
}

/* What the listing of a folder calls a file need not be asked about. */
static void
add_path(Discovery *discovery, const char *path)
{
    struct stat status;
    if (report_file(discovery, path))
        return;
    Folder *folder = places_folder_of(&discovery->places, path);
    const DirectoryEntry *entry = places_entry(folder, file_name(path));
    if (strcmp(path, "-") == 0)
        add_lone_file(discovery, folder, path);
    else if (entry != NULL && entry->is_file)
        add_file(discovery, folder, path);
    else if (stat(path, &status) != 0)
        note_missing(discovery, path, errno);
    else if (S_ISDIR(status.st_mode))
        add_directory(discovery, directory_trim(discovery->arena, path));
    else
        add_file(discovery, folder, path);
}

/* ---- the files themselves */

/* A migration of a history, whose files are still to be read. */
typedef struct ToLoad {
    const char *directory;
    const Found *found; /* NULL: it has been read */
    bool without_down;
} ToLoad;

/* By the number of the migration. */
typedef struct Loading {
    LIST(ToLoad) list;
    Migration *migrations;
    FileBase *bases; /* one for each worker */
    size_t max_bytes;
} Loading;

static void
append(Arena *arena, DiscoveredFiles *out, Migration migration, bool up, bool down)
{
    LIST_APPEND(arena, &out->migrations, migration);
    LIST_APPEND(arena, &out->reported_up, up);
    LIST_APPEND(arena, &out->reported_down, down);
}

/* What comes after the last reported migration concerns nobody, nor do the downs before it. */
static void
list_migrations(Arena *arena, const History *history, Loading *loading, DiscoveredFiles *out)
{
    size_t count = history->migrations.count;
    while (count > 0 && !history->up[count - 1] && !history->down[count - 1])
        count--;
    for (size_t i = 0; i < count; i++) {
        append(arena, out, (Migration){0}, history->up[i], history->down[i]);
        LIST_APPEND(arena, &loading->list,
                    (ToLoad){.directory = history->directory,
                             .found = &history->migrations.items[i],
                             .without_down = !history->up[i] && !history->down[i]});
    }
}

/* For all that there can be. */
static void
make_room(const Discovery *discovery, Loading *loading)
{
    Arena *arena = discovery->arena;
    DiscoveredFiles *out = discovery->out;
    size_t most = discovery->items.count;
    foreach (history, &discovery->histories)
        most += history->migrations.count;
    LIST_RESERVE(arena, &loading->list, most);
    LIST_RESERVE(arena, &out->migrations, most);
    LIST_RESERVE(arena, &out->reported_up, most);
    LIST_RESERVE(arena, &out->reported_down, most);
}

static void
list_lone_file(Arena *arena, const LoneFile *file, Loading *loading, DiscoveredFiles *out)
{
    const Migration migration = {.version = "",
                                 .version_text = "",
                                 .name = file_name(file->path),
                                 .up = file->up,
                                 .down = file->down};
    append(arena, out, migration, file->is_reported, file->down != NULL);
    LIST_APPEND(arena, &loading->list, (ToLoad){0});
}

static void
load_one(void *self, Arena *arena, size_t worker, size_t piece)
{
    const Loading *loading = self;
    const ToLoad *wanted = &loading->list.items[piece];
    Migration *migration = &loading->migrations[piece];
    const bool begins_history = migration->begins_history;
    if (wanted->found != NULL) {
        FileBase *base = &loading->bases[worker];
        Found found = *wanted->found;
        if (wanted->without_down)
            found.down = (FoundPart){0};
        file_base_enter(base, wanted->directory);
        *migration = layout_load(arena, base, &found, loading->max_bytes);
    }
    migration->begins_history = begins_history;
}

static void
load_all(const Discovery *discovery, Loading *loading)
{
    const size_t count = loading->list.count;
    const size_t asked = discovery->options->jobs;
    const bool is_small = count < DISCOVER_LEAST_TO_SHARE;
    const size_t jobs = asked > 0 ? asked : is_small ? 1 : parallel_processors();
    const size_t workers = jobs < count ? jobs : count;
    loading->migrations = discovery->out->migrations.items;
    loading->max_bytes = discovery->options->max_bytes;
    loading->bases = ARENA_ARRAY(discovery->arena, FileBase, workers);
    parallel_run(discovery->arena, workers, count, load_one, loading);
    for (size_t i = 0; i < workers; i++)
        file_base_leave(&loading->bases[i]);
}

static void
load(const Discovery *discovery)
{
    Arena *arena = discovery->arena;
    DiscoveredFiles *out = discovery->out;
    Loading loading = {0};
    bool after_lone_files = true;
    make_room(discovery, &loading);
    foreach (item, &discovery->items) {
        const size_t first = out->migrations.count;
        if (item->lone != NULL)
            list_lone_file(arena, item->lone, &loading, out);
        else
            list_migrations(arena, &discovery->histories.items[item->history], &loading, out);
        if (out->migrations.count == first)
            continue;
        out->migrations.items[first].begins_history = item->lone == NULL || !after_lone_files;
        after_lone_files = item->lone != NULL;
    }
    load_all(discovery, &loading);
}

void
discover_paths(Arena *arena, const DiscoverOptions *options, const StringList *paths,
               DiscoveredFiles *out)
{
    Discovery discovery = {
        .arena = arena,
        .options = options,
        .out = out,
        .places = {.arena = arena,
                   .options = options,
                   .left_out = out->left_out,
                   .problems = &out->problems}
    };
    foreach (path, paths)
        add_path(&discovery, *path);
    places_close(&discovery.places);
    load(&discovery);
    migrations_substitute(arena, &out->migrations, options->variables);
}
