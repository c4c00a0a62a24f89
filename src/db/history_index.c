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

/* The row that made it applied, as of now with the file and the way back of this one. */
static const HistoryRow *
accepted(Arena *arena, const HistoryRow *applied, const HistoryRow *accept)
{
    if (applied == NULL)
        return NULL;
    HistoryRow *row = ARENA_NEW(arena, HistoryRow);
    *row = *applied;
    row->checksum = accept->checksum;
    row->token_checksum = accept->token_checksum;
    row->down_sql = accept->down_sql;
    row->down_checksum = accept->down_checksum;
    return row;
}

static void
take_row(HistoryIndex *index, const HistoryRow *row)
{
    VersionRows *rows = &entry_of(index, row->version)->rows;
    rows->last = row;
    switch (row->kind) {
    case HISTORY_RUN:
    case HISTORY_BASELINE:
    case HISTORY_FORGET:
        if (row->outcome == ATTEMPT_DONE)
            rows->applied = row->is_down ? NULL : row;
        return;
    case HISTORY_ACCEPT:
        rows->applied = accepted(index->arena, rows->applied, row);
        return;
    case HISTORY_SETTLE:
    case HISTORY_MEND:
        return;
    }
}

HistoryIndex *
history_index(Arena *arena, const History *history)
{
    HistoryIndex *index = ARENA_NEW(arena, HistoryIndex);
    index->arena = arena;
    foreach (row, &history->rows)
        take_row(index, row);
    return index;
}

VersionRows
history_index_find(const HistoryIndex *index, const char *version)
{
    IndexEntry *entry = NULL;
    HASH_FIND_STR(index->entries, version, entry);
    return entry != NULL ? entry->rows : (VersionRows){0};
}
