/* SPDX-License-Identifier: MIT */
#include <jansson.h>

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

/* The report as text, which the caller frees. */
static char *
write_json(const LintResult *result)
{
    char *written = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&written, &size);
    assert_non_null(out);
    report_find("json")->write(out, arena, &(Report){.result = result});
    assert_int_equal(fclose(out), 0);
    assert_int_equal(written[size - 1], '\n');
    return written;
}

static json_t *
read_back(const LintResult *result)
{
    char *written = write_json(result);
    json_error_t error;
    json_t *json = json_loads(written, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        fail_msg("line %d: %s\n%s", error.line, error.text, written);
    free(written);
    return json;
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

static void
check_text(const json_t *object, const char *key, const char *expected)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_string(value));
    assert_string_equal(json_string_value(value), expected);
}

static void
check_count(const json_t *object, const char *key, json_int_t expected)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_integer(value));
    assert_int_equal(json_integer_value(value), expected);
}

static void
the_head_says_who_and_how_many(void **state)
{
    (void)state;
    LintResult result = result_of("a.sql", "");
    result.statements = 7;
    result.count[SEVERITY_ERROR] = 3;
    result.count[SEVERITY_WARNING] = 2;
    result.count[SEVERITY_INFO] = 1;
    result.suppressed = 4;
    json_auto_t *json = read_back(&result);

    assert_int_equal(json_object_size(json), 5);
    check_count(json, "schema_version", 1);
    check_count(json, "pg_version", 17);
    const json_t *tool = json_object_get(json, "tool");
    check_text(tool, "name", "lockstep");
    assert_true(json_is_string(json_object_get(tool, "version")));
    const json_t *summary = json_object_get(json, "summary");
    check_count(summary, "files", 1);
    check_count(summary, "statements", 7);
    check_count(summary, "error", 3);
    check_count(summary, "warning", 2);
    check_count(summary, "info", 1);
    check_count(summary, "suppressed", 4);
    const json_t *findings = json_object_get(json, "findings");
    assert_true(json_is_array(findings));
    assert_int_equal(json_array_size(findings), 0);
}

static void
a_finding_has_every_field(void **state)
{
    (void)state;
    LintResult result = result_of("dir/1_a.up.sql", "-- x\nALTER TABLE gr\xC3\xBCn\nADD y int;");
    Finding finding = {
        .rule = "some-rule",
        .severity = SEVERITY_WARNING,
        .statement = 1,
        .span = {5,        32           },
        .message = "a \"quoted\" message",
        .relation = {"public", "Gr\xC3\xBCn"},
        .lock = LOCK_ACCESS_EXCLUSIVE,
        .preflight = "SELECT 1;",
        .suppressed = "we know"
    };
    LIST_APPEND(arena, &finding.rewrite, (RewriteStep){.in_transaction = true, .sql = "A;\nB;"});
    LIST_APPEND(arena, &finding.rewrite, (RewriteStep){.in_transaction = false, .sql = "C;"});
    LIST_APPEND(arena, &result.findings, finding);
    json_auto_t *json = read_back(&result);

    const json_t *only = json_array_get(json_object_get(json, "findings"), 0);
    assert_int_equal(json_object_size(only), 14);
    check_text(only, "rule", "some-rule");
    check_text(only, "severity", "warning");
    check_text(only, "file", "dir/1_a.up.sql");
    check_count(only, "statement", 1);
    check_count(only, "line", 2);
    check_count(only, "column", 1);
    check_count(only, "end_line", 3);
    /* The end is the place behind the last character. */
    check_count(only, "end_column", 10);
    check_text(only, "message", "a \"quoted\" message");
    check_text(only, "relation", "public.\"Gr\xC3\xBCn\"");
    check_text(only, "lock", "AccessExclusiveLock");
    check_text(json_object_get(only, "suppressed"), "reason", "we know");
    check_text(only, "preflight", "SELECT 1;");
    const json_t *rewrite = json_object_get(only, "rewrite");
    assert_int_equal(json_array_size(rewrite), 2);
    assert_true(json_is_true(json_object_get(json_array_get(rewrite, 0), "transaction")));
    check_text(json_array_get(rewrite, 0), "sql", "A;\nB;");
    assert_true(json_is_false(json_object_get(json_array_get(rewrite, 1), "transaction")));
    check_text(json_array_get(rewrite, 1), "sql", "C;");
}

static void
what_a_finding_lacks_is_null(void **state)
{
    (void)state;
    LintResult result = result_of("a.sql", "");
    LIST_APPEND(arena, &result.findings,
                (Finding){.rule = "missing-down", .severity = SEVERITY_ERROR, .message = "m"});
    json_auto_t *json = read_back(&result);

    const json_t *only = json_array_get(json_object_get(json, "findings"), 0);
    check_count(only, "statement", 0);
    check_count(only, "line", 1);
    check_count(only, "column", 1);
    assert_true(json_is_null(json_object_get(only, "relation")));
    assert_true(json_is_null(json_object_get(only, "lock")));
    assert_true(json_is_null(json_object_get(only, "suppressed")));
    assert_int_equal(json_array_size(json_object_get(only, "rewrite")), 0);
}

static void
a_path_that_is_not_utf8_is_still_json(void **state)
{
    (void)state;
    LintResult result = result_of("caf\xE9.sql", "");
    LIST_APPEND(arena, &result.findings,
                (Finding){.rule = "r", .severity = SEVERITY_ERROR, .message = "m"});
    json_auto_t *json = read_back(&result);
    check_text(json_array_get(json_object_get(json, "findings"), 0), "file", "caf\xEF\xBF\xBD.sql");
}

static void
formats_are_found_by_name(void **state)
{
    (void)state;
    assert_string_equal(report_find("text")->name, "text");
    assert_null(report_find("yaml"));
    const ReportFormat *format = report_formats();
    while (format->name != NULL)
        format++;
    assert_null(format->write);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_head_says_who_and_how_many), TEST(a_finding_has_every_field),
        TEST(what_a_finding_lacks_is_null),   TEST(a_path_that_is_not_utf8_is_still_json),
        TEST(formats_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
