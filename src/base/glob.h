/* SPDX-License-Identifier: MIT */
/* Patterns for paths, with "/" between directories. */
#ifndef LOCKSTEP_BASE_GLOB_H
#define LOCKSTEP_BASE_GLOB_H

#include <stdbool.h>

/*
 * Whether the pattern fits the whole path, or what stands behind one of its slashes: "*.down.sql"
 * fits any file of that ending, "old/x.sql" fits "db/old/x.sql". A "*" is any run of characters
 * within a name, a "?" one of them; "**" crosses slashes, and "**" with a slash behind it may be
 * nothing at all.
 */
bool glob_fits_end(const char *pattern, const char *path);

#endif
