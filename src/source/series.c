/* SPDX-License-Identifier: MIT */
#include "source/series.h"

#include <string.h>

/* YYYYMMDDHHMMSS */
enum { TIMESTAMP_DIGITS = 14 };

static bool
is_piece(const Migration *migration)
{
    const char *version = migration->version;
    const size_t digits = strspn(version, "0123456789");
    const bool has_files_apart = migration->up != NULL && migration->down != NULL &&
                                 strcmp(migration->up->path, migration->down->path) != 0;
    return has_files_apart && version[digits] == '\0' && digits > TIMESTAMP_DIGITS;
}

size_t
series_end(const MigrationList *migrations, size_t first, size_t end)
{
    const Migration *begin = &migrations->items[first];
    size_t at = first + 1;
    if (!is_piece(begin))
        return at;
    while (at < end && is_piece(&migrations->items[at]) &&
           strncmp(migrations->items[at].version, begin->version, TIMESTAMP_DIGITS) == 0)
        at++;
    return at;
}
