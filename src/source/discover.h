/* SPDX-License-Identifier: MIT */
/* From a directory to its ordered migrations. */
#ifndef LOCKSTEP_SOURCE_DISCOVER_H
#define LOCKSTEP_SOURCE_DISCOVER_H

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "source/migration.h"

#define SOURCE_MAX_BYTES ((size_t)64 * 1024 * 1024)

/*
 * The migrations of a directory in the native layout, `<version>_<name>.up.sql` and `.down.sql`,
 * ordered by version as a number. Other files are left alone, but an .sql file whose name is nearly
 * native is an error that says what is wrong with it. Fails (ERROR_USAGE) for a directory that
 * cannot be read, two files of the same version and direction, a down without its up, up and down
 * of one version under different names. A missing down is no error here: whoever needs it asks.
 */
bool discover_migrations(Arena *arena, const char *directory, size_t max_bytes, MigrationList *out,
                         Error *err) MUST_USE;

/*
 * What `lint` and `explain` read: each path is a file or a directory. A directory in the native
 * layout gives its migrations; any other gives its *.sql files (sub-directories too) in the order
 * of their paths, as ups without a version. A file whose name is native belongs to its directory's
 * history: the migrations before it are replayed but not reported (`reported` tells which sources
 * are). Any other file stands alone. "-" is standard input.
 */
typedef struct DiscoveredFiles {
    const char *left_out; /* set by the caller: a file that is no migration although it may lie
                             among them, or NULL */
    MigrationList migrations;
    LIST(bool) reported_up; /* same length: report findings of this up, down */
    LIST(bool) reported_down;
} DiscoveredFiles;

bool discover_paths(Arena *arena, const char *const *paths, size_t count, size_t max_bytes,
                    DiscoveredFiles *out, Error *err) MUST_USE;

#endif
