/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/utf8.h"
#include "report/report.h"
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
check(const LintResult *result, ReportStyle style, const char *expected)
{
    char *written = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&written, &size);
    assert_non_null(out);
    report_find("text")->write(out, arena, &(Report){.result = result, .style = style});
    assert_int_equal(fclose(out), 0);
    const char *copy = arena_strdup(arena, written);
    free(written);
    assert_string_equal(copy, expected);
}

static LintResult
result_of(const char *path, const char *text)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file = (SourceFile){.path = path, .text = text, .length = strlen(text)};
    LintResult result = {.pg_version = 17, .files = 1};
    LIST_APPEND(arena, &result.sources,
                (LintSource){.file = file, .lines = line_index_new(arena, text, strlen(text))});
    return result;
}

static const ReportStyle plain = {.width = 80};

static void
nothing_found_is_one_line(void **state)
{
    (void)state;
    LintResult result = result_of("a.sql", "SELECT 1;");
    result.statements = 1;
    check(&result, plain, "1 file, 1 statement: 0 errors, 0 warnings, 0 accepted\n");
}

static void
a_finding_has_place_message_excerpt_and_rewrite(void **state)
{
    (void)state;
    LintResult result = result_of("1_a.up.sql", "-- x\nALTER TABLE t ADD c int;");
    Finding finding = {
        .rule = "some-rule",
        .severity = SEVERITY_ERROR,
        .statement = 1,
        .span = {19, 28},
        .message = "reads all of public.t while reads and writes are blocked, for as "
                   "long as it takes to read all of public.t"
    };
    LIST_APPEND(arena, &finding.rewrite,
                (RewriteStep){.in_transaction = false, .sql = "CREATE INDEX CONCURRENTLY i;"});
    LIST_APPEND(arena, &finding.rewrite,
                (RewriteStep){.in_transaction = true, .sql = "ALTER TABLE t A;\nALTER TABLE t B;"});
    LIST_APPEND(arena, &result.findings, finding);
    result.statements = 1;
    result.count[SEVERITY_ERROR] = 1;
    check(&result, plain,
          "1_a.up.sql:2:15  error  some-rule\n"
          "  reads all of public.t while reads and writes are blocked, for as long as it\n"
          "  takes to read all of public.t\n"
          "\n"
          " 2 | ALTER TABLE t ADD c int;\n"
          "   |               ^^^^^^^^^\n"
          "\n"
          "  instead, each step in a migration of its own:\n"
          "    -- 1. outside of a transaction\n"
          "    CREATE INDEX CONCURRENTLY i;\n"
          "    -- 2. in a transaction\n"
          "    ALTER TABLE t A;\n"
          "    ALTER TABLE t B;\n"
          "\n"
          "1 file, 1 statement: 1 error, 0 warnings, 0 accepted\n");
}

static void
a_finding_about_the_file_has_no_excerpt(void **state)
{
    (void)state;
    LintResult result = result_of("1_a.up.sql", "SELECT 1;");
    LIST_APPEND(arena, &result.findings,
                (Finding){.rule = "missing-down", .severity = SEVERITY_WARNING, .message = "m"});
    result.count[SEVERITY_WARNING] = 1;
    check(&result, plain,
          "1_a.up.sql:1:1  warning  missing-down\n"
          "  m\n"
          "\n"
          "1 file, 0 statements: 0 errors, 1 warning, 0 accepted\n");
}

/* 38 columns of text and two of indent fill a line of 40. */
static void
a_line_is_filled_to_its_last_column(void **state)
{
    (void)state;
    LintResult result = result_of("a.sql", "SELECT 1;");
    LIST_APPEND(arena, &result.findings,
                (Finding){.rule = "r",
                          .severity = SEVERITY_WARNING,
                          .message = "123456789 123456789 123456789 12345678 "
                                     "123456789 123456789 123456789 123456789 x"});
    check(&result, (ReportStyle){.width = 40},
          "a.sql:1:1  warning  r\n"
          "  123456789 123456789 123456789 12345678\n"
          "  123456789 123456789 123456789\n"
          "  123456789 x\n"
          "\n"
          "1 file, 0 statements: 0 errors, 0 warnings, 0 accepted\n");
}

static void
an_accepted_finding_is_one_line(void **state)
{
    (void)state;
    LintResult result = result_of("a.sql", "SELECT 1;");
    LIST_APPEND(arena, &result.findings,
                (Finding){
                    .rule = "some-rule",
                    .severity = SEVERITY_ERROR,
                    .statement = 1,
                    .span = {0, 8},
                    .message = "m",
                    .suppressed = "it is small"
    });
    result.suppressed = 1;
    check(&result, plain,
          "a.sql:1:1  accepted  some-rule: it is small\n"
          "\n"
          "1 file, 0 statements: 0 errors, 0 warnings, 1 accepted\n");
}

static void
colour_is_only_where_it_is_wanted(void **state)
{
    (void)state;
    LintResult result = result_of("a.sql", "x");
    LIST_APPEND(arena, &result.findings,
                (Finding){
                    .rule = "some-rule",
                    .severity = SEVERITY_ERROR,
                    .statement = 1,
                    .span = {0, 1},
                    .message = "m"
    });
    result.count[SEVERITY_ERROR] = 1;
    check(&result, (ReportStyle){.colour = true, .width = 80},
          "\033[1ma.sql:1:1\033[0m  \033[1;31merror\033[0m  some-rule\n"
          "  m\n"
          "\n"
          "\033[2m 1 |\033[0m x\n"
          "\033[2m   |\033[0m \033[1;31m^\033[0m\n"
          "\n"
          "1 file, 0 statements: 1 error, 0 warnings, 0 accepted\n");
}

/* Names and paths come from files: none may command the terminal. */
static void
no_text_commands_the_terminal(void **state)
{
    (void)state;
    LintResult result = result_of("a\033[2J.sql", "SELECT '\033[2J'");
    Finding finding = {
        .rule = "r",
        .severity = SEVERITY_ERROR,
        .statement = 1,
        .span = {0, 6},
        .message = "in \"\033[2J\""
    };
    LIST_APPEND(arena, &finding.rewrite,
                (RewriteStep){.in_transaction = true, .sql = "\"\033[2J\";"});
    LIST_APPEND(arena, &result.findings, finding);
    check(&result, plain,
          "a␛[2J.sql:1:1  error  r\n"
          "  in \"␛[2J\"\n"
          "\n"
          " 1 | SELECT '␛[2J'\n"
          "   | ^^^^^^\n"
          "\n"
          "  instead:\n"
          "    -- in a transaction\n"
          "    \"␛[2J\";\n"
          "\n"
          "1 file, 0 statements: 0 errors, 0 warnings, 0 accepted\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_found_is_one_line),
        TEST(a_finding_has_place_message_excerpt_and_rewrite),
        TEST(a_finding_about_the_file_has_no_excerpt),
        TEST(a_line_is_filled_to_its_last_column),
        TEST(an_accepted_finding_is_one_line),
        TEST(colour_is_only_where_it_is_wanted),
        TEST(no_text_commands_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
