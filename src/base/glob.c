/* SPDX-License-Identifier: MIT */
#include "base/glob.h"

#include <string.h>

static bool fits(const char *pattern, const char *path);

/* What a "*" stands for ends at a slash, unless there are two of them. */
static bool
star_fits(const char *pattern, const char *path)
{
    const bool crosses = pattern[1] == '*';
    const char *rest = pattern + (crosses ? 2 : 1);
    if (crosses && *rest == '/' && fits(rest + 1, path))
        return true;
    for (;; path++) {
        if (fits(rest, path))
            return true;
        if (*path == '\0' || (*path == '/' && !crosses))
            return false;
    }
}

static bool
fits(const char *pattern, const char *path)
{
    for (; *pattern != '\0'; pattern++, path++) {
        if (*pattern == '*')
            return star_fits(pattern, path);
        if (*path == '\0' || (*pattern == '?' ? *path == '/' : *pattern != *path))
            return false;
    }
    return *path == '\0';
}

bool
glob_fits_end(const char *pattern, const char *path)
{
    if (fits(pattern, path))
        return true;
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if (fits(pattern, slash + 1))
            return true;
    }
    return false;
}
