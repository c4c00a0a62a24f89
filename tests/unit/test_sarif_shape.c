/* SPDX-License-Identifier: MIT */
/* What the schema of SARIF 2.1.0 and its readers ask of a file, checked in whatever is written:
 * required members, their kinds and words, indices that lead somewhere, regions within the file,
 * fingerprints that tell results apart and stay. */
#include <jansson.h>
#include <string.h>

#include "support/lint_text.h"
#include "support/report_text.h"
#include "support/shape.h"
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

static json_t *
write_sarif(const LintResult *result)
{
    json_t *root = json_loads(report_of(arena, "sarif", result), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

/* `words` has a blank around each. */
static void
check_word(const json_t *object, const char *key, const char *words)
{
    const char *word = shape_text(object, key);
    if (strstr(words, arena_printf(arena, " %s ", word)) == NULL)
        fail_msg("%s: %s is \"%s\"", shape_subject(), key, word);
}

#define LEVELS " none note warning error "

/* ---- the tool and its rules */

static void
check_rule(const json_t *rules, size_t index)
{
    const json_t *rule = json_array_get(rules, index);
    const char *id = shape_text(rule, "id");
    (void)shape_text(shape_member(rule, "shortDescription", JSON_OBJECT), "text");
    (void)shape_text(shape_member(rule, "fullDescription", JSON_OBJECT), "text");
    (void)shape_text(shape_member(rule, "help", JSON_OBJECT), "text");
    check_word(shape_member(rule, "defaultConfiguration", JSON_OBJECT), "level", LEVELS);
    for (size_t i = 0; i < index; i++)
        assert_string_not_equal(id, shape_text(json_array_get(rules, i), "id"));
}

static const json_t *
check_tool(const json_t *run)
{
    const json_t *driver =
        shape_member(shape_member(run, "tool", JSON_OBJECT), "driver", JSON_OBJECT);
    assert_string_equal(shape_text(driver, "name"), "lockstep");
    (void)shape_text(driver, "version");
    const json_t *rules = shape_member(driver, "rules", JSON_ARRAY);
    for (size_t i = 0; i < json_array_size(rules); i++)
        check_rule(rules, i);
    return rules;
}

/* ---- results */

static void
check_region(const json_t *region, const SourceFile *file)
{
    size_t line = shape_number(region, "startLine", 1);
    if (json_object_get(region, "startColumn") == NULL)
        return;
    size_t column = shape_number(region, "startColumn", 1);
    size_t end_line = shape_number(region, "endLine", line);
    (void)shape_number(region, "endColumn", end_line == line ? column : 1);
    size_t offset = shape_number(region, "byteOffset", 0);
    size_t length = shape_number(region, "byteLength", 0);
    if (offset + length > file->byte_count)
        fail_msg("%s: bytes %zu to %zu of %zu", shape_subject(), offset, offset + length,
                 file->byte_count);
}

/* The artifact that it says it is in. */
static const char *
check_artifact(const json_t *run, const json_t *location)
{
    const json_t *artifacts = shape_member(run, "artifacts", JSON_ARRAY);
    const json_t *artifact = json_array_get(artifacts, shape_number(location, "index", 0));
    const char *uri = shape_text(location, "uri");
    if (artifact == NULL)
        fail_msg("%s: there is no such artifact", shape_subject());
    assert_string_equal(shape_text(shape_member(artifact, "location", JSON_OBJECT), "uri"), uri);
    return uri;
}

static void
check_fix(const json_t *run, const json_t *fix, const SourceFile *file)
{
    (void)shape_text(shape_member(fix, "description", JSON_OBJECT), "text");
    const json_t *changes = shape_member(fix, "artifactChanges", JSON_ARRAY);
    assert_int_equal(json_array_size(changes), 1);
    const json_t *change = json_array_get(changes, 0);
    (void)check_artifact(run, shape_member(change, "artifactLocation", JSON_OBJECT));
    const json_t *replacements = shape_member(change, "replacements", JSON_ARRAY);
    assert_int_equal(json_array_size(replacements), 1);
    const json_t *replacement = json_array_get(replacements, 0);
    check_region(shape_member(replacement, "deletedRegion", JSON_OBJECT), file);
    (void)shape_text(shape_member(replacement, "insertedContent", JSON_OBJECT), "text");
}

static void
check_suppressions(const json_t *result)
{
    const json_t *all = shape_member(result, "suppressions", JSON_ARRAY);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *suppression = json_array_get(all, i);
        check_word(suppression, "kind", " inSource external ");
        check_word(suppression, "status", " accepted underReview rejected ");
        (void)shape_text(suppression, "justification");
    }
    if (json_array_size(all) > 0)
        assert_null(json_object_get(result, "fixes"));
}

static const char *
fingerprint_of(const json_t *result)
{
    const json_t *fingerprints = shape_member(result, "partialFingerprints", JSON_OBJECT);
    const char *hex = shape_text(fingerprints, "lockstepFinding/v1");
    assert_int_equal(strlen(hex), 32);
    assert_int_equal(strspn(hex, "0123456789abcdef"), 32);
    return hex;
}

/* What tells a result from the others of its run. */
static const char *
check_result(const json_t *run, const json_t *rules, const json_t *result, const SourceFile *file)
{
    const json_t *rule = json_array_get(rules, shape_number(result, "ruleIndex", 0));
    if (rule == NULL)
        fail_msg("%s: there is no such rule", shape_subject());
    assert_string_equal(shape_text(result, "ruleId"), shape_text(rule, "id"));
    check_word(result, "level", LEVELS);
    (void)shape_text(shape_member(result, "message", JSON_OBJECT), "text");
    check_suppressions(result);
    const json_t *places = shape_member(result, "locations", JSON_ARRAY);
    assert_int_equal(json_array_size(places), 1);
    const json_t *place = shape_member(json_array_get(places, 0), "physicalLocation", JSON_OBJECT);
    check_region(shape_member(place, "region", JSON_OBJECT), file);
    const char *uri = check_artifact(run, shape_member(place, "artifactLocation", JSON_OBJECT));
    const json_t *fixes = json_object_get(result, "fixes");
    for (size_t i = 0; i < json_array_size(fixes); i++)
        check_fix(run, json_array_get(fixes, i), file);
    return arena_printf(arena, "%s %s", uri, fingerprint_of(result));
}

/* Returns what tells its results apart, in their order. */
static StringList
check_file(const LintResult *result)
{
    json_t *root = write_sarif(result);
    assert_string_equal(shape_text(root, "version"), "2.1.0");
    (void)shape_text(root, "$schema");
    assert_int_equal(json_array_size(shape_member(root, "runs", JSON_ARRAY)), 1);
    const json_t *run = json_array_get(json_object_get(root, "runs"), 0);
    check_word(run, "columnKind", " utf16CodeUnits ");
    const json_t *called = json_array_get(shape_member(run, "invocations", JSON_ARRAY), 0);
    assert_true(json_is_boolean(json_object_get(called, "executionSuccessful")));
    const json_t *rules = check_tool(run);
    const json_t *results = shape_member(run, "results", JSON_ARRAY);
    assert_int_equal(json_array_size(results), result->findings.count);
    StringList keys = {0};
    for (size_t i = 0; i < result->findings.count; i++) {
        const Finding *finding = &result->findings.items[i];
        const char *key = check_result(run, rules, json_array_get(results, i),
                                       result->sources.items[finding->file].file);
        assert_false(string_list_has(&keys, key));
        LIST_APPEND(arena, &keys, key);
    }
    json_decref(root);
    return keys;
}

/* ---- cases */

static LintResult
lint(const char *given, const char *text)
{
    StringList texts = split_migrations(arena, given, false);
    size_t replayed = texts.count;
    LIST_APPEND(arena, &texts, text);
    return lint_texts(arena, 17, &texts, replayed);
}

static void
check_text(const char *text)
{
    shape_begin(text);
    const LintResult result = lint("CREATE TABLE t (id bigint, note text);", text);
    const StringList keys = check_file(&result);
    const LintResult again = lint("CREATE TABLE t (id bigint, note text);", text);
    const StringList same = check_file(&again);
    assert_int_equal(keys.count, same.count);
    for (size_t i = 0; i < keys.count; i++)
        assert_string_equal(keys.items[i], same.items[i]);
}

static void
texts_of_all_kinds(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "SELECT 1;",
        "CREATE INDEX ON t (id);",
        "CREATE INDEX ON t (id);CREATE INDEX ON t (id); CREATE INDEX ON t (note);",
        "/* \xF0\x9F\x98\x80 */ CREATE INDEX \"\xC3\xA9|<b>\" ON t (id);\r\nDROP TABLE t\n",
        "ALTER TABLE t ALTER note SET NOT NULL, ADD CHECK (id > 0), ADD UNIQUE (id);",
        "ALTER TABEL t;\nSELEC;\nCREATE INDEX ON t (id)",
        "CREATE INDEX ON t (",
        "CREATE INDEX ON ${schema}.t (id);",
        "-- lockstep: allow drop-table: \"few\" <rows> & \xF0\x9F\x98\x80\nDROP TABLE t;",
        "-- lockstep: allow drop-table: nothing to drop\n-- lockstep: allow nothing\nSELECT 1;",
        "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX ON t (id);",
        "BEGIN; DROP TABLE t; ROLLBACK;",
        "DO $$ BEGIN DROP TABLE t; CREATE INDEX ON elsewhere (x); END $$;",
        "CREATE TABLE n (id integer PRIMARY KEY);\n-- down\nSELECT 1;",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(texts[i]);
}

static void
the_examples_of_all_rules(void **state)
{
    (void)state;
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        shape_begin(all_rules[i]->id);
        const LintResult result = lint(all_rules[i]->given, all_rules[i]->bad);
        (void)check_file(&result);
    }
}

