/* SPDX-License-Identifier: MIT */
#include "source/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

static int
by_name(const void *left, const void *right)
{
    const DirectoryEntry *a = left;
    const DirectoryEntry *b = right;
    return strcmp(a->name, b->name);
}

/* Not every file system fills in d_type, and a symbolic link may lead to a file or to a directory.
 */
static void
append_entry(Arena *arena, int directory, const struct dirent *entry, DirectoryEntryList *out)
{
    bool is_directory = entry->d_type == DT_DIR;
    bool is_file = entry->d_type == DT_REG;
    if (entry->d_type == DT_UNKNOWN || entry->d_type == DT_LNK) {
        struct stat status;
        bool is_link = entry->d_type == DT_LNK;
        if (fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
            is_link = S_ISLNK(status.st_mode);
        bool found = fstatat(directory, entry->d_name, &status, 0) == 0;
        is_directory = found && S_ISDIR(status.st_mode);
        is_file = found && !is_link && S_ISREG(status.st_mode);
        /* Following them could go round in circles. */
        if (is_directory && is_link)
            return;
    }
    LIST_APPEND(arena, out,
                (DirectoryEntry){.name = arena_strdup(arena, entry->d_name),
                                 .is_directory = is_directory,
                                 .is_file = is_file});
}

static FileId
id_of(const struct stat *status)
{
    return (FileId){.device = status->st_dev, .number = status->st_ino};
}

static bool
cannot_read(const char *path, int number, Error *err)
{
    return error_set(err, ERROR_USAGE, "cannot read the directory %s: %s", path,
                     file_errno_words(number));
}

bool
directory_list(Arena *arena, const char *path, DirectoryEntryList *out, FileId *id, Error *err)
{
    struct stat status;
    DIR *directory = opendir(path);
    int fd = directory != NULL ? dirfd(directory) : -1;
    if (fd < 0 || fstat(fd, &status) != 0) {
        const int why = errno;
        if (directory != NULL)
            closedir(directory);
        return cannot_read(path, why, err);
    }
    *id = id_of(&status);

    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] != '.')
            append_entry(arena, fd, entry, out);
        errno = 0;
    }
    int number = errno;
    closedir(directory);
    if (number != 0)
        return cannot_read(path, number, err);

    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_name);
    return true;
}

bool
directory_file_id(const char *path, FileId *out)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    *out = id_of(&status);
    return true;
}

bool
directory_is(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const char *
directory_trim(Arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_strndup(arena, path, length);
}
