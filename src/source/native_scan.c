/* SPDX-License-Identifier: MIT */
#include "source/native_scan.h"

#include <string.h>

#include "base/file.h"
#include "source/native_name.h"

/* A file on its way to being one half of a migration. */
typedef struct NativeFile {
    NativeName name;
    const char *path;
} NativeFile;

typedef LIST(NativeFile) NativeFileList;

bool
native_scan_applies(Arena *scratch, const DirectoryEntryList *entries)
{
    foreach (entry, entries) {
        NativeName name;
        const char *problem;
        if (entry->is_directory)
            continue;
        NameVerdict verdict = native_name_read(scratch, entry->name, &name, &problem);
        if (verdict == NAME_NATIVE || verdict == NAME_NEARLY)
            return true;
    }
    return false;
}

static bool
refuse_name(const char *path, const char *problem, Error *err)
{
    error_set(err, ERROR_USAGE, "%s is not named like a migration: %s", path, problem);
    return error_hint(err, "Name it like 20260131120000_add_email.up.sql, or move it elsewhere.");
}

static bool
collect(Arena *arena, const char *directory, const DirectoryEntryList *entries, NativeFileList *out,
        Error *err)
{
    foreach (entry, entries) {
        NativeFile file = {0};
        const char *problem = NULL;
        NameVerdict verdict = native_name_read(arena, entry->name, &file.name, &problem);
        if (verdict == NAME_FOREIGN || (entry->is_directory && verdict != NAME_NATIVE))
            continue;
        file.path = file_join(arena, directory, entry->name);
        if (entry->is_directory)
            return refuse_name(file.path, "it is a directory", err);
        if (verdict != NAME_NATIVE)
            return refuse_name(file.path, problem, err);
        LIST_APPEND(arena, out, file);
    }
    return true;
}

static int
by_version(const void *left, const void *right)
{
    const NativeFile *a = left;
    const NativeFile *b = right;
    if (a->name.version != b->name.version)
        return a->name.version < b->name.version ? -1 : 1;
    if (a->name.direction != b->name.direction)
        return a->name.direction < b->name.direction ? -1 : 1;
    return strcmp(a->path, b->path);
}

static bool
refuse_duplicate(const NativeFile *first, const NativeFile *second, Error *err)
{
    error_set(err, ERROR_USAGE, "%s and %s have the same version, %lld", first->path, second->path,
              (long long)first->name.version);
    return error_hint(err, "Give one of them a version of its own.");
}

static bool
add_down(NativeMigration *migration, const NativeFile *down, Error *err)
{
    if (strcmp(migration->name, down->name.name) != 0) {
        error_set(err, ERROR_USAGE, "%s and %s have the same version under different names",
                  migration->up_path, down->path);
        return error_hint(err, "Name the down like its up, or give it the version of another up.");
    }
    migration->down_path = down->path;
    return true;
}

static bool
add_file(Arena *arena, const NativeFile *file, const NativeFile *previous, NativeMigrationList *out,
         Error *err)
{
    bool same_version = previous != NULL && previous->name.version == file->name.version;
    if (same_version && previous->name.direction == file->name.direction)
        return refuse_duplicate(previous, file, err);
    /* Sorted: of one version, the up comes first. */
    if (file->name.direction == DIRECTION_DOWN && same_version)
        return add_down(&out->items[out->count - 1], file, err);
    if (file->name.direction == DIRECTION_DOWN) {
        error_set(err, ERROR_USAGE, "%s has no up of the same version", file->path);
        return error_hint(err, "Write %s_%s.up.sql beside it.", file->name.version_text,
                          file->name.name);
    }
    LIST_APPEND(arena, out,
                (NativeMigration){.version = file->name.version,
                                  .version_text = file->name.version_text,
                                  .name = file->name.name,
                                  .up_path = file->path});
    return true;
}

bool
native_scan(Arena *arena, const char *directory, const DirectoryEntryList *entries,
            NativeMigrationList *out, Error *err)
{
    NativeFileList files = {0};
    if (!collect(arena, directory, entries, &files, err))
        return false;

    if (files.count > 1)
        qsort(files.items, files.count, sizeof *files.items, by_version);
    const NativeFile *previous = NULL;
    foreach (file, &files) {
        if (!add_file(arena, file, previous, out, err))
            return false;
        previous = file;
    }
    return true;
}

Migration
native_load(Arena *arena, const NativeMigration *found, size_t max_bytes)
{
    Migration migration = {.version = found->version,
                           .version_text = found->version_text,
                           .name = found->name,
                           .up = source_read(arena, found->up_path, max_bytes)};
    if (found->down_path != NULL)
        migration.down = source_read(arena, found->down_path, max_bytes);
    return migration;
}
