/* SPDX-License-Identifier: MIT */
#include "schema/name_table.h"

#include <string.h>

#include "base/hash.h"

static uint64_t
hash_of(const char *text)
{
    return hash_bytes(0, text, strlen(text));
}

static KnownName *
find(const NameTable *table, uint64_t hash, const char *text)
{
    size_t last = table->capacity - 1;
    if (table->count == 0)
        return NULL;
    for (size_t at = hash & last; table->entries[at].known != NULL; at = (at + 1) & last) {
        if (table->entries[at].hash == hash && text_equals(table->entries[at].known->text, text))
            return table->entries[at].known;
    }
    return NULL;
}

/* Who asks for a name often asks with the same string, whose address then tells where to look. */
KnownName *
name_table_find(NameTable *table, const char *text)
{
    KnownName **recent = &table->recent[((uintptr_t)text >> 4) % RECENT_NAMES];
    if (*recent != NULL && text_equals((*recent)->text, text))
        return *recent;
    KnownName *known = find(table, hash_of(text), text);
    if (known != NULL)
        *recent = known;
    return known;
}

static void
put(NameTable *table, NameEntry entry)
{
    size_t last = table->capacity - 1;
    size_t at = entry.hash & last;
    while (table->entries[at].known != NULL)
        at = (at + 1) & last;
    table->entries[at] = entry;
}

static void
grow(Arena *arena, NameTable *table)
{
    NameTable larger = {.capacity = table->capacity > 0 ? table->capacity * 4 : 64,
                        .count = table->count};
    larger.entries = ARENA_ARRAY(arena, NameEntry, larger.capacity);
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->entries[i].known != NULL)
            put(&larger, table->entries[i]);
    }
    *table = larger;
}

KnownName *
name_table_make(Arena *arena, NameTable *table, const char *text)
{
    const uint64_t hash = hash_of(text);
    KnownName *known = find(table, hash, text);
    if (known != NULL)
        return known;
    if (table->count * 2 >= table->capacity)
        grow(arena, table);
    known = ARENA_NEW(arena, KnownName);
    known->text = text;
    put(table, (NameEntry){hash, known});
    table->count++;
    return known;
}
