/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "db/history.h"

#define uthash_malloc(size) arena_alloc(index->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#include <uthash.h>

typedef struct IndexEntry {
    const char *version;
    VersionRows rows;
    UT_hash_handle hh;
} IndexEntry;

struct HistoryIndex {
    Arena *arena;
    IndexEntry *entries;
};

static IndexEntry *
entry_of(HistoryIndex *index, const char *version)
{
    IndexEntry *entry = NULL;
    HASH_FIND_STR(index->entries, version, entry);
    if (entry != NULL)
        return entry;
    entry = ARENA_NEW(index->arena, IndexEntry);
    entry->version = version;
    HASH_ADD_KEYPTR(hh, index->entries, version, strlen(version), entry);
    return entry;
}

HistoryIndex *
history_index(Arena *arena, const History *history)
{
    HistoryIndex *index = ARENA_NEW(arena, HistoryIndex);
    index->arena = arena;
    foreach (row, &history->rows) {
        IndexEntry *entry = entry_of(index, row->version);
        entry->rows.last = row;
        if (row->outcome == ATTEMPT_DONE)
            entry->rows.applied = row->is_down ? NULL : row;
    }
    return index;
}

VersionRows
history_index_find(const HistoryIndex *index, const char *version)
{
    IndexEntry *entry = NULL;
    HASH_FIND_STR(index->entries, version, entry);
    return entry != NULL ? entry->rows : (VersionRows){0};
}
