/* SPDX-License-Identifier: MIT */
#include "source/snapshot.h"

static const char *const snapshots[] = {"schema.sql", "structure.sql", "dump.sql"};

static const char *const migrations[] = {"migrations", "migration", "migrate",
                                         "versioned",  "versions",  "deltas"};

bool
snapshot_is_one(const LayoutDirectory *directory, size_t entry)
{
    const DirectoryEntryList *entries = &directory->entries;
    if (!TEXT_IS_ONE_OF(entries->items[entry].name, snapshots))
        return false;
    foreach (beside, entries) {
        if (beside->is_directory && TEXT_IS_ONE_OF(beside->name, migrations))
            return true;
    }
    return false;
}
