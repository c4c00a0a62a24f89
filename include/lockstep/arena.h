/* SPDX-License-Identifier: MIT */
/*
 * Memory that is freed all at once.
 *
 * Everything that lives as long as a command, a migration or a scratch computation is allocated
 * from the arena of that lifetime and is never freed by itself. Allocation cannot fail: when the
 * system has no memory left, the program ends with a message. Memory comes zeroed, unless the
 * function says otherwise, and aligned for any type.
 */
#ifndef LOCKSTEP_ARENA_H
#define LOCKSTEP_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

/* A place in an arena to go back to. */
typedef struct ArenaMark {
    void *block;
    size_t used;
} ArenaMark;

/* The caller owns the arena and ends it with arena_free(), which takes NULL too. */
Arena *arena_new(void);
void arena_free(Arena *arena);

/* From now on, what `taken` (or NULL) holds lives as long as `arena`, whatever is rewound, and
 * `taken` is no more. arena_used() does not count it. */
void arena_take(Arena *arena, Arena *taken);

/* `size` zeroed bytes; size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);

/* The same, but not zeroed: for what is filled at once. */
void *arena_reserve(Arena *arena, size_t size);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))

/* `count` elements of `size` bytes; a product that overflows ends the program. */
void *arena_alloc_array(Arena *arena, size_t count, size_t size);

/* Copies into the arena. Strings come back NUL-terminated; a NULL string gives NULL. */
void *arena_copy(Arena *arena, const void *bytes, size_t size);
char *arena_strdup(Arena *arena, const char *string);
char *arena_strndup(Arena *arena, const char *string, size_t length);
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Frees all that was allocated since the mark was taken; marks nest. */
ArenaMark arena_mark(Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

/* Bytes handed out and not rewound. */
size_t arena_used(const Arena *arena);

#endif
