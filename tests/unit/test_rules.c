/* SPDX-License-Identifier: MIT */
/* What a rule claims of itself holds: its examples, its lock, its rewrite; and the cases of
 * tests/rules. */
#include <assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "support/lint_text.h"
#include "support/test.h"

#define PG_VERSION 17

typedef struct NamedRule {
    const char *file;
    const Rule *rule;
} NamedRule;

#define RULE(name) extern const Rule rule_##name;
#include "rules.def"
#undef RULE

static const NamedRule rules[] = {
#define RULE(name) {#name, &rule_##name},
#include "rules.def"
#undef RULE
};

enum { RULE_COUNT = sizeof rules / sizeof rules[0] };

static void
append_all(Arena *arena, StringList *to, const StringList *from)
{
    foreach (text, from)
        LIST_APPEND(arena, to, *text);
}

static int
rule_version(const Rule *rule)
{
    return rule->since > PG_VERSION ? rule->since : PG_VERSION;
}

/* What a rule answers for: its own findings, and that nothing worse is said. */
static bool
concerns(const Finding *finding, const Rule *rule)
{
    return finding->severity == SEVERITY_ERROR || strcmp(finding->rule, rule->id) == 0;
}

static size_t
count_concerning(const LintResult *result, const Rule *rule)
{
    size_t count = 0;

    foreach (finding, &result->findings)
        count += finding->suppressed == NULL && concerns(finding, rule);
    return count;
}

/* `given` and then `text`, whose findings are reported. */
static LintResult
lint_after_given(Arena *arena, const Rule *rule, const StringList *texts)
{
    StringList all = split_migrations(arena, rule->given, false);
    const size_t replayed = all.count;

    append_all(arena, &all, texts);
    return lint_texts_for(arena, rule, rule_version(rule), &all, replayed);
}

static const Finding *
only_finding_of_bad(Arena *arena, const Rule *rule)
{
    const StringList bad = split_migrations(arena, rule->bad, false);
    const LintResult result = lint_after_given(arena, rule, &bad);

    const Finding *only = NULL;

    foreach (finding, &result.findings) {
        if (strcmp(finding->rule, rule->id) == 0)
            only = finding;
    }
    if (count_concerning(&result, rule) != 1 || only == NULL)
        fail_msg("%s: bad gives not just its finding:\n%s", rule->id, lint_words(arena, &result));
    return only;
}

static void
test_fields(void **state)
{
    const NamedRule *named = *state;
    const Rule *rule = named->rule;

    assert_int_equal(strlen(rule->id), strlen(named->file));
    for (size_t i = 0; named->file[i] != '\0'; i++)
        assert_int_equal(rule->id[i], named->file[i] == '_' ? '-' : named->file[i]);
    const char *const texts[] = {rule->name,  rule->why, rule->instead,
                                 rule->given, rule->bad, rule->good};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_non_null(texts[i]);
        assert_true(strlen(texts[i]) > 10);
    }
    assert_true(rule->name[strlen(rule->name) - 1] != '.');
    assert_int_equal(rule->why[strlen(rule->why) - 1], '.');
    assert_int_equal(rule->instead[strlen(rule->instead) - 1], '.');
    assert_non_null(rule->check);
    assert_ptr_equal(rule_find(rule->id), rule);
}

static void
test_given_is_quiet(void **state)
{
    const Rule *rule = ((const NamedRule *)*state)->rule;
    Arena *arena = arena_new();
    const StringList given = split_migrations(arena, rule->given, false);
    const LintResult result = lint_texts_for(arena, rule, rule_version(rule), &given, 0);

    if (count_concerning(&result, rule) != 0)
        fail_msg("%s", lint_words(arena, &result));
    arena_free(arena);
}

static void
test_bad(void **state)
{
    const Rule *rule = ((const NamedRule *)*state)->rule;
    Arena *arena = arena_new();
    const Finding *finding = only_finding_of_bad(arena, rule);

    assert_string_equal(finding->rule, rule->id);
    if (rule->severity != SEVERITY_OFF)
        assert_int_equal(finding->severity, rule->severity);
    if (rule->lock != LOCK_NONE) {
        assert_string_equal(lock_words(finding->lock), lock_words(rule->lock));
        assert_non_null(strstr(finding->message, lock_words(rule->lock)));
        assert_non_null(strstr(finding->message, lock_blocks(rule->lock)));
    }
    if (finding->relation.name != NULL)
        assert_non_null(strstr(finding->message, finding->relation.name));
    assert_int_equal(finding->rewrite.count > 0, rule->rewrite != NULL);
    arena_free(arena);
}

