/* SPDX-License-Identifier: MIT */
#include "source/folders.h"

#include <unistd.h>

#include "base/file.h"

const char *
folders_file(const LayoutDirectory *directory, size_t entry, const char *name)
{
    if (!directory->entries.items[entry].is_directory)
        return NULL;
    const LayoutDirectory *inside = directory->inside[entry];
    if (inside != NULL && !layout_has(inside, name))
        return NULL;
    const char *path = file_join(directory->arena, layout_path(directory, entry), name);
    return inside != NULL || access(path, F_OK) == 0 ? path : NULL;
}
