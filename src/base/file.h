/* SPDX-License-Identifier: MIT */
/* Whole files: read into an arena, written so that a reader sees the old bytes or the new ones. */
#ifndef LOCKSTEP_BASE_FILE_H
#define LOCKSTEP_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

typedef struct FileBytes {
    char *bytes; /* in the arena, with a NUL behind the last one */
    size_t length;
} FileBytes;

/*
 * Reads a file, or standard input where `path` is "-". ERROR_USAGE where it cannot be read or holds
 * more than `max_bytes` bytes; the message names the file.
 */
bool file_read(Arena *arena, const char *path, size_t max_bytes, FileBytes *out,
               Error *err) MUST_USE;

/* The directory that files are looked up from, so that the system does not walk the whole path of
 * each. All zero to begin with; belongs to one thread. */
typedef struct FileBase {
    const char *directory; /* NULL: none was entered */
    bool was_asked;        /* for a first file; for the second one it is opened */
    bool was_opened;
    int fd; /* then; negative where that fails */
} FileBase;

/* From here on, files of this directory are asked for; `directory` is kept until it is left. */
void file_base_enter(FileBase *base, const char *directory);
void file_base_leave(FileBase *base);

/* The same as file_read(); `base` may be NULL, and the path may lead elsewhere. */
bool file_read_from(Arena *arena, FileBase *base, const char *path, size_t max_bytes,
                    FileBytes *out, Error *err) MUST_USE;

/* Whether the path leads to anything; symbolic links are followed. */
bool file_exists_from(FileBase *base, const char *path);

/*
 * Writes a file whole: into a temporary one in the same directory, synced, then renamed over
 * `path`. A file that was there keeps its permissions, a new one gets `mode` less the umask. On
 * failure the old file is untouched and the temporary one is gone.
 */
bool file_write(const char *path, const void *bytes, size_t length, mode_t mode,
                Error *err) MUST_USE;

/* Makes a directory and its missing parents; one that exists already is fine. */
bool file_make_directories(const char *path, mode_t mode, Error *err) MUST_USE;

/* "directory/name"; the name alone where the directory is "." or "". */
const char *file_join(Arena *arena, const char *directory, const char *name);

/* The absolute path of the current directory; NULL where it has none any more. */
const char *file_current_directory(Arena *arena);

/* The nearest of an absolute directory and those above it that holds a file or directory of this
 * name; `directory` itself where none does (NULL for NULL). */
const char *file_above_with(Arena *arena, const char *directory, const char *name);

/* The directory part of a path, "." where it has none, and the part behind it. */
const char *file_directory(Arena *arena, const char *path);
const char *file_name(const char *path);

/* An errno value in our words, lower case: "permission denied". Valid until the next call. */
const char *file_errno_words(int number);

#endif