static void
test_good(void **state)
{
    const Rule *rule = ((const NamedRule *)*state)->rule;
    Arena *arena = arena_new();
    const StringList good = split_migrations(arena, rule->good, false);
    const LintResult result = lint_after_given(arena, rule, &good);

    if (count_concerning(&result, rule) != 0)
        fail_msg("%s", lint_words(arena, &result));
    arena_free(arena);
}

static void
test_rewrite_is_clean(void **state)
{
    const Rule *rule = ((const NamedRule *)*state)->rule;
    Arena *arena = arena_new();
    const Finding *finding = only_finding_of_bad(arena, rule);
    StringList steps = {0};

    foreach (step, &finding->rewrite)
        LIST_APPEND(arena, &steps, step->sql);
    const LintResult result = lint_after_given(arena, rule, &steps);
    if (count_concerning(&result, rule) != 0)
        fail_msg("%s", lint_words(arena, &result));
    arena_free(arena);
}

/* Every file of lint_rules is in rules.def, and the list is sorted. */
static void
test_list(void **state)
{
    (void)state;
    size_t files = 0;
    glob_t found;

    assert_int_equal(glob(LOCKSTEP_SOURCE_DIR "/lint_rules/*.c", 0, NULL, &found), 0);
    files = found.gl_pathc;
    globfree(&found);
    assert_int_equal(files, RULE_COUNT);
    for (size_t i = 1; i < RULE_COUNT; i++)
        assert_true(strcmp(rules[i - 1].file, rules[i].file) < 0);
    for (size_t i = 0; i < RULE_COUNT; i++)
        assert_ptr_equal(all_rules[i], rules[i].rule);
    assert_null(all_rules[RULE_COUNT]);
}

