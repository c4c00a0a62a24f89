/* SPDX-License-Identifier: MIT */
/* The names of a schema, each once with all that it stands for or ever stood for. The table only
 * grows. */
#ifndef LOCKSTEP_SCHEMA_NAME_TABLE_H
#define LOCKSTEP_SCHEMA_NAME_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"
#include "lockstep/schema.h"

typedef struct NameSlot NameSlot;
typedef LIST(NameSlot *) NameSlotList;

/* A word, whatever it is the name of and in whatever schema. */
typedef struct KnownName {
    const char *text;
    NameSlot *slots;      /* what it is the name of, linked by NameSlot.next */
    RelationIdList users; /* see name_users.h: who calls a function or has a type of this name */
    NameSlotList typed;   /* the same: domains and functions that stand on a type of it */
    NameSlotList members; /* the names in the schema of this name, in the order of their creation */
} KnownName;

/* The hash stands beside the name, so that only the one that is looked for is touched. */
typedef struct NameEntry {
    uint64_t hash;
    KnownName *known; /* NULL: free */
} NameEntry;

enum { RECENT_NAMES = 32 };

/* All zero bytes: no names. */
typedef struct NameTable {
    NameEntry *entries; /* a power of two of them, at most half of them taken */
    size_t capacity;
    size_t count;
    KnownName *recent[RECENT_NAMES]; /* found last, by where the string was */
} NameTable;

/* NULL where there is none. */
KnownName *name_table_find(NameTable *table, const char *text);

/* The same, and a new one where there is none; it keeps `text`. */
KnownName *name_table_make(Arena *arena, NameTable *table, const char *text);

#endif
