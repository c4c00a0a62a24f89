/* SPDX-License-Identifier: MIT */
/* What the golden files of the formats cannot show: fixes that are applied, fingerprints of texts
 * that change, limits, and paths that are not UTF-8. */
#include <jansson.h>

#include "lint/fingerprint.h"
#include "report/markdown.h"
#include "report/report_place.h"
#include "support/lint_text.h"
#include "support/report_text.h"
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

static LintResult
lint_after(const char *given, const char *text)
{
    StringList texts = split_migrations(arena, given, false);
    size_t replayed = texts.count;
    LIST_APPEND(arena, &texts, text);
    return lint_texts(arena, 17, &texts, replayed);
}

static size_t
count_of(const char *text, const char *words)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, words)) != NULL; at += strlen(words))
        count++;
    return count;
}

static void
assert_has(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in\n%s", words, text);
}

static const json_t *
first(const json_t *object, const char *key)
{
    const json_t *value = json_array_get(json_object_get(object, key), 0);
    if (value == NULL)
        fail_msg("there is no %s", key);
    return value;
}

static json_t *
read_sarif(const LintResult *result)
{
    json_t *root = json_loads(report_of(arena, "sarif", result), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

/* ---- SARIF */

static const char *
apply_fix(const char *text, const json_t *fix)
{
    const json_t *replacement = first(first(fix, "artifactChanges"), "replacements");
    const json_t *region = json_object_get(replacement, "deletedRegion");
    size_t start = (size_t)json_integer_value(json_object_get(region, "byteOffset"));
    size_t length = (size_t)json_integer_value(json_object_get(region, "byteLength"));
    const json_t *inserted = json_object_get(replacement, "insertedContent");
    return arena_printf(arena, "%.*s%s%s", (int)start, text,
                        json_string_value(json_object_get(inserted, "text")),
                        text + start + length);
}

static void
assert_fix_mends(const Rule *rule, const char *text, const json_t *result)
{
    const char *mended = apply_fix(text, first(result, "fixes"));
    LintResult after = lint_after(rule->given, mended);
    foreach (finding, &after.findings) {
        bool is_ours = strcmp(finding->rule, rule->id) == 0;
        if (is_ours || strcmp(finding->rule, FINDING_SYNTAX_ERROR) == 0)
            fail_msg("%s: the fix of %s gives\n%s\n%s", rule->id, text, mended,
                     lint_words(arena, &after));
    }
}

static void
a_fix_stands_in_the_statements_place(void **state)
{
    (void)state;
    size_t fixes = 0;
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        const char *text = arena_printf(arena, "/* é */ %s\nSELECT 1;\n", rule->bad);
        LintResult before = lint_after(rule->given, text);
        json_t *root = read_sarif(&before);
        const json_t *results = json_object_get(first(root, "runs"), "results");
        for (size_t at = 0; at < json_array_size(results); at++) {
            const json_t *result = json_array_get(results, at);
            const char *id = json_string_value(json_object_get(result, "ruleId"));
            if (strcmp(id, rule->id) != 0 || json_object_get(result, "fixes") == NULL)
                continue;
            assert_fix_mends(rule, text, result);
            fixes++;
        }
        json_decref(root);
    }
    assert_in_range(fixes, 1, 1000);
}

static size_t
count_fixes(const char *text)
{
    LintResult result = lint_after("CREATE TABLE t (id bigint, note text);", text);
    assert_int_equal(lint_count(&result, SEVERITY_ERROR), 1);
    return count_of(report_of(arena, "sarif", &result), "\"fixes\"");
}

static void
a_fix_that_does_not_fit_is_none(void **state)
{
    (void)state;
    assert_int_equal(count_fixes("CREATE INDEX ON t (id);"), 1);
    assert_int_equal(count_fixes("BEGIN; CREATE INDEX ON t (id); COMMIT;"), 0);
    assert_int_equal(count_fixes("ALTER TABLE t ALTER COLUMN note SET NOT NULL;"), 0);
    assert_int_equal(count_fixes("ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;\n"
                                 "ALTER TABLE t VALIDATE CONSTRAINT c;"),
                     0);
    assert_int_equal(count_fixes("DO $$ BEGIN CREATE INDEX ON t (id); END $$;"), 0);
}

static void
columns_are_utf16_and_bytes_are_those_of_the_file(void **state)
{
    (void)state;
    LintResult result = lint_after("CREATE TABLE t (id bigint);",
                                   "/* \xF0\x9F\x94\x91 \xC3\xA9 */ CREATE INDEX ON t (id);");
    SourceFile marked = *result.sources.items[0].file;
    marked.text_at += 3;
    result.sources.items[0].file = &marked;
    json_t *root = read_sarif(&result);
    const json_t *place = first(first(first(root, "runs"), "results"), "locations");
    const json_t *region = json_object_get(json_object_get(place, "physicalLocation"), "region");
    assert_int_equal(json_integer_value(json_object_get(region, "startColumn")), 12);
    assert_int_equal(json_integer_value(json_object_get(region, "byteOffset")), 14 + 3);
    assert_int_equal(json_integer_value(json_object_get(region, "byteLength")), 22);
    json_decref(root);
}

/* ---- fingerprints */

static const char *
fingerprint_of(const char *text, size_t which)
{
    LintResult result = lint_after("CREATE TABLE t (id bigint); CREATE TABLE u (id bigint);", text);
    assert_in_range(which, 0, result.findings.count - 1);
    return fingerprint_findings(arena, &result)[which].hex;
}

static void
a_fingerprint_survives_what_changes_no_word(void **state)
{
    (void)state;
    const char *plain = fingerprint_of("CREATE INDEX ON t (id);", 0);
    assert_string_equal(plain, fingerprint_of("\n-- why\nSELECT 1;\n\nCREATE  INDEX\n ON /* t */ t "
                                              "(id);",
                                              0));
    assert_string_equal(plain, fingerprint_of("CREATE INDEX ON u (id);CREATE INDEX ON t (id);", 1));
}

static void
a_fingerprint_tells_findings_apart(void **state)
{
    (void)state;
    const char *plain = fingerprint_of("CREATE INDEX ON t (id);", 0);
    assert_string_not_equal(plain, fingerprint_of("CREATE INDEX ON u (id);", 0));
    assert_string_not_equal(plain, fingerprint_of("CREATE INDEX i ON t (id);", 0));
    assert_string_not_equal(plain,
                            fingerprint_of("CREATE INDEX ON t (id); CREATE INDEX ON t (id);", 1));
}

/* ---- limits */

static const char *
indexes(size_t count, const char *name)
{
    StringList lines = {0};
    for (size_t i = 0; i < count; i++)
        LIST_APPEND(arena, &lines, arena_printf(arena, "CREATE INDEX %s%zu ON t (id);", name, i));
    return string_list_join(arena, &lines, "\n");
}

static void
github_is_told_of_what_it_would_drop(void **state)
{
    (void)state;
    LintResult ten = lint_after("CREATE TABLE t (id bigint);", indexes(10, "i"));
    assert_int_equal(count_of(report_of(arena, "github", &ten), "::error "), 10);

    LintResult many = lint_after("CREATE TABLE t (id bigint);", indexes(25, "i"));
    const char *text = report_of(arena, "github", &many);
    assert_int_equal(count_of(text, "::error "), 10);
    assert_has(text, "::error title=lockstep::16 more: see the log of this step\n2.sql:10: error ");
    assert_int_equal(count_of(text, "error create-index-blocks-writes: "), 16);
}

static void
a_comment_is_never_too_long(void **state)
{
    (void)state;
    size_t count = 400;
    LintResult result =
        lint_after("CREATE TABLE t (id bigint);", indexes(count, "\xC3\xA9\xC3\xA9\xC3\xA9"));
    const char *text = report_of(arena, "markdown", &result);
    size_t length = markdown_length(text, strlen(text));
    assert_in_range(length, 55000, 60000);
    size_t shown = count_of(text, "<details>");
    assert_has(text, arena_printf(arena, "**Left out**, because a comment has an end: %zu × error",
                                  count - shown));

    assert_has(text, "\n### `2.sql`\n");

    LintResult few = lint_after("CREATE TABLE t (id bigint);", indexes(3, "i"));
    assert_null(strstr(report_of(arena, "markdown", &few), "Left out"));
}

static LintResult
lint_files(size_t count)
{
    StringList texts = {0};
    LIST_APPEND(arena, &texts, "CREATE TABLE t (id bigint);");
    for (size_t i = 0; i < count; i++)
        LIST_APPEND(arena, &texts, arena_printf(arena, "CREATE INDEX i%zu ON t (id);", i));
    return lint_texts(arena, 17, &texts, 1);
}

/* A heading with nothing below would only take the place of a finding. */
static void
what_is_left_out_leaves_no_heading(void **state)
{
    (void)state;
    LintResult result = lint_files(400);
    const char *text = report_of(arena, "markdown", &result);
    assert_in_range(markdown_length(text, strlen(text)), 55000, 60000);
    size_t shown = count_of(text, "<details>");
    assert_int_equal(count_of(text, "\n### "), shown);
    assert_has(text, arena_printf(arena, "a comment has an end: %zu × file, %zu × error",
                                  400 - shown, 400 - shown));
}

static void
lines_of_the_log_are_not_encoded(void **state)
{
    (void)state;
    LintResult result =
        lint_after("CREATE TABLE t (id bigint);",
                   arena_printf(arena, "%s\nCREATE INDEX \"100%%\" ON t (id);", indexes(10, "i")));
    const char *text = report_of(arena, "github", &result);
    assert_has(text, "\n2.sql:11: error create-index-blocks-writes: ");
    assert_has(text, "the index \"100%\" is built");
}

/* ---- text */

static const char *
header_of(const char *path)
{
    LintResult result = lint_after("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    SourceFile file = *result.sources.items[0].file;
    file.path = path;
    result.sources.items[0].file = &file;
    const char *text =
        report_written(arena, "text", &(Report){.result = &result, .style = {.width = 80}});
    return arena_printf(arena, "%.*s", (int)(strstr(text, "  SHARE on") - text), text);
}

static void
a_long_path_has_a_line_of_its_own(void **state)
{
    (void)state;
    assert_string_equal(header_of("a.sql"), "a.sql:1:1  error  create-index-blocks-writes\n");
    const char *path = "a/very/long/path/to/where/the/migrations/are/kept.sql";
    assert_string_equal(header_of(path),
                        arena_printf(arena, "%s:1:1\n  error  create-index-blocks-writes\n", path));
}

/* ---- JUnit */

static const char *
junit_at(const LintResult *result, Severity fails_at)
{
    return report_written(arena, "junit", &(Report){.result = result, .fails_at = fails_at});
}

static void
a_case_fails_where_the_run_does(void **state)
{
    (void)state;
    LintResult result = lint_after("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    assert_has(junit_at(&result, SEVERITY_ERROR), "tests=\"1\" failures=\"1\"");
    assert_has(junit_at(&result, SEVERITY_OFF), "tests=\"1\" failures=\"0\"");
    assert_has(junit_at(&result, SEVERITY_OFF), "<system-out>2.sql:1:1 error");
    result.findings.items[0].severity = SEVERITY_WARNING;
    assert_has(junit_at(&result, SEVERITY_ERROR),
               "failures=\"0\" errors=\"0\" time=\"0\" skipped=\"0\"");
    assert_has(junit_at(&result, SEVERITY_WARNING), "failures=\"1\"");
    result.findings.items[0].suppressed = "why";
    assert_has(junit_at(&result, SEVERITY_WARNING), "<skipped message=\"why\"/>");
}

static void
what_xml_cannot_say_is_left_out(void **state)
{
    (void)state;
    LintResult result = lint_after("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    result.findings.items[0].message = "a\x01\x1B\xEF\xBF\xBF<b>\n\"c\" & d";
    const char *text = report_of(arena, "junit", &result);
    assert_has(text, "message=\"a&#60;b&#62;&#10;&#34;c&#34; &#38; d\"");
    assert_has(text, "\na&#60;b&#62;\n\"c\" &#38; d\n");
}

/* ---- names */

static void
paths_begin_at_the_root(void **state)
{
    (void)state;
    const Report report = {.directory = "/srv/shop/db", .root = "/srv/shop"};
    assert_string_equal(report_path(arena, &report, "x.sql"), "db/x.sql");
    assert_string_equal(report_path(arena, &report, "./a//b/../x.sql"), "db/a/x.sql");
    assert_string_equal(report_path(arena, &report, "../x.sql"), "x.sql");
    assert_string_equal(report_path(arena, &report, "/srv/shop/x.sql"), "x.sql");
    assert_string_equal(report_path(arena, &report, "/srv/shopping/x.sql"), "/srv/shopping/x.sql");
    assert_string_equal(report_path(arena, &report, "../../../../../x.sql"), "/x.sql");
    assert_string_equal(report_path(arena, &report, "<stdin>"), "<stdin>");
    assert_string_equal(report_path(arena, &(Report){0}, "./../x.sql"), "../x.sql");
}

static void
uris_are_percent_encoded(void **state)
{
    (void)state;
    assert_string_equal(report_uri(arena, "a b/\xC3\xA9%#?\xFF.sql"),
                        "a%20b/%C3%A9%25%23%3F%FF.sql");
    assert_string_equal(report_uri(arena, "/a b.sql"), "file:///a%20b.sql");
}

static void
a_path_of_any_bytes_ends_no_format(void **state)
{
    (void)state;
    LintResult result = lint_after("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    SourceFile file = *result.sources.items[0].file;
    file.path = "a\xFF\n\x1B[31m::b.sql";
    result.sources.items[0].file = &file;
    for (const ReportFormat *format = report_formats(); format->name != NULL; format++) {
        const char *text = report_of(arena, format->name, &result);
        assert_non_null(strstr(text, "b.sql"));
        assert_null(strchr(text, '\xFF'));
        assert_null(strchr(text, '\x1B'));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_fix_stands_in_the_statements_place),
        TEST(a_fix_that_does_not_fit_is_none),
        TEST(columns_are_utf16_and_bytes_are_those_of_the_file),
        TEST(a_fingerprint_survives_what_changes_no_word),
        TEST(a_fingerprint_tells_findings_apart),
        TEST(github_is_told_of_what_it_would_drop),
        TEST(what_is_left_out_leaves_no_heading),
        TEST(lines_of_the_log_are_not_encoded),
        TEST(a_long_path_has_a_line_of_its_own),
        TEST(a_comment_is_never_too_long),
        TEST(a_case_fails_where_the_run_does),
        TEST(what_xml_cannot_say_is_left_out),
        TEST(paths_begin_at_the_root),
        TEST(uris_are_percent_encoded),
        TEST(a_path_of_any_bytes_ends_no_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
