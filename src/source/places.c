/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

/* The tables grow with the arena of what is discovered. */
#define uthash_malloc(size) arena_alloc(places->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#define HASH_FUNCTION HASH_OF_KEY
#include "base/file.h"
#include "base/hash.h"
#include "source/places.h"

void
places_close(Places *places)
{
    file_base_leave(&places->base);
}

static Folder *
folder_named(Places *places, const char *path, size_t length)
{
    Folder *folder = NULL;
    HASH_FIND(hh, places->folders, path, length, folder);
    if (folder != NULL)
        return folder;
    folder = ARENA_NEW(places->arena, Folder);
    folder->path = arena_strndup(places->arena, path, length);
    HASH_ADD_KEYPTR(hh, places->folders, folder->path, length, folder);
    return folder;
}

Folder *
places_folder(Places *places, const char *path)
{
    return folder_named(places, path, strlen(path));
}

Folder *
places_folder_of(Places *places, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return folder_named(places, ".", 1);
    return slash == path ? folder_named(places, "/", 1)
                         : folder_named(places, path, (size_t)(slash - path));
}

static Place *
look_into(Places *places, const char *path, const Error **problem)
{
    Error err = {0};
    Place *known = NULL;
    Place *place = ARENA_NEW(places->arena, Place);
    LayoutDirectory *directory = &place->directory;
    if (!layout_open(places->arena, path, places->left_out, places->options->max_bytes, directory,
                     &err)) {
        *problem = layout_keep_error(places->arena, &err);
        return NULL;
    }
    HASH_FIND(hh, places->places, &directory->id, sizeof directory->id, known);
    if (known != NULL)
        return known;
    directory->problems = places->problems;
    directory->base = &places->base;
    HASH_ADD(hh, places->places, directory.id, sizeof directory->id, place);
    return place;
}

Place *
places_open(Places *places, Folder *folder)
{
    if (!folder->was_opened)
        folder->place = look_into(places, folder->path, &folder->problem);
    folder->was_opened = true;
    return folder->place;
}

const Layout *
places_recognise(const Places *places, Place *place)
{
    Error err = {0};
    if (place->is_recognised || place->problem != NULL)
        return place->layout;
    if (!layout_choose(&place->directory, places->options->layout, &place->layout, &err))
        place->problem = layout_keep_error(places->arena, &err);
    place->is_recognised = true;
    return place->layout;
}

/* ---- the history that a file belongs to */

/* How far above a file the directory of its history is looked for. */
enum { MOST_LEVELS = 6 };

static bool
has_plan(const Places *places, Folder *folder)
{
    if (!folder->was_asked_for_plan)
        folder->has_plan =
            folder->place != NULL
                ? layout_has(&folder->place->directory, "sqitch.plan")
                : access(file_join(places->arena, folder->path, "sqitch.plan"), F_OK) == 0;
    folder->was_asked_for_plan = true;
    return folder->has_plan;
}

/* The layout by which the entry belongs to the directory, which is `level` above the file: that
 * high, only what the folder's name belongs to can be a layout's. NULL: none. */
static const Layout *
claim_of(const Places *places, Place *place, const char *entry, int level)
{
    const Layout *layout = NULL;
    if (layout_has(&place->directory, "sqitch.plan"))
        return &layout_sqitch;
    if (places->options->layout != NULL)
        layout = layout_find(places->options->layout);
    else if (level < 2)
        layout = layout_of_entry(&place->directory, entry);
    return level > 0 && layout != NULL && layout->claims == NULL ? NULL : layout;
}

/* So that nobody asks the system what a listing says. */
static void
connect(const Place *above, const Folder *folder)
{
    const LayoutDirectory *directory = &above->directory;
    const DirectoryEntry *entry = layout_entry(directory, file_name(folder->path));
    if (entry != NULL && folder->place != NULL)
        directory->inside[entry - directory->entries.items] = &folder->place->directory;
}

/* So far above a file, only the plan of sqitch makes a directory worth listing. */
static Home
seek_above(Places *places, const Folder *folder)
{
    for (int level = 1; level < MOST_LEVELS; level++) {
        if (strcmp(folder->path, ".") == 0 || strcmp(folder->path, "/") == 0)
            break;
        Folder *above = places_folder_of(places, folder->path);
        const bool is_near = level < 2 || places->options->layout != NULL;
        if (is_near || has_plan(places, above)) {
            Place *place = places_open(places, above);
            if (place == NULL)
                break;
            connect(place, folder);
            const Layout *layout = claim_of(places, place, file_name(folder->path), level);
            if (layout != NULL)
                return (Home){place, layout};
        }
        folder = above;
    }
    return (Home){0};
}

Home
places_home(Places *places, Folder *folder, const char *name)
{
    Place *place = places_open(places, folder);
    const Layout *layout = place != NULL ? claim_of(places, place, name, 0) : NULL;
    if (place == NULL || layout != NULL)
        return (Home){place, layout};
    if (!folder->was_sought)
        folder->above = seek_above(places, folder);
    folder->was_sought = true;
    return folder->above;
}

/* ---- single files */

const DirectoryEntry *
places_entry(const Folder *folder, const char *name)
{
    return folder->place != NULL ? layout_entry(&folder->place->directory, name) : NULL;
}

/* A copy: what the layout still does to its own is no business of others. */
SourceFile *
places_read(Places *places, const Folder *folder, const char *path)
{
    const DirectoryEntry *entry = places_entry(folder, file_name(path));
    const LayoutDirectory *directory = entry != NULL ? &folder->place->directory : NULL;
    const SourceFile *read =
        directory != NULL ? directory->files[entry - directory->entries.items] : NULL;
    if (read == NULL || strcmp(read->path, path) != 0) {
        file_base_enter(&places->base, folder->path);
        return source_read_from(places->arena, &places->base, path, places->options->max_bytes);
    }
    return arena_copy(places->arena, read, sizeof *read);
}
