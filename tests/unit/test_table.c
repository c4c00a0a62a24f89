/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/table.h"
#include "support/test.h"

static const TableColumn columns[] = {
    {.title = "version"},
    {.title = "name", .may_cut = true},
    {.title = "took", .right = true, .leave_rank = 1},
    {.title = "by", .leave_rank = 2},
};

static const char *
written(Arena *arena, bool colour, int width)
{
    Table *table = table_new(arena, columns, 4);
    const char *cells[] = {"1",     "create_orders",
                           "12 ms", "anna",
                           "20",    "größe_ändern",
                           "3 ms",  "",
                           "300",   "a_rather_long_name_for_a_migration",
                           "",      "bert"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_add(arena, table, cells[i], i == 1 ? TERM_GOOD : TERM_PLAIN);

    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    table_write(out, arena, table, colour, width);
    fclose(out);
    const char *copy = arena_strdup(arena, bytes);
    free(bytes);
    return copy;
}

static void
columns_are_as_wide_as_they_have_to_be(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_string_equal(written(arena, false, 0),
                        "version  name                                 took  by\n"
                        "1        create_orders                       12 ms  anna\n"
                        "20       größe_ändern                         3 ms\n"
                        "300      a_rather_long_name_for_a_migration         bert\n");
    arena_free(arena);
}

static void
a_heading_is_in_no_column(void **state)
{
    (void)state;
    static const TableColumn two[] = {
        {"line",      true,  false, 0},
        {"statement", false, false, 0}
    };
    Arena *arena = arena_new();
    Table *table = table_new(arena, two, 2);
    table_add_heading(arena, table, "20250113_create_orders", TERM_BOLD);
    table_add(arena, table, "7", TERM_PLAIN);
    table_add(arena, table, "ALTER TABLE", TERM_PLAIN);

    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    table_write(out, arena, table, false, 20);
    fclose(out);
    assert_string_equal(bytes, "line  statement\n20250113_create_ord…\n   7  ALTER TABLE\n");
    free(bytes);
    arena_free(arena);
}

static void
what_matters_least_is_left_out_first(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_string_equal(written(arena, false, 50),
                        "version  name                                 took\n"
                        "1        create_orders                       12 ms\n"
                        "20       größe_ändern                         3 ms\n"
                        "300      a_rather_long_name_for_a_migration\n"
                        "(no room for: by)\n");
    assert_string_equal(written(arena, false, 24), "version  name\n"
                                                   "1        create_orders\n"
                                                   "20       größe_ändern\n"
                                                   "300      a_rather_long_…\n"
                                                   "(no room for: took, by)\n");
    arena_free(arena);
}

static void
colour_does_not_count_as_width(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *text = written(arena, true, 0);
    assert_non_null(strstr(text, "\033[32mcreate_orders\033[0m                       12 ms  anna"));
    assert_null(strstr(written(arena, false, 0), "\033"));
    arena_free(arena);
}

static void
control_characters_are_shown_not_sent(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Table *table = table_new(arena, columns, 1);
    table_add(arena, table, "a\033[2Jb", TERM_PLAIN);
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    table_write(out, arena, table, false, 0);
    fclose(out);
    assert_string_equal(bytes, "version\na␛[2Jb\n");
    free(bytes);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_they_have_to_be),
        cmocka_unit_test(a_heading_is_in_no_column),
        cmocka_unit_test(what_matters_least_is_left_out_first),
        cmocka_unit_test(colour_does_not_count_as_width),
        cmocka_unit_test(control_characters_are_shown_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
