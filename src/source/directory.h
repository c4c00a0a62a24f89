/* SPDX-License-Identifier: MIT */
/* What lies in a directory. */
#ifndef LOCKSTEP_SOURCE_DIRECTORY_H
#define LOCKSTEP_SOURCE_DIRECTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

/* The same for all paths of a file or directory. */
typedef struct FileId {
    uintmax_t device;
    uintmax_t number;
} FileId;

typedef struct DirectoryEntry {
    const char *name;
    bool is_directory; /* a real one; symbolic links to directories are left out of the list */
    bool is_file;      /* a regular one, and no symbolic link */
} DirectoryEntry;

typedef LIST(DirectoryEntry) DirectoryEntryList;

/* Everything in it but hidden entries, ordered by the bytes of the names. ERROR_USAGE where it
 * cannot be read. */
bool directory_list(Arena *arena, const char *path, DirectoryEntryList *out, FileId *id,
                    Error *err) MUST_USE;

/* False where the path leads to nothing. */
bool directory_file_id(const char *path, FileId *out);

/* Whether the path names a directory; symbolic links are followed. */
bool directory_is(const char *path);

/* "a/b" for "a/b///"; "/" stays. */
const char *directory_trim(Arena *arena, const char *path);

#endif
