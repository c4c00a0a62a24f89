/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"

#include "support/test.h"

static void
memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *previous = NULL;
    for (size_t size = 0; size < 5000; size += 7) {
        char *memory = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0x5A, size);
        if (previous != NULL && size > 7)
            assert_int_equal(*previous, 0x5A);
        previous = size == 0 ? NULL : memory;
    }
    arena_free(arena);
}

static void
rewinding_gives_the_memory_back_zeroed(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *kept = arena_strdup(arena, "kept");
    size_t used = arena_used(arena);
    ArenaMark mark = arena_mark(arena);
    char *first = arena_alloc(arena, 100);
    memset(first, 'x', 100);
    arena_alloc(arena, (size_t)3 * 1024 * 1024);
    arena_rewind(arena, mark);
    assert_int_equal(arena_used(arena), used);
    char *again = arena_alloc(arena, 100);
    assert_ptr_equal(again, first);
    assert_int_equal(again[99], 0);
    assert_string_equal(kept, "kept");
    arena_free(arena);
}

static void
memory_is_used_again_after_a_rewind(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    ArenaMark mark = arena_mark(arena);
    char *first = arena_alloc(arena, (size_t)1024 * 1024);
    char *second = arena_alloc(arena, (size_t)2 * 1024 * 1024);
    memset(second, 'x', 100);
    arena_rewind(arena, mark);
    assert_ptr_equal(arena_alloc(arena, (size_t)1024 * 1024), first);
    char *again = arena_alloc(arena, (size_t)2 * 1024 * 1024);
    assert_ptr_equal(again, second);
    assert_int_equal(again[0], 0);
    arena_rewind(arena, mark);
    /* What does not fit goes elsewhere, and what does not fit there stays for later. */
    char *large = arena_alloc(arena, (size_t)4 * 1024 * 1024);
    assert_ptr_not_equal(large, first);
    assert_ptr_equal(arena_alloc(arena, (size_t)1024 * 1024), first);
    arena_free(arena);
}

static void
texts_of_any_length_are_formatted_whole(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char long_text[10000];
    memset(long_text, 'y', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    const char *text = arena_printf(arena, "<%s|%d>", long_text, 7);
    assert_int_equal(strlen(text), sizeof long_text - 1 + 4);
    assert_string_equal(text + sizeof long_text, "|7>");
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    assert_null(arena_strdup(arena, NULL));
    assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
    arena_free(arena);
}

static void
lists_grow_and_keep_their_elements(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    LIST(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        LIST_APPEND(arena, &numbers, i);
    assert_int_equal(numbers.count, 1000);
    int expected = 0;
    foreach (number, &numbers)
        assert_int_equal(*number, expected++);
    LIST_APPEND(arena, &numbers, (int)numbers.count + numbers.items[numbers.count - 1]);
    assert_int_equal(numbers.items[1000], 1999);
    StringList names = {0};
    assert_false(string_list_has(&names, "a"));
    LIST_APPEND(arena, &names, "a");
    LIST_APPEND(arena, &names, "b");
    assert_true(string_list_has(&names, "b"));
    assert_false(string_list_has(&names, "B"));
    arena_free(arena);
}

static void
what_is_taken_outlives_a_rewind(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Arena *taken = arena_new();
    const ArenaMark mark = arena_mark(arena);
    (void)arena_alloc(arena, 100000);
    const char *small = arena_strdup(taken, "small");
    char *large = arena_alloc(taken, 100000);
    arena_take(arena, taken);
    arena_take(arena, NULL);
    arena_rewind(arena, mark);
    memset(arena_alloc(arena, 200000), 0x5A, 200000);
    assert_string_equal(small, "small");
    assert_int_equal(large[99999], 0);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(rewinding_gives_the_memory_back_zeroed),
        cmocka_unit_test(memory_is_used_again_after_a_rewind),
        cmocka_unit_test(what_is_taken_outlives_a_rewind),
        cmocka_unit_test(texts_of_any_length_are_formatted_whole),
        cmocka_unit_test(lists_grow_and_keep_their_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
