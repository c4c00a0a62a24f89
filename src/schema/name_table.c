/* SPDX-License-Identifier: MIT */
#include "schema/name_table.h"

#include <string.h>

#include "schema/schema_state.h"

#define FACTOR UINT64_C(0x9E3779B97F4A7C15)

static uint64_t
mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * FACTOR;
    return hash ^ (hash >> 29);
}

/* All bytes of fewer than eight, some of them twice. */
static uint64_t
short_word(const char *name, size_t length)
{
    uint32_t first = 0;
    uint32_t last = 0;
    if (length >= sizeof first) {
        memcpy(&first, name, sizeof first);
        memcpy(&last, name + length - sizeof last, sizeof last);
    } else if (length > 0) {
        first = (unsigned char)name[0];
        last = (uint32_t)(unsigned char)name[length / 2] << 8 | (unsigned char)name[length - 1];
    }
    return (uint64_t)first << 32 | last;
}

/* Eight bytes at a time: names are looked up more often than anything else is done. */
uint64_t
name_hash(uint64_t before, const char *name)
{
    size_t length = strlen(name);
    const char *end = name + length;
    uint64_t hash = before + length * FACTOR;
    uint64_t word = 0;
    if (length < sizeof word)
        return mix(hash, short_word(name, length));
    for (; name + sizeof word < end; name += sizeof word) {
        memcpy(&word, name, sizeof word);
        hash = mix(hash, word);
    }
    memcpy(&word, end - sizeof word, sizeof word);
    return mix(hash, word);
}

static bool
same_key(const NameKey *a, const NameKey *b)
{
    return a->space == b->space && text_equals(a->name, b->name) &&
           (a->schema == b->schema || text_equals(a->schema, b->schema));
}

NameSlot *
name_table_find(const NameTable *table, uint64_t hash, const NameKey *key)
{
    size_t last = table->capacity - 1;
    if (table->count == 0)
        return NULL;
    for (size_t at = hash & last; table->entries[at].slot != NULL; at = (at + 1) & last) {
        if (table->entries[at].hash == hash && same_key(&table->entries[at].slot->key, key))
            return table->entries[at].slot;
    }
    return NULL;
}

static void
put(NameTable *table, NameEntry entry)
{
    size_t last = table->capacity - 1;
    size_t at = entry.hash & last;
    while (table->entries[at].slot != NULL)
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
        if (table->entries[i].slot != NULL)
            put(&larger, table->entries[i]);
    }
    *table = larger;
}

void
name_table_add(Arena *arena, NameTable *table, uint64_t hash, NameSlot *slot)
{
    if (table->count * 2 >= table->capacity)
        grow(arena, table);
    put(table, (NameEntry){hash, slot});
    table->count++;
}
