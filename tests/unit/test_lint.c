/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lint/lint.h"
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

static SourceFile *
source_of(const char *path, const char *text)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file = (SourceFile){.path = path, .text = text, .length = strlen(text)};
    return file;
}

/* One more migration; a NULL text is a file that is missing. */
static void
add(DiscoveredFiles *files, const char *up, const char *down, bool reported)
{
    const char *version = arena_printf(arena, "%zu", files->migrations.count + 1);
    Migration migration = {.version = version, .version_text = version, .name = "m"};
    if (down == NULL)
        migration.down_words = arena_printf(arena, "%s_m.down.sql", version);
    if (up != NULL)
        migration.up = source_of(arena_printf(arena, "%s_m.up.sql", version), up);
    if (down != NULL)
        migration.down = source_of(arena_printf(arena, "%s_m.down.sql", version), down);
    LIST_APPEND(arena, &files->migrations, migration);
    LIST_APPEND(arena, &files->reported_up, reported);
    LIST_APPEND(arena, &files->reported_down, reported);
}

/* "1_m.up.sql:2:1 create-index-blocks-writes #2" for each finding, with a blank between. */
static const char *
words_of(const LintResult *result)
{
    const char *words = "";
    foreach (finding, &result->findings) {
        const LintSource *source = &result->sources.items[finding->file];
        Position at = line_index_position(source->lines, finding->span.start);
        /* That has a test of its own. */
        if (strcmp(finding->rule, FINDING_DOWN_DIFFERS) == 0)
            continue;
        words =
            arena_printf(arena, "%s%s%s:%zu:%zu %s #%zu", words, *words == '\0' ? "" : " ",
                         source->file->path, at.line, at.column, finding->rule, finding->statement);
    }
    return words;
}

/* What is tested here is how files are read; the rules that are errors show it. */
static const LintPolicy *
errors_only(void)
{
    LintPolicy *policy = ARENA_NEW(arena, LintPolicy);
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (all_rules[i]->severity == SEVERITY_ERROR)
            continue;
        RulePolicy *said = policy_add(arena, policy, all_rules[i]->id);
        said->says_severity = true;
        said->severity = SEVERITY_OFF;
    }
    return policy;
}

static LintResult
lint(const DiscoveredFiles *files)
{
    const LintOptions options = {.pg_version = 17, .today = "2026-11-21", .policy = errors_only()};
    LintResult result;
    lint_run(arena, &options, files, &result);
    return result;
}

static void
check(const DiscoveredFiles *files, const char *expected)
{
    LintResult result = lint(files);
    assert_string_equal(words_of(&result), expected);
}

static void
check_one(const char *up, const char *expected)
{
    DiscoveredFiles files = {0};
    add(&files, up, "", true);
    check(&files, expected);
}

static void
a_table_is_new_only_in_its_own_transaction(void **state)
{
    (void)state;
    static const char both[] = "CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);";
    check_one(both, "");
    check_one("CREATE TEMP TABLE t (a int); COMMIT; CREATE INDEX i ON t (a);", "");
    check_one("CREATE TABLE t (a int);\nCOMMIT;\nCREATE INDEX i ON t (a);",
              "1_m.up.sql:3:1 create-index-blocks-writes #3");
    check_one(arena_printf(arena, "-- lockstep: no-transaction\n%s", both),
              "1_m.up.sql:3:1 create-index-blocks-writes #2");

    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE t (a int);", "DROP TABLE t;", true);
    add(&files, "CREATE INDEX i ON t (a);", "DROP INDEX CONCURRENTLY i;", true);
    check(&files, "2_m.up.sql:1:1 create-index-blocks-writes #1");
}

static void
a_table_that_the_history_never_made_is_populated(void **state)
{
    (void)state;
    check_one("CREATE INDEX i ON unheard_of (a);", "1_m.up.sql:1:1 create-index-blocks-writes #1");
}

/* varchar(10) to varchar(20) is known to be cheap only where the old type is known. */
static void
a_down_is_linted_after_its_up_and_then_forgotten(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE t (a varchar(10));", "CREATE INDEX i ON t (a); DROP TABLE t;", true);
    add(&files, "ALTER TABLE t ALTER a TYPE varchar(20);", "", true);
    check(&files, "1_m.down.sql:1:1 create-index-blocks-writes #1");
}

static void
what_is_not_reported_is_still_replayed(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE t (a varchar(10)); CREATE INDEX x ON unheard_of (a);", NULL, false);
    add(&files, "ALTER TABLE t ALTER a TYPE varchar(20);", "", true);
    LintResult result = lint(&files);
    assert_string_equal(words_of(&result), "");
    assert_int_equal(result.sources.count, 2);
    assert_int_equal(result.statements, 1);

    files = (DiscoveredFiles){0};
    add(&files, "", "", false);
    add(&files, "ALTER TABLE t ALTER a TYPE varchar(20);", "", true);
    assert_int_equal(lint(&files).findings.count, 1);
}

