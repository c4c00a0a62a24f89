/* SPDX-License-Identifier: MIT */
#include "lint/last_said.h"

#include <string.h>

#define uthash_malloc(size) arena_alloc(scratch, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#include <uthash.h>

/* The message names the relation. */
typedef struct Said {
    const char *key;
    UT_hash_handle hh;
} Said;

static bool
is_new(Arena *scratch, Said **all, const Finding *finding)
{
    const char *key = arena_printf(scratch, "%s %s", finding->rule, finding->message);
    const size_t length = strlen(key);
    Said *said = NULL;
    HASH_FIND(hh, *all, key, length, said);
    if (said != NULL)
        return false;
    said = ARENA_NEW(scratch, Said);
    said->key = key;
    HASH_ADD_KEYPTR(hh, *all, said->key, length, said);
    return true;
}

void
last_said_keep(Arena *scratch, FindingList *findings, size_t first)
{
    Said *all = NULL;
    size_t kept = findings->count;
    for (size_t i = findings->count; i-- > first;) {
        if (is_new(scratch, &all, &findings->items[i]))
            findings->items[--kept] = findings->items[i];
    }
    if (kept == first)
        return;
    memmove(findings->items + first, findings->items + kept,
            (findings->count - kept) * sizeof *findings->items);
    findings->count -= kept - first;
}
