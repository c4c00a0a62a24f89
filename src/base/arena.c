/* SPDX-License-Identifier: MIT */
#include "lockstep/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lockstep/list.h"
#include "lockstep/text.h"

#include "base/plain_format.h"

/* Under AddressSanitizer, memory that is not handed out is poisoned: an overrun or a use after
 * rewind is reported where it happens. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
#define RED_ZONE ((size_t)16)
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
#define RED_ZONE ((size_t)0)
#endif

#define ALIGNMENT ((size_t)16)
#define FIRST_BLOCK ((size_t)16 * 1024)

/* Blocks that grow so large consist of such pages where the system has them: to be given memory for
 * the first time takes long, page by page. */
#define HUGE_PAGE ((size_t)2 * 1024 * 1024)
#define LARGEST_BLOCK (HUGE_PAGE - sizeof(Block))

/* Longer texts are measured before they are written. */
#define LARGEST_PRINT ((size_t)8 * 1024)

typedef struct Block {
    struct Block *previous;
    size_t size;   /* of `bytes` */
    size_t before; /* handed out in the blocks before this one */
    _Alignas(16) char bytes[];
} Block;

struct Arena {
    Block *last;
    char *next;   /* in the last block, what is handed out next */
    char *end;    /* of the last block */
    Block *spare; /* emptied by a rewind, the next to be used first: memory that is touched again is
                     cheaper than memory that the system hands out anew */
};

static _Noreturn void
out_of_memory(size_t size)
{
    fprintf(stderr, "lockstep: out of memory (%zu bytes were asked for)\n", size);
    abort();
}

static void *
new_memory(size_t size)
{
    if (size < HUGE_PAGE)
        return malloc(size);
    void *memory = aligned_alloc(HUGE_PAGE, (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE);
    if (memory != NULL)
        (void)madvise(memory, size, MADV_HUGEPAGE); /* as good without */
    return memory;
}

static Block *
new_block(const Block *previous, size_t at_least)
{
    size_t size = previous ? previous->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK / 2)
        size = LARGEST_BLOCK;
    if (size < at_least)
        size = at_least;

    Block *block = new_memory(sizeof(Block) + size);
    if (block == NULL)
        out_of_memory(size);
    block->size = size;
    POISON(block->bytes, size);
    return block;
}

static size_t
used_of_last(const Arena *arena)
{
    return arena->last != NULL ? (size_t)(arena->next - arena->last->bytes) : 0;
}

static void
fill_from(Arena *arena, Block *block, size_t used)
{
    arena->last = block;
    arena->next = block->bytes + used;
    arena->end = block->bytes + block->size;
}

static void
add_block(Arena *arena, size_t at_least)
{
    Block *previous = arena->last;
    Block *block = arena->spare;
    if (block != NULL && block->size >= at_least)
        arena->spare = block->previous;
    else
        block = new_block(previous, at_least);
    block->previous = previous;
    block->before = previous ? previous->before + used_of_last(arena) : 0;
    fill_from(arena, block, 0);
}

Arena *
arena_new(void)
{
    Arena *arena = malloc(sizeof *arena);
    if (arena == NULL)
        out_of_memory(sizeof *arena);
    *arena = (Arena){0};
    add_block(arena, FIRST_BLOCK);
    return arena;
}

static void
free_blocks(Block *block)
{
    while (block != NULL) {
        Block *previous = block->previous;
        UNPOISON(block->bytes, block->size);
        free(block);
        block = previous;
    }
}

void
arena_free(Arena *arena)
{
    if (arena == NULL)
        return;
    free_blocks(arena->last);
    free_blocks(arena->spare);
    free(arena);
}

/* Below all that the arena has: a rewind does not reach there. */
void
arena_take(Arena *arena, Arena *taken)
{
    if (taken == NULL)
        return;
    Block *oldest = arena->last;
    while (oldest->previous != NULL)
        oldest = oldest->previous;
    oldest->previous = taken->last;
    free_blocks(taken->spare);
    free(taken);
}

