/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "parse/blank_out.h"
#include "support/test.h"

/* `blocks` is the number of COPY blocks that were found. */
static void
check(const char *text, const char *expected, size_t blocks)
{
    Arena *arena = arena_new();
    char *copy = arena_strdup(arena, text);
    BlankedOut found = blank_out(arena, copy, strlen(text));

    assert_string_equal(copy, expected);
    assert_int_equal(found.blocks.count, blocks);
    arena_free(arena);
}

static void
test_lines(void **state)
{
    (void)state;
    check("a \\ b", "a \\ b", 0);
    check("\\a'\nb\n\t\\c\r\nd", "   \nb\n\t  \r\nd", 0);
    check("'\n\\a' -- \\b\n", "'\n\\a' -- \\b\n", 0);
    check("\xEF\xBB\xBFx", "   x", 0);
    check("\\é\n;", "   \n;", 0);
}

static void
test_copy(void **state)
{
    (void)state;
    check("copy a from stdin;\nx\ty\n\\.\nb", "copy a from stdin;\n   \n  \nb", 1);
    check("copy a from stdin;\n\\.\n\ncopy b FROM STDIN csv;\r\n1\r\n\\.",
          "copy a from stdin;\n  \n\ncopy b FROM STDIN csv;\r\n \r\n  ", 2);
    check("copy a from stdin;\nb;\n", "copy a from stdin;\nb;\n", 0);
    check("copy a from stdin;", "copy a from stdin;", 0);
    check("copy stdin from a;\nb;\n\\.\n", "copy stdin from a;\nb;\n  \n", 0);
    check("a copy b from stdin;\nb;\n\\.\n", "a copy b from stdin;\nb;\n  \n", 0);
}

static void
test_places(void **state)
{
    Arena *arena = arena_new();
    char text[] = "copy a from stdin; -- x\n1\n2\n\\.\nb";
    CopyBlockList found = blank_out(arena, text, sizeof text - 1).blocks;

    (void)state;
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].semicolon, 17);
    assert_int_equal(found.items[0].data.start, 24);
    assert_int_equal(found.items[0].data.end, 28);
    assert_int_equal(found.items[0].after, 30);
    arena_free(arena);
}

/* A comment between a and b, with so many others within each other in it. */
static char *
nest(Arena *arena, size_t inner, bool is_closed)
{
    char *text = arena_alloc(arena, 4 * inner + 16);
    char *to = stpcpy(text, "a/*");
    for (size_t i = 0; i < inner; i++)
        to = stpcpy(to, "/*");
    to = stpcpy(to, "x\n");
    for (size_t i = 0; is_closed && i < inner; i++)
        to = stpcpy(to, "*/");
    (void)stpcpy(to, is_closed ? "*/b" : "");
    return text;
}

static void
test_deep_comments(void **state)
{
    Arena *arena = arena_new();

    (void)state;
    char *shallow = nest(arena, 50, true);
    check(shallow, shallow, 0);
    check(nest(arena, 200, true), arena_printf(arena, "a/*%401s\n%400s*/b", "", ""), 0);
    check(nest(arena, 200, false), arena_printf(arena, "a/*%401s\n", ""), 0);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_deep_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
