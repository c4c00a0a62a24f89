/* SPDX-License-Identifier: MIT */
#include "source/line_index.h"
#include "support/test.h"

static void
check_position(const LineIndex *index, size_t offset, size_t line, size_t column)
{
    Position position = line_index_position(index, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void
check_line(const LineIndex *index, size_t line, size_t start, size_t end)
{
    Span span = line_index_line(index, line);
    assert_int_equal(span.start, start);
    assert_int_equal(span.end, end);
}

static void
counts_lines_and_characters(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    /* Line 2 is "gr\u00FCn", five bytes. */
    static const char text[] = "one\ngr\xC3\xBCn\r\n\nlast";
    LineIndex *index = line_index_new(arena, text, sizeof text - 1);

    assert_int_equal(line_index_count(index), 4);
    check_position(index, 0, 1, 1);
    check_position(index, 3, 1, 4);
    check_position(index, 4, 2, 1);
    check_position(index, 8, 2, 4);
    check_position(index, 11, 3, 1);
    check_position(index, 12, 4, 1);
    check_position(index, sizeof text - 1, 4, 5);
    check_position(index, 1000, 4, 5);
    check_line(index, 1, 0, 3);
    check_line(index, 2, 4, 9);
    check_line(index, 3, 11, 11);
    check_line(index, 4, 12, 16);
    check_line(index, 0, 0, 0);
    check_line(index, 5, 0, 0);

    index = line_index_new(arena, "\xE2\x82\xAC\xF0\x9F\x90\x98!", 8);
    check_position(index, 3, 1, 2);
    check_position(index, 7, 1, 3);
    arena_free(arena);
}

static void
an_empty_text_has_one_empty_line(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    LineIndex *index = line_index_new(arena, "", 0);
    assert_int_equal(line_index_count(index), 1);
    check_position(index, 0, 1, 1);
    check_line(index, 1, 0, 0);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_lines_and_characters),
        cmocka_unit_test(an_empty_text_has_one_empty_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
