/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lint/explain.h"
#include "support/explain_case.h"
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

static void
add(DiscoveredFiles *files, const char *up, bool reported)
{
    const Migration migration = {
        .version = "", .version_text = "", .name = "m", .up = source_of("m.sql", up)};
    LIST_APPEND(arena, &files->migrations, migration);
    LIST_APPEND(arena, &files->reported_up, reported);
    LIST_APPEND(arena, &files->reported_down, false);
}

static ExplainResult
explain(const char *schema, const char *text)
{
    ExplainResult result = explain_case(arena, 17, schema, text);
    assert_int_equal(result.files.count, 1);
    return result;
}

static const char *
effect_words(const LockEffect *effect)
{
    return arena_printf(arena, "%s%s %s%s%s%s", effect->existed ? "" : "new ",
                        sql_qualified(arena, effect->relation), lock_words(effect->level),
                        effect->rewrites ? " rewrite" : "", effect->scans ? " scan" : "",
                        effect->builds_index ? " build" : "");
}

/* "1:1 ALTER TABLE tx [public.t ACCESS EXCLUSIVE scan]; …": number, line, kind, whether in a
 * transaction; "?" before the effects where not all is known, the refusal behind them. */
static const char *
words_of(const ExplainResult *result)
{
    const char *words = "";
    foreach (statement, &result->files.items[0].statements) {
        words = arena_printf(arena, "%s%s%zu:%zu %s%s%s", words, *words == '\0' ? "" : "; ",
                             statement->number, statement->line, statement->kind,
                             statement->in_transaction ? " tx" : "", statement->known ? "" : " ?");
        foreach (effect, &statement->effects)
            words = arena_printf(arena, "%s [%s]", words, effect_words(effect));
        if (statement->error != NULL)
            words = arena_printf(arena, "%s !%s", words, statement->error);
    }
    return words;
}

/* "1-3: public.t SHARE since 2; …" for each transaction that holds something. */
static const char *
held_words(const ExplainResult *result)
{
    const char *words = "";
    foreach (transaction, &result->files.items[0].transactions) {
        words = arena_printf(arena, "%s%s%zu-%zu:", words, *words == '\0' ? "" : "; ",
                             transaction->first, transaction->last);
        foreach (lock, &transaction->held)
            words = arena_printf(arena, "%s %s%s %s since %zu (line %zu)%s", words,
                                 lock->existed ? "" : "new ", sql_qualified(arena, lock->relation),
                                 lock_words(lock->level), lock->since, lock->since_line,
                                 lock->until == 0 ? ""
                                                  : arena_printf(arena, " until %zu", lock->until));
    }
    return words;
}

static void
check(const char *schema, const char *text, const char *expected)
{
    ExplainResult result = explain(schema, text);
    assert_string_equal(words_of(&result), expected);
}

static void
check_held(const char *text, const char *expected)
{
    ExplainResult result = explain("CREATE TABLE t (a int); CREATE TABLE u (a int);", text);
    assert_string_equal(held_words(&result), expected);
}

static void
the_operations_of_a_statement_are_one_effect_per_relation(void **state)
{
    (void)state;
    static const char schema[] = "CREATE TABLE t (a varchar(9)); CREATE TABLE u (a int);";
    check(schema, "ALTER TABLE t ADD b int, ADD c uuid DEFAULT gen_random_uuid();",
          "1:1 ALTER TABLE tx [public.t ACCESS EXCLUSIVE rewrite scan]");
    check(schema, "ALTER TABLE t ADD b int, ALTER a SET NOT NULL;",
          "1:1 ALTER TABLE tx [public.t ACCESS EXCLUSIVE scan]");
    check(schema, "ALTER TABLE t ADD b int, ADD UNIQUE (a);",
          "1:1 ALTER TABLE tx [public.t ACCESS EXCLUSIVE scan build]");
    check(schema, "\nDROP TABLE t, u;",
          "1:2 DROP TABLE tx [public.t ACCESS EXCLUSIVE] [public.u ACCESS EXCLUSIVE]");
}

static void
the_reason_is_that_of_the_heavier_work(void **state)
{
    (void)state;
    ExplainResult result =
        explain("CREATE TABLE t (a varchar(9));",
                "ALTER TABLE t ADD b int, ADD c uuid DEFAULT gen_random_uuid();");
    const LockEffect *effect = &result.files.items[0].statements.items[0].effects.items[0];
    assert_non_null(strstr(effect->reason, "volatile"));
}

