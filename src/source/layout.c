/* SPDX-License-Identifier: MIT */
#include "source/layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "source/part.h"
#include "source/version.h"

static const struct {
    const char *name;
    const Layout *layout;
} table[] = {
#define LAYOUT(symbol, name) {name, &layout_##symbol},
#include "source/layouts.def"
#undef LAYOUT
};

enum { LAYOUTS = sizeof table / sizeof *table };

const Layout *
layout_find(const char *name)
{
    for (size_t i = 0; i < LAYOUTS; i++) {
        if (strcmp(table[i].name, name) == 0)
            return table[i].layout;
    }
    return NULL;
}

const char *
layout_name(const Layout *layout)
{
    size_t i = 0;
    while (table[i].layout != layout)
        i++;
    return table[i].name;
}

static bool
is_same_file(const char *path, const char *other)
{
    FileId a;
    FileId b;
    return directory_file_id(path, &a) && directory_file_id(other, &b) &&
           memcmp(&a, &b, sizeof a) == 0;
}

bool
layout_open(Arena *arena, const char *path, const char *left_out, size_t max_bytes,
            LayoutDirectory *out, Error *err)
{
    DirectoryEntryList entries = {0};
    *out = (LayoutDirectory){.arena = arena, .path = path, .max_bytes = max_bytes};
    if (!directory_list(arena, path, &entries, &out->id, err))
        return false;
    foreach (entry, &entries) {
        if (left_out == NULL || strcmp(entry->name, file_name(left_out)) != 0 ||
            !is_same_file(file_join(arena, path, entry->name), left_out))
            LIST_APPEND(arena, &out->entries, *entry);
    }
    out->files = ARENA_ARRAY(arena, SourceFile *, out->entries.count);
    out->inside = ARENA_ARRAY(arena, const LayoutDirectory *, out->entries.count);
    out->claims = ARENA_ARRAY(arena, EntryClaim, out->entries.count);
    out->asked = ARENA_ARRAY(arena, FolderFile, out->entries.count);
    return true;
}

const char *
layout_path(const LayoutDirectory *directory, size_t entry)
{
    return file_join(directory->arena, directory->path, directory->entries.items[entry].name);
}

static FileBase *
base_of(const LayoutDirectory *directory)
{
    if (directory->base != NULL)
        file_base_enter(directory->base, directory->path);
    return directory->base;
}

SourceFile *
layout_read(const LayoutDirectory *directory, const char *path)
{
    return source_read_from(directory->arena, base_of(directory), path, directory->max_bytes);
}

bool
layout_exists(const LayoutDirectory *directory, const char *path)
{
    return file_exists_from(base_of(directory), path);
}

SourceFile *
layout_file(LayoutDirectory *directory, size_t entry)
{
    if (directory->files[entry] == NULL)
        directory->files[entry] = layout_read(directory, layout_path(directory, entry));
    return directory->files[entry];
}

static int
compare_with_entry(const void *name, const void *entry)
{
    return strcmp(name, ((const DirectoryEntry *)entry)->name);
}

const DirectoryEntry *
layout_entry(const LayoutDirectory *directory, const char *name)
{
    const DirectoryEntryList *entries = &directory->entries;
    return entries->count == 0 ? NULL
                               : bsearch(name, entries->items, entries->count,
                                         sizeof *entries->items, compare_with_entry);
}

bool
layout_has(const LayoutDirectory *directory, const char *name)
{
    return layout_entry(directory, name) != NULL;
}

bool
layout_ends(const LayoutDirectory *directory, size_t entry, const char *ending)
{
    const DirectoryEntry *found = &directory->entries.items[entry];
    size_t length = strlen(found->name);
    size_t wanted = strlen(ending);
    return !found->is_directory && length > wanted &&
           strcmp(found->name + length - wanted, ending) == 0;
}

static const Layout *
first_that_claims(LayoutDirectory *directory, size_t entry)
{
    for (size_t i = 0; i < LAYOUTS; i++) {
        if (table[i].layout->claims != NULL && table[i].layout->claims(directory, entry))
            return table[i].layout;
    }
    return NULL;
}

