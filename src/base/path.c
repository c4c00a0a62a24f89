/* SPDX-License-Identifier: MIT */
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

const char *
path_absolute(Arena *arena, const char *path)
{
    char *directory = realpath(file_directory(arena, path), NULL);
    if (directory == NULL)
        return NULL;
    const char *separator = strcmp(directory, "/") == 0 ? "" : "/";
    const char *absolute = arena_printf(arena, "%s%s%s", directory, separator, file_name(path));
    free(directory);
    return absolute;
}

const char *
path_relative(Arena *arena, const char *directory, const char *path)
{
    const size_t length = strlen(directory);
    const size_t base = strcmp(directory, "/") == 0 ? 0 : length;
    size_t common = 0; /* behind the last slash that both have */
    for (size_t i = 0; i <= base; i++) {
        const char of_directory = i < base ? directory[i] : '/';
        if (path[i] != of_directory)
            break;
        if (path[i] == '/')
            common = i + 1;
    }
    const char *up = "";
    for (size_t i = common; i < base; i++) {
        if (i == common || directory[i - 1] == '/')
            up = arena_printf(arena, "%s../", up);
    }
    return arena_printf(arena, "%s%s", up, path + common);
}
