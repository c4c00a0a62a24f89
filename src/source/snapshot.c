/* SPDX-License-Identifier: MIT */
#include "source/snapshot.h"

#include <string.h>

static const char *const snapshots[] = {"schema.sql", "structure.sql", "dump.sql"};

static const char *const migrations[] = {"migrations", "migration", "migrate",
                                         "versioned",  "versions",  "deltas"};

static bool
is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

bool
snapshot_is_one(const LayoutDirectory *directory, size_t entry)
{
    const DirectoryEntryList *entries = &directory->entries;
    if (!is_one_of(entries->items[entry].name, snapshots, sizeof snapshots / sizeof *snapshots))
        return false;
    foreach (beside, entries) {
        if (beside->is_directory &&
            is_one_of(beside->name, migrations, sizeof migrations / sizeof *migrations))
            return true;
    }
    return false;
}
