/* SPDX-License-Identifier: MIT */
#include "parse/parse.h"
#include "run/token_checksum.h"
#include "support/test.h"

static const char *
checksum(Arena *arena, const char *text)
{
    const Script *script = parse_script(arena, text, strlen(text));
    if (script->errors.count > 0)
        fail_msg("%s: %s", text, script->errors.items[0].message);
    return token_checksum(arena, text, script);
}

typedef struct Pair {
    const char *a;
    const char *b;
    bool is_same;
} Pair;

static const Pair pairs[] = {
    {"SELECT 1;",                           "select\n  1 ;",                        true },
    {"SELECT 1; -- one",                    "/* a /* b */ */ SELECT 1;",            true },
    {"SELECT 1",                            "SELECT 1;",                            true },
    {"SELECT 1; SELECT 2;",                 "SELECT 1;\r\n\r\nSELECT 2;\r\n",       true },
    {"SELECT a.b FROM a",                   "SELECT a . b FROM a",                  true },
    {"SELECT a<=b FROM t",                  "SELECT a <= b FROM t",                 true },
    {"SELECT 1",                            "SELECT 2",                             false},
    {"SELECT 'a  b'",                       "SELECT 'a b'",                         false},
    {"SELECT 'A'",                          "SELECT 'a'",                           false},
    {"SELECT '-- x'",                       "SELECT '-- y'",                        false},
    {"SELECT E'\\' -- x'",                  "SELECT E'\\' -- y'",                   false},
    {"SELECT \"A\"",                        "SELECT \"a\"",                         false},
    {"DO $$ BEGIN END $$",                  "DO $$ BEGIN  END $$",                  false},
    {"DO $x$ BEGIN END $x$",                "DO $$ BEGIN END $$",                   false},
    {"SELECT ab FROM t",                    "SELECT a b FROM t",                    false},
    {"SELECT 1; SELECT 2;",                 "SELECT 1, 2",                          false},
    {"COPY a FROM stdin;\n1 2\n\\.\n",      "copy a from stdin;\n1 2\n\\.\n",       true },
    {"COPY a FROM stdin;\n1 2\n\\.\n",      "COPY a FROM stdin;\n1  2\n\\.\n",      false},
    {"COPY a FROM stdin;\n-- 2\n\\.\n",     "COPY a FROM stdin;\n-- 3\n\\.\n",      false},
    {"\\restrict abc\nSELECT 1;",           "\\restrict xyz\nSELECT 1;",            true },
    {"ALTER TABLE t ALTER a SET DEFAULT 5", "ALTER TABLE t ALTER a SET DEFAULT 10", false},
};

static void
test_what_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        Arena *arena = arena_new();
        bool is_same = strcmp(checksum(arena, pairs[i].a), checksum(arena, pairs[i].b)) == 0;
        if (is_same != pairs[i].is_same)
            fail_msg("%s | %s", pairs[i].a, pairs[i].b);
        arena_free(arena);
    }
}

static void
test_parts(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *text = "SELECT 1; SELECT 2; SELECT 3;";
    const Script *script = parse_script(arena, text, strlen(text));
    assert_string_equal(token_checksum_part(arena, text, script, 1, 1),
                        checksum(arena, "select 2"));
    assert_string_not_equal(token_checksum_part(arena, text, script, 1, 1),
                            token_checksum_part(arena, text, script, 2, 1));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_counts),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