static void
what_the_schema_file_has_existed_before(void **state)
{
    (void)state;
    static const char dump[] = "SET search_path = archive;\n"
                               "\\restrict x\n"
                               "CREATE TABLE public.t (a int);\n"
                               "COPY public.t (a) FROM stdin;\n1\n\\.\n";
    check(dump, "CREATE INDEX i ON t (a);", "1:1 CREATE INDEX tx [public.t SHARE scan build]");
    check("CREATE TABLE t (a int);", "CREATE TABLE t2 (a int); CREATE INDEX ON t2 (a);",
          "1:1 CREATE TABLE tx [new public.t2 ACCESS EXCLUSIVE]; "
          "2:1 CREATE INDEX tx [new public.t2 SHARE scan build]");
}

/* Without a schema file, a table that no migration makes may well exist. */
static void
what_no_file_has_does_not_exist_beside_a_schema_file(void **state)
{
    (void)state;
    check("CREATE TABLE t (a int);", "DROP TABLE IF EXISTS nosuch;", "1:1 DROP TABLE tx");
    check(NULL, "DROP TABLE IF EXISTS nosuch;",
          "1:1 DROP TABLE tx [public.nosuch ACCESS EXCLUSIVE]");
}

static void
the_rest_of_a_broken_schema_file_counts(void **state)
{
    (void)state;
    ExplainResult result =
        explain("CREATE TABLE t (a int);\nCREATE TABEL u (a int);", "DROP TABLE IF EXISTS t, u;");
    assert_string_equal(words_of(&result), "1:1 DROP TABLE tx [public.t ACCESS EXCLUSIVE]");
    assert_int_equal(result.schema_errors.count, 1);
    assert_int_equal(result.schema_errors.items[0].span.start, 31);
}

static void
refusals_are_foreseen(void **state)
{
    (void)state;
    check("CREATE TABLE t (a int);", "BEGIN;\nVACUUM t;\nCOMMIT;\nVACUUM t;",
          "1:1 BEGIN; 2:2 VACUUM [public.t SHARE UPDATE EXCLUSIVE] "
          "!VACUUM cannot run between BEGIN and COMMIT; 3:3 COMMIT; "
          "4:4 VACUUM [public.t SHARE UPDATE EXCLUSIVE]");
    check(NULL, "SET a.b = 1;\nselekt;\nSET a.b = 2;",
          "1:1 SET tx; 2:2 unknown statement ? !syntax error at or near \"selekt\"; 2:3 SET tx");
}

static void
what_cannot_be_told_is_said(void **state)
{
    (void)state;
    check(NULL, "DO $$ BEGIN PERFORM 1; END $$;", "1:1 DO tx");
    check(NULL, "DO $$ BEGIN EXECUTE x; END $$;", "1:1 DO tx ?");
    check("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
          "SELECT f(); SELECT lower('A'); CALL p();",
          "1:1 SELECT tx; 2:1 SELECT tx; 3:1 CALL tx ?");
    check("CREATE TABLE a (b int);",
          "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'a') THEN DROP TABLE a; "
          "END IF; END $$;",
          "1:1 DO tx");
    check("CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1';", "SELECT f();",
          "1:1 SELECT tx ?");
    ExplainResult result = explain(NULL, "ALTER TABLE t VALIDATE CONSTRAINT c;");
    const ExplainedStatement *statement = &result.files.items[0].statements.items[0];
    assert_false(statement->known);
    assert_non_null(strstr(statement->unknown, "not in the history"));
}

static void
a_transaction_holds_what_its_statements_took(void **state)
{
    (void)state;
    check_held("LOCK TABLE t IN SHARE MODE;\nLOCK TABLE u IN SHARE MODE;\n"
               "LOCK TABLE t IN ROW SHARE MODE;\nDROP TABLE t;",
               "1-4: public.t SHARE since 1 (line 1) public.u SHARE since 2 (line 2) "
               "public.t ACCESS EXCLUSIVE since 4 (line 4)");
    check_held("LOCK TABLE t IN SHARE MODE; VACUUM u; CREATE TABLE v (a int);",
               "1-1: public.t SHARE since 1 (line 1); "
               "3-3: new public.v ACCESS EXCLUSIVE since 3 (line 1)");
    check_held("-- lockstep: no-transaction\nDROP TABLE t; DROP TABLE u;",
               "1-1: public.t ACCESS EXCLUSIVE since 1 (line 2); "
               "2-2: public.u ACCESS EXCLUSIVE since 2 (line 2)");
}

