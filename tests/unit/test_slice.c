/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/slice.h"

#include "support/test.h"

static Span
all_of(const char *text)
{
    return (Span){0, strlen(text)};
}

/* The tokens of the text with "|" between. */
static const char *
tokens(Arena *arena, const char *text)
{
    const char *out = "";
    Span rest = all_of(text);

    for (;;) {
        const Span token = slice_next(text, rest);
        if (token.start == token.end)
            return out;
        out = arena_printf(arena, "%s%s%s", out, out[0] == '\0' ? "" : "|",
                           slice_text(arena, text, token));
        rest = slice_after(rest, token);
    }
}

static void
test_tokens(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *tokens;
    } cases[] = {
        {"",                                      ""                             },
        {"  -- only\n/* blanks /* nested */ */ ", ""                             },
        {"ADD c int",                             "ADD|c|int"                    },
        {"\"a \"\"b\"\" c\".d",                   "\"a \"\"b\"\" c\"|.|d"        },
        {"'it''s (' x",                           "'it''s ('|x"                  },
        {"E'a\\'b' x",                            "E'a\\'b'|x"                   },
        {"U&\"d\\0061t\" x",                      "U&\"d\\0061t\"|x"             },
        {"$t$ ( ' $t$ $1",                        "$t$ ( ' $t$|$|1"              },
        {"f((a, ')'), [b]) x",                    "f|((a, ')'), [b])|x"          },
        {"(a -- )\n) b",                          "(a -- )\n)|b"                 },
        {"1.5e3::gr\u00f6\u00dfe[3]",             "1.5e3|:|:|gr\u00f6\u00dfe|[3]"},
        {"( ( ( open",                            "( ( ( open"                   },
    };
    Arena *arena = arena_new();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(tokens(arena, cases[i].text), cases[i].tokens);
    arena_free(arena);
}

static void
test_find(void **state)
{
    (void)state;
    const char *text = "CREATE INDEX \"on\" /* ON */ ON t (\"on\", on(1)) WHERE x = ' on '";
    const Span found = slice_find(text, all_of(text), "on");

    assert_int_equal(found.start, strlen("CREATE INDEX \"on\" /* ON */ "));
    const Span none = slice_find(text, all_of(text), "using");
    assert_int_equal(none.start, strlen(text));
    assert_int_equal(none.end, strlen(text));
}

static void
test_skip_name(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    static const char *const names[] = {"t", "\"a.b\"", "s . t", "s.\"T x\"", "db.s.t"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = arena_printf(arena, " %s (x)", names[i]);
        const Span rest = slice_skip_name(text, all_of(text));
        assert_string_equal(slice_text(arena, text, slice_next(text, rest)), "(x)");
    }
    arena_free(arena);
}

static void
test_type(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    static const struct {
        const char *type;
        const char *rest;
    } cases[] = {
        {"int",                          ""                               },
        {"int",                          " NOT NULL"                      },
        {"double precision",             " DEFAULT 1"                     },
        {"timestamp (3) with time zone", " USING x"                       },
        {"numeric(10, 2)[]",             " COLLATE \"C\""                 },
        {"app.\"Not Null\"",             " CHECK (true)"                  },
        {"\"default\"",                  " REFERENCES t"                  },
        {"generated",                    " GENERATED ALWAYS AS (1) STORED"},
        {"varchar /* DEFAULT */ (20)",   " CONSTRAINT c UNIQUE"           },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = arena_printf(arena, "  %s%s", cases[i].type, cases[i].rest);
        assert_string_equal(slice_text(arena, text, slice_type(text, all_of(text))), cases[i].type);
    }
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_skip_name),
        cmocka_unit_test(test_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