/* Every rule has cases of its own, and no directory of cases is without a rule. */
static void
test_every_rule_has_cases(void **state)
{
    (void)state;
    glob_t found;

    assert_int_equal(glob(LOCKSTEP_SOURCE_DIR "/tests/rules/*", GLOB_ONLYDIR, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *id = strrchr(found.gl_pathv[i], '/') + 1;
        if (rule_find(id) == NULL)
            fail_msg("tests/rules/%s belongs to no rule", id);
    }
    globfree(&found);

    for (size_t i = 0; i < RULE_COUNT; i++) {
        char pattern[512];
        (void)snprintf(pattern, sizeof pattern, LOCKSTEP_SOURCE_DIR "/tests/rules/%s/*.sql",
                       rules[i].rule->id);
        if (glob(pattern, 0, NULL, &found) != 0 || found.gl_pathc < 6)
            fail_msg("%s has fewer than six cases in tests/rules", rules[i].rule->id);
        globfree(&found);
    }
}

/* "-- server 18" in the first line asks for another server version. */
static int
case_version(const char *text)
{
    static const char words[] = "-- server ";
    return strncmp(text, words, strlen(words)) == 0 ? (int)strtol(text + strlen(words), NULL, 10)
                                                    : PG_VERSION;
}

static const char *
write_findings(Arena *arena, const Rule *rule, const LintResult *result)
{
    const char *out = "";

    foreach (finding, &result->findings) {
        if (!concerns(finding, rule))
            continue;
        const LintSource *source = &result->sources.items[finding->file];
        const Position at = line_index_position(source->lines, finding->span.start);
        out = arena_printf(arena, "%s%zu %s%s\n", out, at.line, finding->rule,
                           finding->suppressed != NULL ? " accepted" : "");
    }
    return out;
}

/* The rewrite gives no finding, run in the statement's place. */
static void
assert_rewrite_is_clean(Arena *arena, int version, const StringList *parts, const Finding *finding)
{
    const Rule *rule = rule_find(finding->rule);
    StringList texts = {0};

    for (size_t i = 0; i < finding->file; i++)
        LIST_APPEND(arena, &texts, parts->items[i]);
    const char *text = parts->items[finding->file];
    const Script *script = parse_script(arena, text, strlen(text));
    const size_t before = script->statements.items[finding->statement - 1].span.start;
    LIST_APPEND(arena, &texts, arena_strndup(arena, text, before));
    const size_t replayed = texts.count;

    foreach (step, &finding->rewrite)
        LIST_APPEND(arena, &texts, step->sql);
    const LintResult result = lint_texts_for(arena, rule, version, &texts, replayed);
    if (count_concerning(&result, rule) != 0)
        fail_msg("the rewrite of %s gives\n%s", text + before, lint_words(arena, &result));
}

static const char *
read_text(Arena *arena, const char *path)
{
    const SourceFile *file = source_read(arena, path, SOURCE_MAX_BYTES);

    if (file->broken != NULL)
        fail_msg("%s: %s", path, file->broken);
    return file->text;
}

static void
write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    if (file == NULL) {
        fail_msg("cannot write %s", path);
        return;
    }
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* That the directory of the case is named after. */
static const Rule *
rule_of_case(Arena *arena, const char *path)
{
    const char *end = strrchr(path, '/');
    const char *start = end;
    while (start[-1] != '/')
        start--;
    return rule_find(arena_strndup(arena, start, (size_t)(end - start)));
}

static void
test_case(void **state)
{
    const char *path = *state;
    Arena *arena = arena_new();
    const char *expected_path =
        arena_printf(arena, "%.*sexpected", (int)(strlen(path) - strlen("sql")), path);
    const char *text = read_text(arena, path);
    const StringList parts = split_migrations(arena, text, true);
    const Rule *rule = rule_of_case(arena, path);
    const LintResult result = lint_texts_for(arena, rule, case_version(text), &parts, 0);
    const char *findings = write_findings(arena, rule, &result);

    if (getenv("LOCKSTEP_UPDATE_GOLDEN") != NULL)
        write_text(expected_path, findings);
    assert_string_equal(findings, read_text(arena, expected_path));
    if (strstr(text, "-- rewrite mends only its own finding") == NULL)
        foreach (finding, &result.findings)
            if (finding->rewrite.count > 0)
                assert_rewrite_is_clean(arena, case_version(text), &parts, finding);
    arena_free(arena);
}

typedef struct CaseTests {
    struct CMUnitTest *items;
    size_t count;
} CaseTests;

static void
add_test(CaseTests *tests, const char *name, const char *what, CMUnitTestFunction function,
         const void *subject)
{
    char full[256];

    (void)snprintf(full, sizeof full, "%s%s%s", name, what[0] != '\0' ? ": " : "", what);
    char *copy = strdup(full);
    assert(copy != NULL);
    tests->items[tests->count++] = (struct CMUnitTest){
        .name = copy, .test_func = function, .initial_state = (void *)(uintptr_t)subject};
}

static void
add_rule_tests(CaseTests *tests, const NamedRule *named)
{
    add_test(tests, named->rule->id, "fields", test_fields, named);
    add_test(tests, named->rule->id, "given is quiet", test_given_is_quiet, named);
    add_test(tests, named->rule->id, "bad", test_bad, named);
    add_test(tests, named->rule->id, "good", test_good, named);
    if (named->rule->rewrite != NULL)
        add_test(tests, named->rule->id, "rewrite lints clean", test_rewrite_is_clean, named);
}

int
main(void)
{
    glob_t found = {0};
    (void)glob(LOCKSTEP_SOURCE_DIR "/tests/rules/*/*.sql", 0, NULL, &found);

    CaseTests tests = {.items = calloc(2 + 5 * RULE_COUNT + found.gl_pathc, sizeof *tests.items)};
    if (tests.items == NULL)
        return EXIT_FAILURE;
    add_test(&tests, "list of rules", "", test_list, NULL);
    add_test(&tests, "every rule has cases", "", test_every_rule_has_cases, NULL);
    for (size_t i = 0; i < RULE_COUNT; i++)
        add_rule_tests(&tests, &rules[i]);
    for (size_t i = 0; i < found.gl_pathc; i++)
        add_test(&tests, strstr(found.gl_pathv[i], "tests/rules/"), "", test_case,
                 found.gl_pathv[i]);

    const int failed = _cmocka_run_group_tests("rules", tests.items, tests.count, NULL, NULL);
    for (size_t i = 0; i < tests.count; i++)
        free((char *)(uintptr_t)tests.items[i].name);
    free(tests.items);
    globfree(&found);
    return failed;
}