static const Layout *
claimed_by(LayoutDirectory *directory, size_t entry)
{
    EntryClaim *claim = &directory->claims[entry];
    if (!claim->is_known)
        claim->layout = first_that_claims(directory, entry);
    claim->is_known = true;
    return claim->layout;
}

static bool
holds_all_of(const Layout *whole, const Layout *part)
{
    return whole == part || whole->includes == part;
}

static bool
refuse_mixture(const LayoutDirectory *directory, const Layout *first, size_t first_entry,
               const Layout *second, size_t second_entry, Error *err)
{
    error_set(err, ERROR_USAGE, "%s is laid out as for %s, %s as for %s",
              layout_path(directory, first_entry), first->title,
              layout_path(directory, second_entry), second->title);
    return error_hint(err, "Move one of them elsewhere, or say which it is: --layout %s or %s.",
                      layout_name(first), layout_name(second));
}

static const Layout *
that_fits(LayoutDirectory *directory)
{
    for (size_t i = 0; i < LAYOUTS && !directory->was_fitted; i++) {
        if (directory->fitting == NULL && table[i].layout->fits != NULL &&
            table[i].layout->fits(directory))
            directory->fitting = table[i].layout;
    }
    directory->was_fitted = true;
    return directory->fitting;
}

bool
layout_choose(LayoutDirectory *directory, const char *name, const Layout **out, Error *err)
{
    const Layout *found = NULL;
    size_t found_at = 0;
    *out = name != NULL ? layout_find(name) : NULL;
    if (*out != NULL)
        return true;
    for (size_t i = 0; i < directory->entries.count; i++) {
        const Layout *layout = claimed_by(directory, i);
        if (layout == NULL || (found != NULL && holds_all_of(found, layout)))
            continue;
        if (found != NULL && !holds_all_of(layout, found))
            return refuse_mixture(directory, found, found_at, layout, i, err);
        found = layout;
        found_at = i;
    }
    *out = found != NULL ? found : that_fits(directory);
    return true;
}

const Layout *
layout_of_entry(LayoutDirectory *directory, const char *name)
{
    const DirectoryEntry *entry = layout_entry(directory, name);
    if (entry == NULL)
        return NULL;
    const Layout *layout = claimed_by(directory, (size_t)(entry - directory->entries.items));
    return layout != NULL ? layout : that_fits(directory);
}

/* ---- entries in order */

typedef struct CountedEntry {
    const char *name;
    size_t entry;
} CountedEntry;

enum { DATE_DIGITS = 8 };

/* Where the names begin to differ, at the beginning of a number where that is within one. */
static size_t
first_difference(const char *left, const char *right)
{
    size_t at = 0;
    while (left[at] != '\0' && left[at] == right[at])
        at++;
    while (at > 0 && isdigit((unsigned char)left[at - 1]))
        at--;
    return at;
}

static int
by_count(const void *left, const void *right)
{
    const char *a = ((const CountedEntry *)left)->name;
    const char *b = ((const CountedEntry *)right)->name;
    size_t at = first_difference(a, b);
    bool are_dates =
        strspn(a + at, "0123456789") >= DATE_DIGITS && strspn(b + at, "0123456789") >= DATE_DIGITS;
    int order = are_dates ? 0 : version_compare(a + at, b + at);
    return order != 0 ? order : strcmp(a, b);
}