/* What is handed out for `size` bytes. */
static inline size_t
room_for(size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory(size);
    return (size + RED_ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static inline void *
take(Arena *arena, size_t size)
{
    size_t needed = room_for(size);
    if ((size_t)(arena->end - arena->next) < needed)
        add_block(arena, needed);

    char *place = arena->next;
    arena->next += needed;
    UNPOISON(place, size);
    return place;
}

void *
arena_reserve(Arena *arena, size_t size)
{
    return take(arena, size);
}

void *
arena_alloc(Arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

static size_t
bytes_of(size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory(SIZE_MAX);
    return bytes;
}

void *
arena_alloc_array(Arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, bytes_of(count, size));
}

/* What was handed out last can grow where it is. */
static bool
extends_in_place(Arena *arena, const char *place, size_t before, size_t after)
{
    const size_t more = room_for(after) - room_for(before);
    if (place + room_for(before) != arena->next || (size_t)(arena->end - arena->next) < more)
        return false;
    arena->next += more;
    UNPOISON(place, after);
    return true;
}

void *
arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    const size_t before = *capacity * size;
    *capacity = *capacity == 0 ? count + 4 : *capacity * 2;
    const size_t bytes = bytes_of(*capacity, size);
    if (before > 0 && extends_in_place(arena, items, before, bytes))
        return items;
    char *grown = take(arena, bytes);
    if (count > 0)
        memcpy(grown, items, count * size);
    return grown;
}

void *
arena_copy(Arena *arena, const void *bytes, size_t size)
{
    void *copy = take(arena, size);
    return size == 0 ? copy : memcpy(copy, bytes, size);
}

char *
arena_strndup(Arena *arena, const char *string, size_t length)
{
    char *copy = take(arena, length + 1);
    if (length > 0)
        memcpy(copy, string, length);
    copy[length] = '\0';
    return copy;
}

char *
arena_strdup(Arena *arena, const char *string)
{
    if (string == NULL)
        return NULL;
    const size_t size = strlen(string) + 1;
    return memcpy(take(arena, size), string, size);
}

/* Where it stays; NULL where the block has no room for it, or the format is not plain. */
static char *
print_in_place(Arena *arena, const char *format, va_list arguments)
{
    char *place = arena->next;
    const size_t left = (size_t)(arena->end - place);
    const size_t room = left < LARGEST_PRINT ? left : LARGEST_PRINT;
    size_t length = 0;
    if (room < room_for(1))
        return NULL;
    UNPOISON(place, room);
    bool fits = plain_format(place, room - room_for(1), &length, format, arguments);
    if (fits)
        place[length] = '\0';
    POISON(place, room);
    return fits ? arena_reserve(arena, length + 1) : NULL;
}

char *
arena_vprintf(Arena *arena, const char *format, va_list arguments)
{
    va_list first;
    va_copy(first, arguments);
    char *text = print_in_place(arena, format, first);
    va_end(first);
    if (text != NULL)
        return text;
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    text = arena_reserve(arena, (size_t)length + 1);
    (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *
arena_printf(Arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

ArenaMark
arena_mark(Arena *arena)
{
    return (ArenaMark){.block = arena->last, .used = used_of_last(arena)};
}

static void
spare_last_block(Arena *arena)
{
    Block *block = arena->last;
    Block *previous = block->previous;
    fill_from(arena, previous, previous->size);
    block->previous = arena->spare;
    arena->spare = block;
    POISON(block->bytes, block->size);
}

void
arena_rewind(Arena *arena, ArenaMark mark)
{
    while (arena->last != mark.block)
        spare_last_block(arena);
    assert(mark.used <= used_of_last(arena));
    fill_from(arena, arena->last, mark.used);
    POISON(arena->next, (size_t)(arena->end - arena->next));
}

size_t
arena_used(const Arena *arena)
{
    return arena->last->before + used_of_last(arena);
}

const char *
string_list_join(Arena *arena, const StringList *list, const char *separator)
{
    size_t length = 0;
    size_t between = strlen(separator);
    foreach (item, list)
        length += strlen(*item) + between;
    char *joined = arena_alloc(arena, length + 1);
    char *to = joined;
    foreach (item, list) {
        if (item > list->items)
            to = mempcpy(to, separator, between);
        to = mempcpy(to, *item, strlen(*item));
    }
    return joined;
}

bool
string_list_has(const StringList *list, const char *name)
{
    foreach (item, list)
        if (text_equals(*item, name))
            return true;
    return false;
}
