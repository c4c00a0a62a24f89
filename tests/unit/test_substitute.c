/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "source/migration.h"
#include "source/substitute.h"
#include "support/test.h"

static const Variable two[] = {
    {"WHO", "app"      },
    {"N",   "123456789"}
};

static VariableList
variables(void)
{
    static Variable items[2];
    memcpy(items, two, sizeof two);
    return (VariableList){.items = items, .count = 2};
}

static void
assert_becomes(Arena *arena, const char *text, const char *expected)
{
    const VariableList list = variables();
    SubstitutionList done = {0};
    size_t length = strlen(text);
    const char *result = substitute_text(arena, &list, text, &length, &done);
    assert_string_equal(result, expected);
    assert_int_equal(length, strlen(expected));
}

static void
only_what_is_named(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_becomes(arena, "GRANT x TO ${WHO};", "GRANT x TO app;");
    assert_becomes(arena, "${N}${WHO}", "123456789app");
    assert_becomes(arena, "'${WHO}' -- ${WHO}", "'app' -- app");
    assert_becomes(arena, "${who} ${WHO $WHO ${} $${WHO}$$ ${X}",
                   "${who} ${WHO $WHO ${} $app$$ ${X}");
    assert_becomes(arena, "SELECT $1, $$ body $$", "SELECT $1, $$ body $$");
    assert_becomes(arena, "${", "${");
    assert_becomes(arena, "", "");
    arena_free(arena);
}

/* Line and column are those of the file on disk. */
static void
places_are_those_of_the_file(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const VariableList list = variables();
    const char *text = "SELECT 1;\nSELECT ${N}, ${WHO}, bad;\nlast";
    SourceFile file = {.path = "f", .text = text, .length = strlen(text)};
    source_substitute(arena, &file, &list);
    assert_string_equal(file.text, "SELECT 1;\nSELECT 123456789, app, bad;\nlast");
    const LineIndex *lines = source_lines(arena, &file);
    static const char *const words[] = {"123", "app", "bad", "last", "SELECT 1"};
    static const char *const originals[] = {"${N}", "${WHO}", "bad", "last", "SELECT 1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = (size_t)(strstr(file.text, words[i]) - file.text);
        size_t wanted = (size_t)(strstr(text, originals[i]) - text);
        const char *line = wanted < 10 ? text : wanted < strlen(text) - 4 ? text + 10 : text + 36;
        Position position = line_index_position(lines, at);
        assert_int_equal(source_offset(&file, at), wanted);
        assert_int_equal(position.column, text + wanted - line + 1);
    }
    /* Within a value: where it stands in for. */
    size_t within = (size_t)(strstr(file.text, "789") - file.text);
    assert_int_equal(source_offset(&file, within), strstr(text, "${N}") - text);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_named),
        cmocka_unit_test(places_are_those_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
