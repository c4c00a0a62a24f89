/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Standard input and pipes do not say how much is coming. */
#define FIRST_GUESS ((size_t)64 * 1024)

#define FRESH_SUFFIX ".XXXXXX"

static const struct {
    int number;
    const char *words;
} errno_words[] = {
    {ENOENT,       "there is no such file or directory"                  },
    {EACCES,       "permission denied"                                   },
    {EPERM,        "operation not permitted"                             },
    {EISDIR,       "it is a directory"                                   },
    {ENOTDIR,      "a part of the path is not a directory"               },
    {EEXIST,       "there is a file of that name already"                },
    {ENOSPC,       "no space left on the device"                         },
    {EROFS,        "the file system is read-only"                        },
    {EMFILE,       "this process has too many files open"                },
    {ENAMETOOLONG, "the name is too long"                                },
    {ELOOP,        "its symbolic links lead nowhere, or round in circles"},
};

const char *
file_errno_words(int number)
{
    for (size_t i = 0; i < sizeof errno_words / sizeof *errno_words; i++) {
        if (errno_words[i].number == number)
            return errno_words[i].words;
    }
    return strerror(number);
}

static bool
cannot(Error *err, const char *verb, const char *path, int number)
{
    return error_set(err, ERROR_USAGE, "cannot %s %s: %s", verb, path, file_errno_words(number));
}

