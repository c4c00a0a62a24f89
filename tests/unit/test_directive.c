/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "parse/parse.h"
#include "source/directive.h"
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

static DirectiveList
scan(const char *text)
{
    return directive_scan(arena, text, parse_script(arena, text, strlen(text)));
}

/* The only directive of a text. */
static Directive
only(const char *text)
{
    DirectiveList list = scan(text);
    if (list.count != 1)
        fail_msg("%zu directives in: %s", list.count, text);
    return list.items[0];
}

static void
reads_every_kind(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        DirectiveKind kind;
    } cases[] = {
        {"-- lockstep: allow some-rule: why\nSELECT 1;",           DIRECTIVE_ALLOW            },
        {"-- lockstep: allow-file some-rule: why\nSELECT 1;",      DIRECTIVE_ALLOW_FILE       },
        {"-- lockstep: no-transaction\nSELECT 1;",                 DIRECTIVE_NO_TRANSACTION   },
        {"-- lockstep: no transaction\nSELECT 1;",                 DIRECTIVE_NO_TRANSACTION   },
        {"--lockstep:no-transaction\nSELECT 1;",                   DIRECTIVE_NO_TRANSACTION   },
        {"  --  Lockstep :  No-Transaction  \r\nSELECT 1;",        DIRECTIVE_NO_TRANSACTION   },
        {"-- lockstep: irreversible: the data is gone\nSELECT 1;", DIRECTIVE_IRREVERSIBLE     },
        {"-- lockstep: lock-timeout 500ms\nSELECT 1;",             DIRECTIVE_LOCK_TIMEOUT     },
        {"-- lockstep: statement-timeout 10min\nSELECT 1;",        DIRECTIVE_STATEMENT_TIMEOUT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Directive directive = only(cases[i].text);
        if (directive.kind != cases[i].kind)
            fail_msg("%s: kind %d, %s", cases[i].text, (int)directive.kind, directive.problem);
        assert_null(directive.problem);
        assert_int_equal(directive.statement, 0);
    }
}

static void
reads_what_an_allow_says(void **state)
{
    (void)state;
    static const char text[] =
        "SELECT 1;\n"
        "-- lockstep: allow rule-a, rule-b (until 2027-03-01): it: is, small \r\n"
        "SELECT 2;";
    Directive directive = only(text);
    assert_int_equal(directive.kind, DIRECTIVE_ALLOW);
    assert_int_equal(directive.statement, 1);
    assert_int_equal(directive.rules.count, 2);
    assert_string_equal(directive.rules.items[0], "rule-a");
    assert_string_equal(directive.rules.items[1], "rule-b");
    assert_string_equal(directive.until, "2027-03-01");
    assert_string_equal(directive.reason, "it: is, small");
    assert_memory_equal(text + directive.span.start, "-- lockstep", 11);
    assert_memory_equal(text + directive.span.end, "\r\n", 2);
}

static void
reads_durations(void **state)
{
    (void)state;
    assert_int_equal(only("-- lockstep: lock-timeout 500ms\nSELECT 1").timeout_ms, 500);
    assert_int_equal(only("-- lockstep: statement-timeout 1h\nSELECT 1").timeout_ms, 3600000);
}

static void
a_missing_reason_is_left_to_the_linter(void **state)
{
    (void)state;
    assert_null(only("-- lockstep: allow rule-a\nSELECT 1;").reason);
    assert_null(only("-- lockstep: allow rule-a:   \nSELECT 1;").reason);
    assert_null(only("-- lockstep: irreversible\nSELECT 1;").reason);
    assert_int_equal(only("-- lockstep: allow rule-a\nSELECT 1;").kind, DIRECTIVE_ALLOW);
}