size_t *
layout_order_counted(const LayoutDirectory *directory)
{
    size_t count = directory->entries.count;
    Arena *scratch = arena_new();
    CountedEntry *counted = ARENA_ARRAY(scratch, CountedEntry, count);
    size_t *order = ARENA_ARRAY(directory->arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        counted[i] = (CountedEntry){directory->entries.items[i].name, i};
    if (count > 1)
        qsort(counted, count, sizeof *counted, by_count);
    for (size_t i = 0; i < count; i++)
        order[i] = counted[i].entry;
    arena_free(scratch);
    return order;
}

/* ---- the migrations */

typedef struct Placed {
    Found found;
    size_t order;
} Placed;

static int
in_order(const Placed *a, const Placed *b, int order)
{
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static int
by_version(const void *left, const void *right)
{
    const Placed *a = left;
    const Placed *b = right;
    return in_order(a, b, version_compare(a->found.version, b->found.version));
}

static int
by_bytes(const void *left, const void *right)
{
    const Placed *a = left;
    const Placed *b = right;
    return in_order(a, b, strcmp(a->found.version, b->found.version));
}

static void
sort(FoundList *list, int (*compare)(const void *, const void *))
{
    Arena *scratch = arena_new();
    Placed *placed = ARENA_ARRAY(scratch, Placed, list->count);
    for (size_t i = 0; i < list->count; i++)
        placed[i] = (Placed){.found = list->items[i], .order = i};
    if (list->count > 1)
        qsort(placed, list->count, sizeof *placed, compare);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = placed[i].found;
    arena_free(scratch);
}

void
layout_sort(FoundList *list)
{
    sort(list, by_version);
}

void
layout_sort_bytes(FoundList *list)
{
    sort(list, by_bytes);
}

static int
by_text(const void *left, const void *right)
{
    const Found *const *a = left;
    const Found *const *b = right;
    int order = strcmp((*a)->version, (*b)->version);
    return order != 0 ? order : (*a > *b) - (*a < *b);
}

static const char *
path_of(const Found *found)
{
    return found->up.path != NULL ? found->up.path : found->down.path;
}

const Error *
layout_keep_error(Arena *arena, const Error *err)
{
    Error *kept = ARENA_NEW(arena, Error);
    *kept = *err;
    return kept;
}

bool
layout_complain(LayoutDirectory *directory, const Error *err)
{
    if (directory->problems == NULL)
        return false;
    LIST_APPEND(directory->arena, directory->problems, layout_keep_error(directory->arena, err));
    return true;
}

static bool
check_versions(LayoutDirectory *directory, const FoundList *list, Error *err)
{
    Arena *scratch = arena_new();
    const Found **sorted = ARENA_ARRAY(scratch, const Found *, list->count);
    bool ok = true;
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = &list->items[i];
    if (list->count > 1)
        qsort(sorted, list->count, sizeof *sorted, by_text);
    for (size_t i = 1; ok && i < list->count; i++) {
        if (strcmp(sorted[i - 1]->version, sorted[i]->version) != 0)
            continue;
        error_set(err, ERROR_USAGE, "%s and %s have the same version, %s", path_of(sorted[i - 1]),
                  path_of(sorted[i]), sorted[i]->version);
        (void)error_hint(err, "Give one of them a version of its own.");
        ok = layout_complain(directory, err);
    }
    arena_free(scratch);
    return ok;
}

/* A project without any way back has decided so. */
static void
settle_downs(const Layout *layout, FoundList *list)
{
    bool wanted = layout->always_down;
    foreach (found, list)
        wanted |= found->down.path != NULL;
    foreach (found, list) {
        if (!wanted || found->down.path != NULL || found->is_draft)
            found->down_words = NULL;
    }
}

bool
layout_scan(LayoutDirectory *directory, const Layout *layout, FoundList *out, Error *err)
{
    if (!layout->scan(directory, out, err) || !check_versions(directory, out, err))
        return false;
    settle_downs(layout, out);
    return true;
}

static SourceFile *
load_part(Arena *arena, FileBase *base, const FoundPart *part, size_t max_bytes)
{
    if (part->path == NULL)
        return NULL;
    SourceFile *file =
        part->file != NULL ? part->file : source_read_from(arena, base, part->path, max_bytes);
    file->no_transaction |= part->no_transaction || part_runs_alone(file);
    return file;
}

Migration
layout_load(Arena *arena, FileBase *base, const Found *found, size_t max_bytes)
{
    return (Migration){.version = found->version,
                       .version_text = found->version_text,
                       .name = found->name,
                       .down_words = found->down_words,
                       .is_repeatable = found->is_repeatable,
                       .up = load_part(arena, base, &found->up, max_bytes),
                       .down = load_part(arena, base, &found->down, max_bytes)};
}