/* One byte more than allowed is room enough to notice that a file is too long. */
static bool
read_all(Arena *arena, int fd, size_t guess, bool is_exact, size_t max_bytes, FileBytes *out)
{
    size_t capacity = guess + 1 < max_bytes + 1 ? guess + 1 : max_bytes + 1;
    char *bytes = arena_reserve(arena, capacity + 1);
    size_t length = 0;

    for (;;) {
        ssize_t got = read(fd, bytes + length, capacity - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        length += (size_t)got;
        if (got == 0 || length > max_bytes || (is_exact && length == guess))
            break;
        if (length < capacity)
            continue;
        size_t doubled = capacity < max_bytes / 2 ? capacity * 2 : max_bytes + 1;
        char *larger = arena_reserve(arena, doubled + 1);
        memcpy(larger, bytes, length);
        bytes = larger;
        capacity = doubled;
    }
    bytes[length] = '\0';
    *out = (FileBytes){.bytes = bytes, .length = length};
    return true;
}

/* A pipe without a writer and a device never end. One that somebody names by what the shell makes
 * of
 * `<(…)`, or as a device, is meant. */
static bool
is_meant(const char *path)
{
    return strncmp(path, "/dev/", strlen("/dev/")) == 0 ||
           strncmp(path, "/proc/", strlen("/proc/")) == 0;
}

static bool
read_open_file(Arena *arena, int fd, const char *path, bool any_kind, size_t max_bytes,
               FileBytes *out, Error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return cannot(err, "read", path, errno);
    if (S_ISDIR(status.st_mode))
        return cannot(err, "read", path, EISDIR);
    if (!any_kind && !S_ISREG(status.st_mode))
        return error_set(err, ERROR_USAGE, "cannot read %s: it is no file but a pipe or a device",
                         path);

    /* Some that the kernel makes up have no size. */
    const bool is_exact = S_ISREG(status.st_mode) && status.st_size > 0;
    size_t guess = S_ISREG(status.st_mode) ? (size_t)status.st_size : FIRST_GUESS;
    if (guess <= max_bytes && !read_all(arena, fd, guess, is_exact, max_bytes, out))
        return cannot(err, "read", path, errno);
    if (guess > max_bytes || out->length > max_bytes)
        return error_set(err, ERROR_USAGE, "%s is larger than %zu bytes", path, max_bytes);
    return true;
}

void
file_base_leave(FileBase *base)
{
    if (base->was_opened && base->fd >= 0)
        close(base->fd);
    *base = (FileBase){0};
}

void
file_base_enter(FileBase *base, const char *directory)
{
    if (base->directory != NULL && strcmp(base->directory, directory) == 0)
        return;
    file_base_leave(base);
    base->directory = directory;
}

/* For a single file, to open its directory as well would be more work. */
static int
open_base(FileBase *base)
{
    if (base->was_asked && !base->was_opened) {
        base->fd = open(base->directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
        base->was_opened = true;
    }
    base->was_asked = true;
    return base->was_opened && base->fd >= 0 ? base->fd : AT_FDCWD;
}

/* Where the path is to be looked up, and in `rest` what is left of it there. */
static int
look_up_from(FileBase *base, const char *path, const char **rest)
{
    *rest = path;
    if (base == NULL || base->directory == NULL)
        return AT_FDCWD;
    const size_t length = strlen(base->directory);
    if (length == 0 || strncmp(path, base->directory, length) != 0 || path[length] != '/')
        return AT_FDCWD;
    const int from = open_base(base);
    if (from != AT_FDCWD)
        *rest = path + length + strspn(path + length, "/");
    return from;
}

bool
file_exists_from(FileBase *base, const char *path)
{
    const char *rest;
    const int from = look_up_from(base, path, &rest);
    return faccessat(from, rest, F_OK, 0) == 0;
}

bool
file_read(Arena *arena, const char *path, size_t max_bytes, FileBytes *out, Error *err)
{
    return file_read_from(arena, NULL, path, max_bytes, out, err);
}

bool
file_read_from(Arena *arena, FileBase *base, const char *path, size_t max_bytes, FileBytes *out,
               Error *err)
{
    if (strcmp(path, "-") == 0)
        return read_open_file(arena, STDIN_FILENO, "standard input", true, max_bytes, out, err);

    const char *rest;
    const bool any_kind = is_meant(path);
    const int from = look_up_from(base, path, &rest);
    const int fd =
        openat(from, rest, O_RDONLY | O_CLOEXEC | O_NOCTTY | (any_kind ? 0 : O_NONBLOCK));
    if (fd < 0)
        return cannot(err, "read", path, errno);
    bool done = read_open_file(arena, fd, path, any_kind, max_bytes, out, err);
    close(fd);
    return done;
}

static bool
write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

/* mkstemp() makes files that only the owner may read. */
static mode_t
mode_to_keep(const char *path, mode_t mode)
{
    struct stat status;
    if (stat(path, &status) == 0)
        return status.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return mode & ~mask;
}

/* The rename itself is on disk only when the directory is. */
static bool
sync_directory(Arena *scratch, const char *path)
{
    int fd = open(file_directory(scratch, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool done = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    close(fd);
    return done;
}

static bool
write_fresh(int fd, const void *bytes, size_t length, mode_t mode)
{
    bool done = write_all(fd, bytes, length) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
    int number = errno;
    if (close(fd) != 0 && done)
        return false;
    errno = number;
    return done;
}

bool
file_write(const char *path, const void *bytes, size_t length, mode_t mode, Error *err)
{
    Arena *scratch = arena_new();
    char *fresh = arena_printf(scratch, "%s" FRESH_SUFFIX, path);
    int fd = mkostemp(fresh, O_CLOEXEC);
    if (fd < 0) {
        int number = errno;
        arena_free(scratch);
        return cannot(err, "write", path, number);
    }

    bool done =
        write_fresh(fd, bytes, length, mode_to_keep(path, mode)) && rename(fresh, path) == 0;
    int number = errno;
    if (!done)
        unlink(fresh);
    else if (!sync_directory(scratch, path)) {
        done = false;
        number = errno;
    }
    arena_free(scratch);
    return done || cannot(err, "write", path, number);
}

static bool
make_directory(const char *path, mode_t mode, Error *err)
{
    if (mkdir(path, mode) == 0)
        return true;
    int number = errno;
    struct stat status;
    if (number == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    return cannot(err, "make the directory", path, number);
}

bool
file_make_directories(const char *path, mode_t mode, Error *err)
{
    Arena *scratch = arena_new();
    char *part = arena_strdup(scratch, path);
    bool done = true;
    for (char *slash = strchr(part + (*part == '/'), '/'); done && slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        done = make_directory(part, mode, err);
        *slash = '/';
    }
    done = done && make_directory(part, mode, err);
    arena_free(scratch);
    return done;
}

const char *
file_join(Arena *arena, const char *directory, const char *name)
{
    size_t length = strlen(directory);
    if (length == 0 || strcmp(directory, ".") == 0)
        return arena_strdup(arena, name);
    const bool has_slash = directory[length - 1] == '/';
    const size_t rest = strlen(name);
    char *joined = arena_alloc(arena, length + rest + 2);
    char *at = mempcpy(joined, directory, length);
    if (!has_slash)
        *at++ = '/';
    memcpy(at, name, rest);
    return joined;
}

const char *
file_current_directory(Arena *arena)
{
    char *found = realpath(".", NULL);
    const char *directory = found != NULL ? arena_strdup(arena, found) : NULL;
    free(found);
    return directory;
}

const char *
file_above_with(Arena *arena, const char *directory, const char *name)
{
    if (directory == NULL)
        return NULL;
    for (size_t length = strlen(directory); length > 0; length--) {
        if (directory[length] != '/' && directory[length] != '\0')
            continue;
        const char *above = arena_strndup(arena, directory, length);
        if (access(arena_printf(arena, "%s/%s", above, name), F_OK) == 0)
            return above;
    }
    return directory;
}

const char *
file_directory(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return ".";
    if (slash == path)
        return "/";
    return arena_strndup(arena, path, (size_t)(slash - path));
}

const char *
file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}
