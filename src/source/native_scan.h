/* SPDX-License-Identifier: MIT */
/* A directory in the native layout: which files make which migration. Nothing is read yet but
 * names. */
#ifndef LOCKSTEP_SOURCE_NATIVE_SCAN_H
#define LOCKSTEP_SOURCE_NATIVE_SCAN_H

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "source/directory.h"
#include "source/migration.h"

typedef struct NativeMigration {
    int64_t version;
    const char *version_text;
    const char *name;
    const char *up_path; /* NULL: missing */
    const char *down_path;
} NativeMigration;

typedef LIST(NativeMigration) NativeMigrationList;

/* Whether a directory with these entries is in the native layout, or was meant to be. */
bool native_scan_applies(Arena *scratch, const DirectoryEntryList *entries);

/*
 * The migrations among the entries of `directory`, ordered by version. ERROR_USAGE for an .sql file
 * whose name is not native, two files of one version and direction, up and down under different
 * names, a down without its up; the message names the file, and both where two are at odds.
 */
bool native_scan(Arena *arena, const char *directory, const DirectoryEntryList *entries,
                 NativeMigrationList *out, Error *err) MUST_USE;

/* Reads both files of a migration. */
Migration native_load(Arena *arena, const NativeMigration *found, size_t max_bytes);

#endif