static void
a_syntax_error_has_its_place_and_spares_the_other_files(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "CREATE INDEX i ON t (a);\nCREATE TABEL u ();", "", true);
    add(&files, "CREATE INDEX j ON t (a);", "", true);
    LintResult result = lint(&files);
    assert_string_equal(words_of(&result), "1_m.up.sql:1:1 create-index-blocks-writes #1 "
                                           "1_m.up.sql:2:8 syntax-error #2 "
                                           "2_m.up.sql:1:1 create-index-blocks-writes #1");
    assert_string_equal(result.findings.items[1].message, "syntax error at or near \"TABEL\"");
    assert_int_equal(result.findings.items[1].severity, SEVERITY_ERROR);
}

static void
a_broken_file_is_a_finding(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "", "", true);
    files.migrations.items[0].up->broken = "is not UTF-8: byte 0xE9 at offset 3 (line 1)";
    files.migrations.items[0].up->broken_hint = "Convert the file to UTF-8.";
    add(&files, "CREATE INDEX j ON t (a);", "", true);
    LintResult result = lint(&files);
    assert_string_equal(words_of(&result), "1_m.up.sql:1:1 unreadable-file #0 "
                                           "2_m.up.sql:1:1 create-index-blocks-writes #1");
    assert_non_null(strstr(result.findings.items[0].message, "1_m.up.sql is not UTF-8"));
}

static void
a_missing_down_is_a_warning_unless_it_was_meant(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "SELECT 1;", NULL, true);
    LintResult result = lint(&files);
    assert_string_equal(words_of(&result), "1_m.up.sql:1:1 missing-down #0");
    assert_int_equal(result.findings.items[0].severity, SEVERITY_WARNING);

    files = (DiscoveredFiles){0};
    add(&files, "-- lockstep: irreversible: the data is gone\nSELECT 1;", NULL, true);
    check(&files, "");

    files.migrations.items[0].up->text = "SELECT 1;";
    files.migrations.items[0].up->length = 9;
    files.migrations.items[0].down_words = NULL;
    check(&files, "");
}

static void
transactions_that_cannot_be_followed_are_errors(void **state)
{
    (void)state;
    check_one("SELECT 1;\nROLLBACK;", "1_m.up.sql:2:1 transaction-control #2");
    check_one("BEGIN;\nSELECT 1;", "1_m.up.sql:1:1 transaction-control #1");
    check_one("BEGIN;\nSELECT 1;\nCOMMIT;", "");
}

/* The second subcommand is told that the first one holds the table already, and the other way
 * round. */
static void
locks_are_held_to_the_end_of_the_transaction(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ALTER TABLE t ADD b int; CREATE INDEX i ON t (a);",
        "BEGIN; ALTER TABLE t ADD b int; COMMIT; CREATE INDEX i ON t (a);",
        "ALTER TABLE u ADD b int; CREATE INDEX i ON t (a);",
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (a), ADD b int;",
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (a), ENABLE ROW LEVEL SECURITY;",
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (a);",
    };
    static const bool exclusive[] = {true, false, false, true, true, false};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        DiscoveredFiles files = {0};
        add(&files, texts[i], "", true);
        LintResult result = lint(&files);
        assert_int_equal(result.count[SEVERITY_ERROR], 1);
        const char *message = result.findings.items[0].message;
        if ((strstr(message, "ACCESS EXCLUSIVE on") != NULL) != exclusive[i])
            fail_msg("%s\n%s", texts[i], message);
    }
}

static void
findings_are_counted(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files,
        "CREATE INDEX i ON t (a);\n"
        "-- lockstep: allow create-index-blocks-writes: small\n"
        "CREATE INDEX j ON t (a);",
        NULL, true);
    LintResult result = lint(&files);
    assert_int_equal(result.count[SEVERITY_ERROR], 1);
    assert_int_equal(result.count[SEVERITY_WARNING], 1);
    assert_int_equal(result.suppressed, 1);
    assert_int_equal(result.statements, 2);
    assert_int_equal(result.sources.items[0].statements, 2);
    assert_int_equal(result.pg_version, 17);
}

static void
a_finding_says_relation_lock_and_rewrite(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "CREATE INDEX i ON t (a);", "", true);
    const Finding finding = lint(&files).findings.items[0];
    assert_string_equal(finding.relation.schema, "public");
    assert_string_equal(finding.relation.name, "t");
    assert_int_equal(finding.lock, LOCK_SHARE);
    assert_int_equal(finding.rewrite.count, 1);
    assert_false(finding.rewrite.items[0].in_transaction);
    assert_string_equal(finding.rewrite.items[0].sql, "CREATE INDEX CONCURRENTLY i ON t (a);");
}

/* The index of a text without findings is never made. */
static void
lines_are_counted_only_where_somebody_asks(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "SELECT 1;", "CREATE INDEX i ON t (a);", true);
    LintResult result = lint(&files);
    assert_null(result.sources.items[0].lines);
    assert_non_null(result.sources.items[1].lines);
}

