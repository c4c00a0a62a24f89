/* SPDX-License-Identifier: MIT */
/*
 * A growable typed array in an arena. `typedef LIST(Op) OpList;` declares one; all zero bytes is
 * the empty list. Growing may copy the elements to a new place: pointers into the list do not
 * survive an append. A list with elements and capacity 0 borrows them: an append gives it its own.
 */
#ifndef LOCKSTEP_LIST_H
#define LOCKSTEP_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/arena.h"

#define LIST(Type)                                                                                 \
    struct {                                                                                       \
        Type *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

/* Appends one element, which may be made of elements of the list. `list` is a pointer to a LIST. */
#define LIST_APPEND(arena, list, ...)                                                              \
    ((list)->items = (list)->items != NULL && (list)->count < (list)->capacity                     \
                         ? (list)->items                                                           \
                         : arena_grow((arena), (list)->items, (list)->count, &(list)->capacity,    \
                                      sizeof *(list)->items),                                      \
     (list)->items[(list)->count] = (__VA_ARGS__), (list)->count++)

/* Room for so many in a list that is still empty. */
#define LIST_RESERVE(arena, list, room)                                                            \
    ((list)->items = arena_alloc_array((arena), (room), sizeof *(list)->items),                    \
     (list)->capacity = (room))

/* for each element: `foreach (op, &statement->ops) use(op->kind);` where op is a pointer to the
 * element. */
#define foreach(item, list)                                                                        \
    for (__typeof__(*(list)->items) *item = (list)->items;                                         \
         item != NULL && item < (list)->items + (list)->count; item++)

/* A place for one more element: the same array while there is room, else one of twice the size,
 * which is a copy unless the array was the last thing that the arena handed out. What is behind the
 * elements is not zeroed. */
void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size);

typedef LIST(const char *) StringList;

/* The strings with the separator between, in `arena`; "" for none. */
const char *string_list_join(Arena *arena, const StringList *list, const char *separator);

/* Whether a list of names holds this name, compared byte by byte. */
bool string_list_has(const StringList *list, const char *name);

#endif
