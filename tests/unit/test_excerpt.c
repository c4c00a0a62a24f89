/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "report/excerpt.h"
#include "support/test.h"

/* The excerpt of the part of `text` between "[" and "]", which are taken out of it first. */
static char *
excerpt_of(const char *marked, int width, bool colour)
{
    Arena *arena = arena_new();
    const char *open = strchr(marked, '[');
    const char *close = strchr(marked, ']');
    assert_true(open != NULL && close > open);
    Span span = {(size_t)(open - marked), (size_t)(close - marked) - 1};
    const char *text = arena_printf(arena, "%.*s%.*s%s", (int)span.start, marked,
                                    (int)(span.end - span.start), open + 1, close + 1);

    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);
    assert_non_null(stream);
    Out out;
    out_open(&out, stream);
    LineIndex *lines = line_index_new(arena, text, strlen(text));
    excerpt_write(&out, arena, text, lines, span, (ReportStyle){.colour = colour, .width = width},
                  colour ? "<red>" : "");
    out_flush(&out);
    assert_int_equal(fclose(stream), 0);
    arena_free(arena);
    return written;
}

static void
check(const char *marked, int width, const char *expected)
{
    char *written = excerpt_of(marked, width, false);
    assert_string_equal(written, expected);
    for (const char *line = written; *line != '\0'; line = strchr(line, '\n') + 1)
        assert_true(utf8_width(line, strcspn(line, "\n")) <= (size_t)width);
    free(written);
}

static void
carets_stand_under_the_span(void **state)
{
    (void)state;
    check("one;\nALTER TABLE t [DROP COLUMN c];\n", 80,
          " 2 | ALTER TABLE t DROP COLUMN c;\n"
          "   |               ^^^^^^^^^^^^^\n");
}

static void
tabs_become_blanks(void **state)
{
    (void)state;
    check("\tx\t[y\tz]", 80,
          " 1 |     x   y   z\n"
          "   |         ^^^^^\n");
}

static void
wide_and_combining_characters_keep_the_carets_in_place(void **state)
{
    (void)state;
    check("'\xE6\x97\xA5\xE6\x9C\xAC' [x]", 80,
          " 1 | '\xE6\x97\xA5\xE6\x9C\xAC' x\n"
          "   |        ^\n");
    check("'e\xCC\x81' [\xE6\x97\xA5]!", 80,
          " 1 | 'e\xCC\x81' \xE6\x97\xA5!\n"
          "   |     ^^\n");
}

static void
control_characters_are_shown_as_pictures(void **state)
{
    (void)state;
    check("a\033[x]\r\nb", 80,
          " 1 | a\xE2\x90\x9Bx\n"
          "   |   ^\n");
}

static void
long_lines_are_cut_around_the_span(void **state)
{
    (void)state;
    /* 40 columns leave 35 for the source. */
    check("0123456789 0123456789 0123456789 0123456789 [here] 0123456789 0123456789 0123456789", 40,
          " 1 | … 0123456789 here 0123456789 01234…\n"
          "   |              ^^^^\n");
    check("[here] 0123456789 0123456789 0123456789 0123456789", 40,
          " 1 | here 0123456789 0123456789 0123456…\n"
          "   | ^^^^\n");
    check("0123456789 0123456789 0123456789 0123456789 [here]", 40,
          " 1 | …3456789 0123456789 0123456789 here\n"
          "   |                                ^^^^\n");
    check("x [0123456789 0123456789 0123456789 0123456789 0123456789]", 40,
          " 1 | x 0123456789 0123456789 0123456789…\n"
          "   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
}

static void
many_lines_are_cut_to_the_first(void **state)
{
    (void)state;
    check("x [a\n\n  b\nc\nd] y", 80,
          " 1 | x a\n"
          "   |   ^\n"
          " 2 |\n"
          " 3 |   b\n"
          "   |   ^\n"
          "   | …\n");
}

static void
an_empty_span_has_one_caret(void **state)
{
    (void)state;
    check("ab[]c", 80, " 1 | abc\n   |   ^\n");
    check("ab[]", 80, " 1 | ab\n   |   ^\n");
    check("ab\n[]", 80, " 2 |\n   | ^\n");
    check("[]", 80, " 1 |\n   | ^\n");
}

static void
line_numbers_are_aligned(void **state)
{
    (void)state;
    check("1\n2\n3\n4\n5\n6\n7\n8\n[9\n10]", 80,
          "  9 | 9\n"
          "    | ^\n"
          " 10 | 10\n"
          "    | ^^\n");
}

static void
colour_changes_nothing_but_colour(void **state)
{
    (void)state;
    char *written = excerpt_of("a [b]", 80, true);
    assert_string_equal(written, "\033[2m 1 |\033[0m a b\n\033[2m   |\033[0m   <red>^\033[0m\n");
    free(written);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carets_stand_under_the_span),
        cmocka_unit_test(tabs_become_blanks),
        cmocka_unit_test(wide_and_combining_characters_keep_the_carets_in_place),
        cmocka_unit_test(control_characters_are_shown_as_pictures),
        cmocka_unit_test(long_lines_are_cut_around_the_span),
        cmocka_unit_test(many_lines_are_cut_to_the_first),
        cmocka_unit_test(an_empty_span_has_one_caret),
        cmocka_unit_test(line_numbers_are_aligned),
        cmocka_unit_test(colour_changes_nothing_but_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
