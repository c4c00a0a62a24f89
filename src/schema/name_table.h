/* SPDX-License-Identifier: MIT */
/* A hash table of the names of a schema, which only grows. */
#ifndef LOCKSTEP_SCHEMA_NAME_TABLE_H
#define LOCKSTEP_SCHEMA_NAME_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"

struct NameSlot;
struct NameKey;

/* The hash stands beside the slot, so that only the slot that is looked for is touched. */
typedef struct NameEntry {
    uint64_t hash;
    struct NameSlot *slot; /* NULL: free */
} NameEntry;

/* All zero bytes: no names. */
typedef struct NameTable {
    NameEntry *entries; /* a power of two of them, at most half of them taken */
    size_t capacity;
    size_t count;
} NameTable;

/* Of a string, on top of what was hashed before. */
uint64_t name_hash(uint64_t before, const char *name);

/* NULL where there is none. `hash` is the caller's, the same for the same key. */
struct NameSlot *name_table_find(const NameTable *table, uint64_t hash, const struct NameKey *key);

/* The key of the slot is not yet in the table. */
void name_table_add(Arena *arena, NameTable *table, uint64_t hash, struct NameSlot *slot);

#endif
