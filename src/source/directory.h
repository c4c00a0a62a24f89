/* SPDX-License-Identifier: MIT */
/* What lies in a directory. */
#ifndef LOCKSTEP_SOURCE_DIRECTORY_H
#define LOCKSTEP_SOURCE_DIRECTORY_H

#include <stdbool.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

typedef struct DirectoryEntry {
    const char *name;
    bool is_directory; /* a real one; symbolic links to directories are left out of the list */
} DirectoryEntry;

typedef LIST(DirectoryEntry) DirectoryEntryList;

/* Everything in it but hidden entries, ordered by the bytes of the names. ERROR_USAGE where it
 * cannot be read. */
bool directory_list(Arena *arena, const char *path, DirectoryEntryList *out, Error *err) MUST_USE;

/* Whether the path names a directory; symbolic links are followed. */
bool directory_is(const char *path);

/* "a/b" for "a/b///"; "/" stays. */
const char *directory_trim(Arena *arena, const char *path);

#endif
