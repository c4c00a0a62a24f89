/* SPDX-License-Identifier: MIT */
#include "source/folders.h"

#include <string.h>

#include "base/file.h"

static const char *
seek(const LayoutDirectory *directory, size_t entry, const char *name)
{
    const LayoutDirectory *inside = directory->inside[entry];
    if (inside != NULL && !layout_has(inside, name))
        return NULL;
    const ArenaMark mark = arena_mark(directory->arena);
    const char *path = file_join(directory->arena, layout_path(directory, entry), name);
    if (inside != NULL || layout_exists(directory, path))
        return path;
    arena_rewind(directory->arena, mark);
    return NULL;
}

/* Who lists the directory asks for the file by which its layout was told. */
const char *
folders_file(const LayoutDirectory *directory, size_t entry, const char *name)
{
    if (!directory->entries.items[entry].is_directory)
        return NULL;
    FolderFile *asked = &directory->asked[entry];
    if (asked->name == NULL || strcmp(asked->name, name) != 0)
        *asked = (FolderFile){name, seek(directory, entry, name)};
    return asked->path;
}