static void
says_what_is_malformed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *problem;
    } cases[] = {
        {"-- lockstep: alow rule-a: x\nSELECT 1;",                     "did you mean \"allow\"?"                },
        {"-- lockstep: no-transactions\nSELECT 1;",                    "did you mean \"no-transaction\"?"       },
        {"-- lockstep: xyzzy\nSELECT 1;",                              "there is no directive \"xyzzy\""        },
        {"-- lockstep:\nSELECT 1;",                                    "there is no directive behind"           },
        {"-- lockstep allow rule-a: x\nSELECT 1;",                     "a colon is missing behind \"lockstep\"" },
        {"-- lockstep: allow: x\nSELECT 1;",                           "it names no rule"                       },
        {"-- lockstep: allow rule-a,: x\nSELECT 1;",                   "it names no rule"                       },
        {"-- lockstep: allow rule-a because\nSELECT 1;",               "a colon is missing between the rules"   },
        {"-- lockstep: allow rule-a (until soon): x\nSELECT 1;",       "\"soon\" is not a date"                 },
        {"-- lockstep: allow rule-a (until 2027-02-29): x\nSELECT 1;",
         "\"2027-02-29\" is not a date"                                                                         },
        {"-- lockstep: allow rule-a (2027-02-28): x\nSELECT 1;",       "not \"until YYYY-MM-DD\""               },
        {"-- lockstep: lock-timeout soon\nSELECT 1;",                  "\"soon\" is not a duration"             },
        {"-- lockstep: lock-timeout\nSELECT 1;",                       "lock-timeout needs a duration"          },
        {"SELECT 1;\n-- lockstep: lock-timeout 1s\n",                  "no statement follows"                   },
        {"-- lockstep: no-transaction please\nSELECT 1;",              "nothing may follow no-transaction"      },
        {"-- lockstep: irreversible because\nSELECT 1;",               "a colon is missing between irreversible"},
        {"SELECT 1;\n-- lockstep: no-transaction\nSELECT 2;",          "put it before the first statement"      },
        {"SELECT 1;\n-- lockstep: allow-file rule-a: x\n",             "put it before the first statement"      },
        {"SELECT 1; -- lockstep: allow rule-a: x\nSELECT 2;",          "give it a line of its own"              },
        {"/* lockstep: no-transaction */\nSELECT 1;",                  "it stands in a block comment"           },
        {"-- lockstep: batch rows=1000\nUPDATE t SET a = 1;",          "batch is not supported"                 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Directive directive = only(cases[i].text);
        assert_int_equal(directive.kind, DIRECTIVE_MALFORMED);
        if (strstr(directive.problem, cases[i].problem) == NULL)
            fail_msg("%s\n%s", cases[i].text, directive.problem);
    }
}

static void
leaves_other_text_alone(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "-- lockstep is a tool that reads this file\nSELECT 1;",
        "-- see lockstep: allow rule-a: x\nSELECT 1;",
        "SELECT '\n-- lockstep: no-transaction\n';",
        "SELECT $$\n-- lockstep: no-transaction\n$$;",
        "CREATE FUNCTION f() RETURNS int AS $f$\n-- lockstep: allow a: x\nSELECT 1 $f$;",
        "/* /* nested */\n-- lockstep: no-transaction\n*/ SELECT 1;",
        "COPY t FROM stdin;\n-- lockstep: no-transaction\n\\.\nSELECT 1;",
        "COPY t FROM stdin;\n-- lockstep: no-transaction\n\\.\n",
        "SELECT\n-- lockstep: allow rule-a: within a statement\n1;",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (scan(texts[i]).count != 0)
            fail_msg("a directive in: %s", texts[i]);
    }
}

static void
every_directive_knows_its_statement(void **state)
{
    (void)state;
    DirectiveList list = scan("-- lockstep: no-transaction\n"
                              "-- lockstep: allow a: x\n"
                              "SELECT 1;\n"
                              "/* between */\n"
                              "-- lockstep: allow b: x\n"
                              "-- lockstep: lock-timeout 1s\n"
                              "SELECT 2;\n"
                              "-- lockstep: allow c: x");
    assert_int_equal(list.count, 5);
    static const size_t statements[] = {0, 0, 1, 1, 2};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(list.items[i].statement, statements[i]);
    assert_true(directive_has(&list, DIRECTIVE_NO_TRANSACTION));
    assert_false(directive_has(&list, DIRECTIVE_IRREVERSIBLE));
}

/* What stands before the first statement counts even where that cannot be parsed. */
static void
a_syntax_error_does_not_hide_the_top_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(only("-- lockstep: irreversible: x\nSELEC 1;").kind, DIRECTIVE_IRREVERSIBLE);
    assert_int_equal(only("-- lockstep: lock-timeout 1s\nSELEC 1;").kind, DIRECTIVE_LOCK_TIMEOUT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_every_kind),
        TEST(reads_what_an_allow_says),
        TEST(reads_durations),
        TEST(a_missing_reason_is_left_to_the_linter),
        TEST(says_what_is_malformed),
        TEST(leaves_other_text_alone),
        TEST(every_directive_knows_its_statement),
        TEST(a_syntax_error_does_not_hide_the_top_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
