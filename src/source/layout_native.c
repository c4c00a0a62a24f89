/* SPDX-License-Identifier: MIT */
/* Our own: `<version>_<name>.up.sql` and `.down.sql`, as golang-migrate and reversible sqlx have
 * it. */
#include <string.h>

#include "base/file.h"
#include "source/layout.h"
#include "source/native_name.h"
#include "source/version.h"

/* A file on its way to being one half of a migration. */
typedef struct NativeFile {
    NativeName name;
    const char *path;
} NativeFile;

typedef LIST(NativeFile) NativeFileList;

/* What was meant to be native, too. */
static bool
claims(LayoutDirectory *directory, size_t entry)
{
    const char *problem;
    const DirectoryEntry *found = &directory->entries.items[entry];
    if (found->is_directory)
        return false;
    NameVerdict verdict = native_name_read(directory->arena, found->name, NULL, &problem);
    return verdict == NAME_NATIVE || verdict == NAME_NEARLY;
}

/* What is wrong with the first of them. */
typedef struct WrongNames {
    const char *path; /* NULL: there is none */
    const char *problem;
    size_t more;
} WrongNames;

static void
refuse_names(Arena *arena, const WrongNames *wrong, Error *err)
{
    const char *more = wrong->more == 0   ? ""
                       : wrong->more == 1 ? " (nor is another file)"
                                          : arena_printf(arena, " (nor are %zu more)", wrong->more);
    error_set(err, ERROR_USAGE, "%s is not named like a migration%s: %s", wrong->path, more,
              wrong->problem);
    (void)error_hint(err, "Name it like 20260131120000_add_email.up.sql, move it elsewhere, or say "
                          "--layout sqlx where .sql alone is an up without a way back.");
}

static bool
collect(LayoutDirectory *directory, NativeFileList *out, Error *err)
{
    Arena *arena = directory->arena;
    WrongNames wrong = {0};
    foreach (entry, &directory->entries) {
        NativeFile file = {0};
        const char *problem = NULL;
        NameVerdict verdict = native_name_read(arena, entry->name, &file.name, &problem);
        if (verdict == NAME_FOREIGN || (entry->is_directory && verdict != NAME_NATIVE))
            continue;
        file.path = file_join(arena, directory->path, entry->name);
        if (!entry->is_directory && verdict == NAME_NATIVE) {
            LIST_APPEND(arena, out, file);
        } else if (wrong.path != NULL) {
            wrong.more++;
        } else {
            wrong.path = file.path;
            wrong.problem = entry->is_directory ? "it is a directory" : problem;
        }
    }
    if (wrong.path == NULL)
        return true;
    refuse_names(arena, &wrong, err);
    return layout_complain(directory, err);
}

static int
by_version(const void *left, const void *right)
{
    const NativeFile *a = left;
    const NativeFile *b = right;
    int order = version_compare(a->name.version, b->name.version);
    if (order != 0)
        return order;
    if (a->name.direction != b->name.direction)
        return a->name.direction < b->name.direction ? -1 : 1;
    return strcmp(a->path, b->path);
}

static void
refuse_duplicate(const NativeFile *first, const NativeFile *second, Error *err)
{
    error_set(err, ERROR_USAGE, "%s and %s have the same version, %s", first->path, second->path,
              first->name.version);
    (void)error_hint(err, "Give one of them a version of its own.");
}

/* Of the ups of its version, which are all there is behind the last other version, the one of the
 * same name; without one the last, which is the only one where all is well. */
static Found *
up_of(const FoundList *list, const NativeFile *down)
{
    Found *last = list->count > 0 ? &list->items[list->count - 1] : NULL;
    if (last == NULL || last->up.path == NULL || strcmp(last->version, down->name.version) != 0)
        return NULL;
    for (size_t i = list->count; i > 0 && strcmp(list->items[i - 1].version, last->version) == 0;
         i--) {
        if (strcmp(list->items[i - 1].name, down->name.name) == 0)
            return &list->items[i - 1];
    }
    return last;
}

static bool
add_file(LayoutDirectory *directory, const NativeFile *file, const NativeFile *previous,
         FoundList *out, Error *err)
{
    Arena *arena = directory->arena;
    const bool is_up = file->name.direction == DIRECTION_UP;
    /* Two ups are said by layout_scan(). */
    if (!is_up && previous != NULL && previous->name.direction == DIRECTION_DOWN &&
        strcmp(previous->name.version, file->name.version) == 0) {
        refuse_duplicate(previous, file, err);
        if (!layout_complain(directory, err))
            return false;
    }
    /* Sorted: of one version, the ups come first. */
    Found *up = is_up ? NULL : up_of(out, file);
    if (up != NULL) {
        up->down.path = up->down.path != NULL ? up->down.path : file->path;
        return true;
    }
    const char *label = version_label(arena, file->name.version_text, file->name.name);
    FoundPart part = {.path = file->path};
    LIST_APPEND(arena, out,
                (Found){.version = file->name.version,
                        .version_text = file->name.version_text,
                        .name = file->name.name,
                        .up = is_up ? part : (FoundPart){0},
                        .down = is_up ? (FoundPart){0} : part,
                        .down_words = arena_printf(arena, "%s.down.sql", label)});
    return true;
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    NativeFileList files = {0};
    if (!collect(directory, &files, err))
        return false;

    if (files.count > 1)
        qsort(files.items, files.count, sizeof *files.items, by_version);
    const NativeFile *previous = NULL;
    foreach (file, &files) {
        if (!add_file(directory, file, previous, out, err))
            return false;
        previous = file;
    }
    return true;
}

const Layout layout_native = {
    .title = "lockstep", .claims = claims, .scan = scan, .always_down = true};
