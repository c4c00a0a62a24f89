/* SPDX-License-Identifier: MIT */
#include "schema/name_table.h"

#include <string.h>

#include "base/hash.h"
#include "schema/schema_state.h"

uint64_t
name_hash(uint64_t before, const char *name)
{
    return hash_bytes(before, name, strlen(name));
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