static void
rules_are_found_by_id(void **state)
{
    (void)state;
    assert_string_equal(rule_find("create-index-blocks-writes")->id, "create-index-blocks-writes");
    assert_null(rule_find("create-index"));
    for (size_t i = 1; all_rules[0] != NULL && all_rules[i] != NULL; i++)
        assert_true(strcmp(all_rules[i - 1]->id, all_rules[i]->id) < 0);
}

/* ---- what two transactions do to each other, and what the server refuses */

static void
locks_in_another_order_are_told_of_once(void **state)
{
    (void)state;
    static const char turned[] = "ALTER TABLE b ADD COLUMN z int;\nALTER TABLE a ADD COLUMN z int;";
    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE a (x int); CREATE TABLE b (x int);", "", true);
    add(&files, "ALTER TABLE a ADD COLUMN y int; ALTER TABLE b ADD COLUMN y int;", "", true);
    add(&files, turned, "", true);
    add(&files,
        "ALTER TABLE b DROP CONSTRAINT IF EXISTS c;\n"
        "ALTER TABLE a DROP CONSTRAINT IF EXISTS c;",
        "", true);
    check(&files, "3_m.up.sql:2:15 lock-order #2");
}

static void
locks_that_never_meet_have_no_order(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE a (x int); CREATE TABLE b (x int);", "", true);
    add(&files, "ALTER TABLE a ADD COLUMN y int; ALTER TABLE b ADD COLUMN y int;", "", true);
    add(&files, "ALTER TABLE b ADD COLUMN z int; COMMIT; ALTER TABLE a ADD COLUMN z int;", "",
        true);
    add(&files, "ALTER TABLE b SET (fillfactor = 50); ALTER TABLE a ADD COLUMN u int;",
        "ALTER TABLE b ADD COLUMN v int; ALTER TABLE a ADD COLUMN v int;", true);
    check(&files, "");
}

static void
what_the_server_refuses_is_an_error(void **state)
{
    (void)state;
    check_one("CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN a int;",
              "1_m.up.sql:2:15 refused-by-server #2");
    check_one("CREATE TYPE e AS ENUM ('a'); COMMIT;\nALTER TYPE e ADD VALUE 'b';\n"
              "CREATE TABLE t (x e DEFAULT 'b');",
              "1_m.up.sql:3:1 refused-by-server #4");
    check_one("CREATE TABLE t (a int);\n"
              "-- lockstep: allow refused-by-server: the column is dropped by hand\n"
              "ALTER TABLE t ADD COLUMN a int;",
              "1_m.up.sql:3:15 refused-by-server #2");
    check_one("DO $$ BEGIN ALTER TABLE t ADD a int; EXCEPTION WHEN others THEN NULL; END $$;", "");
}

/* Nobody knows what it would have done. */
static void
behind_a_broken_statement_nothing_is_foreseen(void **state)
{
    (void)state;
    check_one("CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN a int;\nALTER TABEL t DROP b;",
              "1_m.up.sql:2:15 refused-by-server #2 1_m.up.sql:3:7 syntax-error #3");
    check_one("CREATE TABLE t (a int);\nALTER TABEL t DROP a;\nALTER TABLE t ADD COLUMN a int;",
              "1_m.up.sql:2:7 syntax-error #2");

    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE t (a int);", "ALTER TABEL t DROP a;", true);
    add(&files, "ALTER TABLE t ADD COLUMN a int;", "", true);
    check(&files, "1_m.down.sql:1:7 syntax-error #1 2_m.up.sql:1:15 refused-by-server #1");
}

static const char *
attached_copy(const char *including)
{
    return arena_printf(arena,
                        "CREATE TABLE p (day date NOT NULL, note text CHECK (note <> '')) "
                        "PARTITION BY RANGE (day);\nCREATE TABLE c (LIKE p%s);\n"
                        "ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM ('2025-01-01') TO "
                        "('2026-01-01');",
                        including);
}

/* A copy has what it is said to include. */
static void
like_takes_along_what_it_includes(void **state)
{
    (void)state;
    check_one(attached_copy(" INCLUDING CONSTRAINTS"), "");
    check_one(attached_copy(""), "1_m.up.sql:3:15 refused-by-server #3");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_is_new_only_in_its_own_transaction),
        TEST(locks_in_another_order_are_told_of_once),
        TEST(locks_that_never_meet_have_no_order),
        TEST(what_the_server_refuses_is_an_error),
        TEST(behind_a_broken_statement_nothing_is_foreseen),
        TEST(like_takes_along_what_it_includes),
        TEST(a_table_that_the_history_never_made_is_populated),
        TEST(a_down_is_linted_after_its_up_and_then_forgotten),
        TEST(what_is_not_reported_is_still_replayed),
        TEST(a_syntax_error_has_its_place_and_spares_the_other_files),
        TEST(a_broken_file_is_a_finding),
        TEST(a_missing_down_is_a_warning_unless_it_was_meant),
        TEST(transactions_that_cannot_be_followed_are_errors),
        TEST(locks_are_held_to_the_end_of_the_transaction),
        TEST(findings_are_counted),
        TEST(a_finding_says_relation_lock_and_rewrite),
        TEST(lines_are_counted_only_where_somebody_asks),
        TEST(rules_are_found_by_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
