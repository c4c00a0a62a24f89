/* SPDX-License-Identifier: MIT */
#include "source/discover.h"

#include "source/directory.h"
#include "source/layout.h"

static bool
refuse_lone_down(const Found *found, Error *err)
{
    error_set(err, ERROR_USAGE, "%s has no up of the same version", found->down.path);
    return error_hint(err, "Write %s%s%s.up.sql beside it.", found->version_text,
                      found->name[0] != '\0' ? "_" : "", found->name);
}

bool
discover_migrations(Arena *arena, const DiscoverOptions *options, const char *path,
                    MigrationList *out, Error *err)
{
    LayoutDirectory directory;
    const Layout *layout = NULL;
    FoundList list = {0};
    if (!layout_open(arena, directory_trim(arena, path), NULL, options->max_bytes, &directory,
                     err) ||
        !layout_choose(&directory, options->layout, &layout, err) ||
        !layout_scan(&directory, layout != NULL ? layout : layout_find("plain"), &list, err))
        return false;
    foreach (found, &list) {
        if (found->up.path == NULL)
            return refuse_lone_down(found, err);
        if (options->without_downs && found->down.path != NULL && found->down.file == NULL)
            found->down.file = source_unread(arena, found->down.path);
        if (!found->is_draft)
            LIST_APPEND(arena, out, layout_load(arena, found, options->max_bytes));
    }
    migrations_substitute(arena, out, options->variables);
    return true;
}