static void
no_file_at_all(void **state)
{
    (void)state;
    shape_begin("nothing");
    const LintResult result = {.pg_version = 17};
    assert_int_equal(check_file(&result).count, 0);
}

static const char *
suppression_kind(const LintResult *result)
{
    json_t *root = write_sarif(result);
    const json_t *run = json_array_get(json_object_get(root, "runs"), 0);
    const json_t *all =
        json_object_get(json_array_get(json_object_get(run, "results"), 0), "suppressions");
    const json_t *kind = json_object_get(json_array_get(all, 0), "kind");
    const char *kept = kind != NULL ? arena_strdup(arena, json_string_value(kind)) : "none";
    json_decref(root);
    return kept;
}

/* A comment stands in the file, a baseline beside it. */
static void
who_accepts_is_said(void **state)
{
    (void)state;
    shape_begin("suppressions");
    LintResult result = lint("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    assert_string_equal(suppression_kind(&result), "none");
    result.findings.items[0].suppressed = "few rows";
    assert_string_equal(suppression_kind(&result), "inSource");
    result.findings.items[0].in_baseline = true;
    assert_string_equal(suppression_kind(&result), "external");
    (void)check_file(&result);
}

/* One that cannot be read has no place but its first line, and the run is not whole. */
static void
a_broken_file(void **state)
{
    (void)state;
    shape_begin("a broken file");
    LintResult result = lint("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    Finding *finding = &result.findings.items[0];
    finding->rule = FINDING_UNREADABLE_FILE;
    finding->statement = 0;
    finding->span = (Span){0, 0};
    (void)check_file(&result);
    json_t *root = write_sarif(&result);
    const json_t *run = json_array_get(json_object_get(root, "runs"), 0);
    const json_t *called = json_array_get(json_object_get(run, "invocations"), 0);
    assert_true(json_is_false(json_object_get(called, "executionSuccessful")));
    json_decref(root);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_of_all_kinds), TEST(the_examples_of_all_rules),
        TEST(no_file_at_all),     TEST(who_accepts_is_said),
        TEST(a_broken_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
