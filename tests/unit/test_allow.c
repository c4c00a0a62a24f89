/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/lint_text.h"
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

/* Today is 2026-01-01 for these. */
static LintResult
lint(const char *text)
{
    StringList texts = {0};
    LIST_APPEND(arena, &texts, text);
    return lint_texts(arena, 17, &texts, 0);
}

#define INDEX "CREATE INDEX i ON t (a);\n"
#define RULE "create-index-blocks-writes"

static void
an_allow_accepts_the_next_statement_only(void **state)
{
    (void)state;
    LintResult result = lint("-- lockstep: allow " RULE ": it is small\n" INDEX INDEX);
    assert_int_equal(result.findings.count, 2);
    assert_string_equal(result.findings.items[0].suppressed, "it is small");
    assert_null(result.findings.items[1].suppressed);
    assert_int_equal(result.suppressed, 1);
    assert_int_equal(result.count[SEVERITY_ERROR], 1);
}

static void
an_allow_for_the_file_accepts_all(void **state)
{
    (void)state;
    LintResult result = lint("-- lockstep: allow-file " RULE ": no traffic yet\n" INDEX INDEX);
    assert_int_equal(result.suppressed, 2);
    assert_int_equal(result.findings.count, 2);
}

static void
an_allow_may_name_several_rules(void **state)
{
    (void)state;
    LintResult result = lint("-- lockstep: allow set-not-null-scans-table, add-check-validates: x\n"
                             "ALTER TABLE t ALTER a SET NOT NULL, ADD CHECK (a > 0);");
    assert_int_equal(result.suppressed, 2);
    assert_int_equal(result.findings.count, 2);
}

static void
an_allow_holds_to_the_end_of_its_day(void **state)
{
    (void)state;
    assert_int_equal(lint("-- lockstep: allow " RULE " (until 2026-01-01): x\n" INDEX).suppressed,
                     1);
}

static void
missing_down_can_be_accepted(void **state)
{
    (void)state;
    /* There is no version here, so nothing is missing, but the name is known. */
    LintResult result = lint("-- lockstep: allow-file missing-down: x\n" INDEX);
    assert_int_equal(result.findings.count, 2);
    assert_string_equal(result.findings.items[0].rule, "unused-allow");
}

/* What is wrong with a comment is a finding at the comment, and then nothing is accepted. */
static void
comments_have_findings_of_their_own(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *rule;
        Severity severity;
        const char *message;
        size_t findings;
    } cases[] = {
        {"-- lockstep: allow " RULE ": x\nSELECT 1;",                 "unused-allow",  SEVERITY_WARNING,
         RULE " finds nothing in the next statement",                                                                                          1},
        {"-- lockstep: allow-file " RULE ": x\nSELECT 1;",            "unused-allow",  SEVERITY_WARNING,
         RULE " finds nothing in this file",                                                                                                   1},
        {"-- lockstep: allow create-index-block-writes: x\n" INDEX,   "bad-directive", SEVERITY_ERROR,
         "did you mean \"" RULE "\"?",                                                                                                         2},
        {"-- lockstep: allow xyzzy: x\n" INDEX,                       "bad-directive", SEVERITY_ERROR,
         "there is no rule \"xyzzy\"",                                                                                                         2},
        {"-- lockstep: allow " RULE " (until 2025-12-31): x\n" INDEX, "bad-directive",
         SEVERITY_ERROR,                                                                                 "this was accepted until 2025-12-31", 2},
        {"-- lockstep: allow " RULE "\n" INDEX,                       "bad-directive", SEVERITY_ERROR,
         "the reason is missing",                                                                                                              2},
        {"-- lockstep: irreversible\n" INDEX,                         "bad-directive", SEVERITY_ERROR,
         "the reason is missing",                                                                                                              2},
        {"-- lockstep: alow " RULE ": x\n" INDEX,                     "bad-directive", SEVERITY_ERROR,
         "did you mean \"allow\"?",                                                                                                            2},
        {"-- lockstep: allow syntax-error: x\n" INDEX,                "bad-directive", SEVERITY_ERROR,
         "there is no rule \"syntax-error\"",                                                                                                  2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        LintResult result = lint(cases[i].text);
        assert_int_equal(result.findings.count, cases[i].findings);
        assert_int_equal(result.suppressed, 0);
        const Finding *finding = &result.findings.items[0];
        assert_string_equal(finding->rule, cases[i].rule);
        assert_int_equal(finding->severity, cases[i].severity);
        assert_int_equal(finding->span.start, 0);
        assert_int_equal(finding->span.end, strcspn(cases[i].text, "\n"));
        if (strstr(finding->message, cases[i].message) == NULL)
            fail_msg("%s\n%s", cases[i].text, finding->message);
    }
}

static void
only_the_unused_part_is_complained_of(void **state)
{
    (void)state;
    LintResult result = lint("-- lockstep: allow " RULE ", vacuum-full: x\n" INDEX);
    assert_int_equal(result.findings.count, 2);
    assert_non_null(strstr(result.findings.items[0].message, "vacuum-full finds nothing"));
    assert_non_null(result.findings.items[1].suppressed);
}

static void
an_allow_before_a_syntax_error_may_be_needed(void **state)
{
    (void)state;
    LintResult result = lint("-- lockstep: allow " RULE ": x\nCREATE INDX i ON t (a);");
    assert_int_equal(result.findings.count, 1);
    assert_string_equal(result.findings.items[0].rule, "syntax-error");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_allow_accepts_the_next_statement_only),
        TEST(an_allow_for_the_file_accepts_all),
        TEST(an_allow_may_name_several_rules),
        TEST(an_allow_holds_to_the_end_of_its_day),
        TEST(missing_down_can_be_accepted),
        TEST(comments_have_findings_of_their_own),
        TEST(only_the_unused_part_is_complained_of),
        TEST(an_allow_before_a_syntax_error_may_be_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
