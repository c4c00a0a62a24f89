/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/text.h"

#include "support/test.h"

static Arena *arena;

static int
begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
names_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *name, *sql;
    } cases[] = {
        {"orders",     "orders"            },
        {"_a1",        "_a1"               },
        {"Orders",     "\"Orders\""        },
        {"two words",  "\"two words\""     },
        {"1st",        "\"1st\""           },
        {"select",     "\"select\""        },
        {"user",       "\"user\""          },
        {"between",    "\"between\""       },
        {"name",       "name"              },
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"größe",      "\"größe\""         },
        {"",           "\"\""              },
        {"a$b",        "\"a$b\""           },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(sql_ident(arena, cases[i].name), cases[i].sql);
    assert_string_equal(sql_qualified(arena, (QualifiedName){"App", "order"}), "\"App\".\"order\"");
    assert_string_equal(sql_qualified(arena, (QualifiedName){NULL, "t"}), "t");
    const char *names[] = {"a", "B"};
    assert_string_equal(sql_ident_list(arena, names, 2), "a, \"B\"");
    assert_string_equal(sql_ident_list(arena, names, 0), "");
}

static void
literals_cannot_be_left(void **state)
{
    (void)state;
    assert_string_equal(sql_literal(arena, "it's"), "'it''s'");
    assert_string_equal(sql_literal(arena, "a\\'b"), "E'a\\\\''b'");
    assert_string_equal(sql_literal(arena, ""), "''");
}

static void
blanks_and_comments_are_skipped(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t blank;
    } cases[] = {
        {"",                           0 },
        {"x",                          0 },
        {" \t\r\n x",                  5 },
        {"-- c\nx",                    5 },
        {"-- c",                       4 },
        {"/* a /* b */ c */x",         17},
        {"/* never closed",            15},
        {"/**/ -- y\n /* z */ SELECT", 19},
        {"- x",                        0 },
        {"/ x",                        0 },
        {"/*/ x */y",                  8 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(text_skip_blank(cases[i].text, strlen(cases[i].text)), cases[i].blank);
}

static void
new_names_are_made_as_the_server_makes_them(void **state)
{
    (void)state;
    assert_string_equal(sql_new_name(arena, "orders", "note", "not_null"), "orders_note_not_null");
    assert_string_equal(sql_new_name(arena, "orders", NULL, "pkey"), "orders_pkey");
    /* PostgreSQL 15 names this index so: the longer part is cut, the label kept. */
    const char *name =
        sql_new_name(arena, "a_table_whose_name_is_really_quite_long_for_any_taste_i_know",
                     "another_rather_long_column_name", "idx");
    assert_string_equal(name, "a_table_whose_name_is_really__another_rather_long_column_na_idx");
    assert_int_equal(strlen(name), 63);
    const char *wide = sql_new_name(arena, "éééééééééééééééééééééééééééééééé", NULL, "k");
    assert_int_equal(strlen(wide), 62);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_quoted_where_they_must_be, begin, end),
        cmocka_unit_test_setup_teardown(literals_cannot_be_left, begin, end),
        cmocka_unit_test_setup_teardown(blanks_and_comments_are_skipped, begin, end),
        cmocka_unit_test_setup_teardown(new_names_are_made_as_the_server_makes_them, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