static void
a_savepoint_gives_locks_back(void **state)
{
    (void)state;
    check_held("LOCK TABLE t IN SHARE MODE; SAVEPOINT a; DROP TABLE t; LOCK TABLE u IN SHARE MODE;"
               "ROLLBACK TO a; LOCK TABLE u IN ROW SHARE MODE;",
               "1-6: public.t SHARE since 1 (line 1) public.t ACCESS EXCLUSIVE since 3 (line 1)"
               " until 5 public.u SHARE since 4 (line 1) until 5"
               " public.u ROW SHARE since 6 (line 1)");
    check_held("SAVEPOINT a; LOCK TABLE t IN SHARE MODE; RELEASE a;",
               "1-3: public.t SHARE since 2 (line 1)");
}

static void
what_is_rolled_back_never_was(void **state)
{
    (void)state;
    check("CREATE TABLE t (a int);",
          "BEGIN; ALTER TABLE t RENAME TO u; ROLLBACK; ALTER TABLE t ADD b int;",
          "1:1 BEGIN; 2:1 ALTER TABLE tx [public.t ACCESS EXCLUSIVE]; 3:1 ROLLBACK; "
          "4:1 ALTER TABLE tx [public.t ACCESS EXCLUSIVE]");
}

/* The history does not have it, so it has no number. */
static void
an_unheard_of_table_is_held_once(void **state)
{
    (void)state;
    check_held("SELECT 1 FROM x; SELECT 2 FROM x;", "1-2: public.x ACCESS SHARE since 1 (line 1)");
}

static void
earlier_migrations_are_replayed_and_not_explained(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "CREATE TABLE t (a int);", false);
    add(&files, "CREATE INDEX i ON t (a);", true);
    const ReadingOptions options = {.pg_version = 17};
    ExplainResult result;
    explain_run(arena, &options, &files, &result);
    assert_int_equal(result.files.count, 1);
    assert_string_equal(words_of(&result), "1:1 CREATE INDEX tx [public.t SHARE scan build]");
}

static void
a_broken_file_has_no_statements(void **state)
{
    (void)state;
    DiscoveredFiles files = {0};
    add(&files, "", true);
    files.migrations.items[0].up->broken = "is not UTF-8";
    const ReadingOptions options = {.pg_version = 17};
    ExplainResult result;
    explain_run(arena, &options, &files, &result);
    assert_int_equal(result.files.count, 1);
    assert_int_equal(result.files.items[0].statements.count, 0);
}

static void
a_renamed_table_is_the_one_that_others_know(void **state)
{
    (void)state;
    check_held("ALTER TABLE t RENAME TO old; ALTER TABLE u RENAME TO t; DROP TABLE old;",
               "1-3: public.t ACCESS EXCLUSIVE since 1 (line 1) public.u ACCESS EXCLUSIVE since 2 "
               "(line 1)");
}

static void
a_rule_may_do_anything(void **state)
{
    (void)state;
    check(
        "CREATE TABLE t (a int); CREATE TABLE log (a int); CREATE RULE r AS ON INSERT TO t DO ALSO "
        "INSERT INTO log VALUES (NEW.a);",
        "INSERT INTO t VALUES (1); DELETE FROM t;",
        "1:1 INSERT tx ? [public.t ROW EXCLUSIVE]; 2:1 DELETE tx [public.t ROW EXCLUSIVE scan]");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rule_may_do_anything, begin, end),
        cmocka_unit_test_setup_teardown(a_renamed_table_is_the_one_that_others_know, begin, end),
        cmocka_unit_test_setup_teardown(a_savepoint_gives_locks_back, begin, end),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_never_was, begin, end),
        cmocka_unit_test_setup_teardown(the_operations_of_a_statement_are_one_effect_per_relation,
                                        begin, end),
        cmocka_unit_test_setup_teardown(the_reason_is_that_of_the_heavier_work, begin, end),
        cmocka_unit_test_setup_teardown(what_the_schema_file_has_existed_before, begin, end),
        cmocka_unit_test_setup_teardown(what_no_file_has_does_not_exist_beside_a_schema_file, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_rest_of_a_broken_schema_file_counts, begin, end),
        cmocka_unit_test_setup_teardown(refusals_are_foreseen, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_told_is_said, begin, end),
        cmocka_unit_test_setup_teardown(a_transaction_holds_what_its_statements_took, begin, end),
        cmocka_unit_test_setup_teardown(an_unheard_of_table_is_held_once, begin, end),
        cmocka_unit_test_setup_teardown(earlier_migrations_are_replayed_and_not_explained, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_broken_file_has_no_statements, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
