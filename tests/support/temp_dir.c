/* SPDX-License-Identifier: MIT */
#include "support/temp_dir.h"

#include <ftw.h>
#include <unistd.h>

#include "lockstep/arena.h"

#include "base/file.h"
#include "base/log.h"

struct TempDir {
    Arena *arena;
    const char *root;
};

static void
give_up(const Error *err)
{
    log_error(err);
    abort();
}

TempDir *
temp_dir_new(void)
{
    Arena *arena = arena_new();
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || *parent == '\0')
        parent = "/tmp";
    char *root = arena_printf(arena, "%s/lockstep-test-XXXXXX", parent);
    if (mkdtemp(root) == NULL) {
        perror(root);
        abort();
    }
    TempDir *directory = ARENA_NEW(arena, TempDir);
    *directory = (TempDir){.arena = arena, .root = root};
    return directory;
}

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)place;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

void
temp_dir_free(TempDir *directory)
{
    if (directory == NULL)
        return;
    if (nftw(directory->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
        perror(directory->root);
    arena_free(directory->arena);
}

const char *
temp_dir_root(const TempDir *directory)
{
    return directory->root;
}

const char *
temp_dir_path(TempDir *directory, const char *name)
{
    return file_join(directory->arena, directory->root, name);
}

const char *
temp_dir_write(TempDir *directory, const char *name, const char *text)
{
    return temp_dir_write_bytes(directory, name, text, strlen(text));
}

const char *
temp_dir_write_bytes(TempDir *directory, const char *name, const void *bytes, size_t length)
{
    Error err;
    const char *path = temp_dir_path(directory, name);
    if (!file_make_directories(file_directory(directory->arena, path), 0755, &err) ||
        !file_write(path, bytes, length, 0644, &err))
        give_up(&err);
    return path;
}

const char *
temp_dir_read(TempDir *directory, const char *name)
{
    Error err;
    FileBytes file;
    if (!file_read(directory->arena, temp_dir_path(directory, name), (size_t)1 << 30, &file, &err))
        give_up(&err);
    return file.bytes;
}
