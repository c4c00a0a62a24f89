/* SPDX-License-Identifier: MIT */
/*
 * On a real server: what a rule calls bad takes the lock that it names and works under it; its
 * rewrite ends in the same schema, rewrites no table and reads none under a lock that keeps writers
 * out. The same for the rewrites of all cases in tests/rules.
 */
#include <assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parse/parse.h"
#include "support/lint_text.h"
#include "support/pg_script.h"
#include "support/test.h"
#include "support/test_cluster.h"

static PGconn *bad_database;
static PGconn *safe_database;
static int server_major;

/* One test's databases: the statement as it is in one, the rewrite in the other. */
typedef struct Pair {
    Arena *arena;
    PGconn *bad;
    PGconn *safe;
} Pair;

static Pair
pair_open(void)
{
    pg_database_empty(bad_database);
    pg_database_empty(safe_database);
    return (Pair){.arena = arena_new(), .bad = bad_database, .safe = safe_database};
}

static void
pair_close(Pair *pair)
{
    arena_free(pair->arena);
}

static void
assert_same_schema(const Pair *pair, const char *sql)
{
    const char *bad = pg_schema_dump(pair->arena, pair->bad);
    const char *safe = pg_schema_dump(pair->arena, pair->safe);

    if (strcmp(bad, safe) != 0)
        fail_msg("the schemas differ after\n%s\n---- as written\n%s---- rewritten\n%s", sql, bad,
                 safe);
}

/* Values that chance or the clock gives are not compared. */
static void
assert_same_rows(const Pair *pair, const char *sql)
{
    if (strstr(sql, "random") != NULL || strstr(sql, "now()") != NULL)
        return;
    const char *bad = pg_rows_dump(pair->arena, pair->bad);
    const char *safe = pg_rows_dump(pair->arena, pair->safe);

    if (strcmp(bad, safe) != 0)
        fail_msg("the rows differ after\n%s\n---- as written\n%.900s---- rewritten\n%.900s", sql,
                 bad, safe);
}

/* ---- what a statement does while its transaction is open */

typedef struct Seen {
    Arena *arena;
    const char *files;   /* before */
    const char *scanned; /* under a lock that keeps writers out */
    bool rewritten;
    const char *locks; /* on the relation of the finding */
    const Finding *finding;
} Seen;

static bool
table_is_rewritten(const char *before, const char *after)
{
    for (const char *line = before; *line != '\0'; line = strchr(line, '\n') + 1) {
        const size_t oid = strcspn(line, " ");
        const size_t length = strcspn(line, "\n");
        for (const char *other = after; *other != '\0'; other = strchr(other, '\n') + 1)
            if (strncmp(line, other, oid + 1) == 0 && strncmp(line, other, length + 1) != 0)
                return true;
    }
    return false;
}

static void
look(PGconn *connection, const char *sql, void *context)
{
    (void)sql;
    Seen *seen = context;

    seen->scanned = pg_scanned_under_lock(seen->arena, connection);
    seen->rewritten = table_is_rewritten(seen->files, pg_table_files(seen->arena, connection));
    if (seen->finding == NULL)
        return;
    seen->locks =
        pg_lines(seen->arena, connection,
                 arena_printf(seen->arena,
                              "SELECT '<' || mode || '>' FROM pg_locks WHERE pid = pg_backend_pid()"
                              " AND relation = %s::regclass AND granted",
                              sql_literal(seen->arena,
                                          sql_qualified(seen->arena, seen->finding->relation))));
}

static void
run_safe_step(const Pair *pair, const char *sql)
{
    Seen seen = {
        .arena = pair->arena, .files = pg_table_files(pair->arena, pair->safe), .scanned = ""};

    pg_run_migration(pair->arena, pair->safe, sql, look, &seen);
    if (table_is_rewritten(seen.files, pg_table_files(pair->arena, pair->safe)))
        fail_msg("a step of the rewrite rewrites a table:\n%s", sql);
    if (seen.scanned[0] != '\0')
        fail_msg("a step of the rewrite reads a table under a lock: %s%s", seen.scanned, sql);
}

/* ---- the rules' own examples */

static void
run_all(const Pair *pair, PGconn *connection, const char *text)
{
    const StringList parts = split_migrations(pair->arena, text, false);

    foreach (part, &parts)
        pg_run_migration(pair->arena, connection, *part, NULL, NULL);
}

static const Finding *
find_bad(const Pair *pair, const Rule *rule)
{
    StringList texts = split_migrations(pair->arena, rule->given, false);
    const size_t replayed = texts.count;

    LIST_APPEND(pair->arena, &texts, rule->bad);
    const LintResult result = lint_texts_for(pair->arena, rule, server_major, &texts, replayed);
    foreach (finding, &result.findings) {
        if (strcmp(finding->rule, rule->id) == 0)
            return finding;
    }
    fail_msg("%s: %s", rule->id, lint_words(pair->arena, &result));
    return NULL;
}

static bool
runs_in_transaction(Arena *arena, const char *sql)
{
    const Script *script = parse_script(arena, sql, strlen(sql));
    return script->statements.items[0].use == TRANSACTION_USE_ANY;
}

static void
assert_takes_lock(const Pair *pair, const Rule *rule, const Finding *finding)
{
    Seen seen = {.arena = pair->arena,
                 .files = pg_table_files(pair->arena, pair->bad),
                 .scanned = "",
                 .finding = finding};

    pg_run_migration(pair->arena, pair->bad, rule->bad, look, &seen);
    const char *expected = arena_printf(pair->arena, "<%s>", lock_mode(rule->lock));
    if (strstr(seen.locks, expected) == NULL)
        fail_msg("%s: no %s among %s", rule->id, lock_mode(rule->lock), seen.locks);
    for (LockLevel level = rule->lock + 1; level < LOCK_LEVEL_COUNT; level++)
        if (strstr(seen.locks, arena_printf(pair->arena, "<%s>", lock_mode(level))) != NULL)
            fail_msg("%s: takes %s", rule->id, lock_mode(level));
    if (rule->severity == SEVERITY_ERROR && !seen.rewritten && seen.scanned[0] == '\0')
        fail_msg("%s: bad does no work under its lock", rule->id);
}

static void
nap(void)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = 20000000L}, NULL);
}

/* A statement that cannot run in a transaction shows its lock by waiting for it. */
static void
assert_waits_for_lock(const Pair *pair, const Rule *rule, const Finding *finding)
{
    PGconn *blocker = pg_connect_again(pair->bad);
    const char *table = sql_qualified(pair->arena, finding->relation);
    const char *waiting =
        arena_printf(pair->arena, "SELECT mode FROM pg_locks WHERE pid = %d AND NOT granted",
                     PQbackendPID(pair->bad));
    const char *mode = "";

    pg_run(blocker, "BEGIN");
    pg_run(blocker, arena_printf(pair->arena, "LOCK TABLE %s IN ROW EXCLUSIVE MODE", table));
    assert_int_equal(PQsendQuery(pair->bad, rule->bad), 1);
    for (int turn = 0; turn < 250 && mode[0] == '\0'; turn++) {
        nap();
        mode = pg_lines(pair->arena, blocker, waiting);
    }
    assert_string_equal(mode, arena_printf(pair->arena, "%s\n", lock_mode(rule->lock)));
    pg_run(blocker, "COMMIT");
    for (PGresult *result; (result = PQgetResult(pair->bad)) != NULL; PQclear(result))
        assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQfinish(blocker);
}

/* What is an error without a lock to speak of, the server refuses; as long as there are rows, where
 * there is another way to the same schema. */
static void
run_lockless(const Pair *pair, const Rule *rule)
{
    if (rule->severity != SEVERITY_ERROR) {
        pg_run_migration(pair->arena, pair->bad, rule->bad, NULL, NULL);
        return;
    }
    PGresult *result = PQexec(pair->bad, rule->bad);
    assert_int_equal(PQresultStatus(result), PGRES_FATAL_ERROR);
    PQclear(result);
    if (rule->rewrite == NULL)
        return;
    pg_run(pair->bad, "DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class WHERE "
                      "relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP EXECUTE "
                      "format('DELETE FROM %s', t); END LOOP; END $$");
    pg_run_migration(pair->arena, pair->bad, rule->bad, NULL, NULL);
}

static void
run_given(const Pair *pair, PGconn *connection, const Rule *rule)
{
    if (rule->unseen != NULL)
        run_all(pair, connection, rule->unseen);
    run_all(pair, connection, rule->given);
}

static void
test_rule(void **state)
{
    const Rule *rule = *state;
    if (rule->since > server_major)
        skip();
    Pair pair = pair_open();
    const Finding *finding = find_bad(&pair, rule);

    run_given(&pair, pair.bad, rule);
    run_given(&pair, pair.safe, rule);
    if (rule->lock == LOCK_NONE)
        run_lockless(&pair, rule);
    else if (runs_in_transaction(pair.arena, rule->bad))
        assert_takes_lock(&pair, rule, finding);
    else
        assert_waits_for_lock(&pair, rule, finding);

    if (rule->rewrite != NULL) {
        foreach (step, &finding->rewrite)
            run_safe_step(&pair, step->sql);
        assert_same_schema(&pair, rule->bad);
        if (rule->lock != LOCK_NONE || rule->severity != SEVERITY_ERROR)
            assert_same_rows(&pair, rule->bad);
    }
    pair_close(&pair);
}

/* `good` does no work under a lock either. */
static void
test_good(void **state)
{
    const Rule *rule = *state;
    if (rule->since > server_major)
        skip();
    Pair pair = pair_open();
    const StringList good = split_migrations(pair.arena, rule->good, false);

    run_given(&pair, pair.safe, rule);
    foreach (part, &good) {
        if (rule->lock == LOCK_NONE)
            pg_run_migration(pair.arena, pair.safe, *part, NULL, NULL);
        else
            run_safe_step(&pair, *part);
    }
    pair_close(&pair);
}

/* ---- the cases of tests/rules */

static const Finding *
finding_of(const LintResult *result, size_t file, size_t statement)
{
    foreach (finding, &result->findings) {
        if (finding->file == file && finding->statement == statement && finding->rewrite.count > 0)
            return finding;
    }
    return NULL;
}

static bool
has_rewrite(const LintResult *result, size_t file)
{
    foreach (finding, &result->findings) {
        if (finding->file == file && finding->rewrite.count > 0)
            return true;
    }
    return false;
}

/* What the application writes between the steps: the line "-- meanwhile: SQL" of a case, or NULL.
 */
static const char *
find_meanwhile(Arena *arena, const char *text)
{
    static const char words[] = "-- meanwhile: ";
    const char *line = strstr(text, words);

    if (line == NULL)
        return NULL;
    line += strlen(words);
    return arena_strndup(arena, line, strcspn(line, "\n"));
}

/* The application goes on after each step, and as often after the statement as it was written. */
static void
run_steps(const Pair *pair, const Finding *finding, const char *text)
{
    const char *meanwhile = find_meanwhile(pair->arena, text);
    const bool all_safe = strstr(text, "-- rewrite mends only its own finding") == NULL;

    foreach (step, &finding->rewrite) {
        if (all_safe)
            run_safe_step(pair, step->sql);
        else
            pg_run_migration(pair->arena, pair->safe, step->sql, NULL, NULL);
        if (meanwhile == NULL)
            continue;
        pg_run(pair->safe, meanwhile);
        pg_run(pair->bad, meanwhile);
    }
}

/* A migration with its bad statements replaced; what stands between them is a transaction each. */
static void
run_rewritten(const Pair *pair, const LintResult *result, size_t file, const char *text)
{
    if (!has_rewrite(result, file)) {
        pg_run_migration(pair->arena, pair->safe, text, NULL, NULL);
        return;
    }

    const Script *script = parse_script(pair->arena, text, strlen(text));
    pg_run(pair->safe, "BEGIN");
    for (size_t i = 0; i < script->statements.count; i++) {
        const Span span = script->statements.items[i].span;
        const Finding *finding = finding_of(result, file, i + 1);
        if (finding == NULL) {
            pg_run(pair->safe,
                   arena_strndup(pair->arena, text + span.start, span.end - span.start));
            continue;
        }
        pg_run(pair->safe, "COMMIT");
        run_steps(pair, finding, text);
        pg_run(pair->safe, "BEGIN");
    }
    pg_run(pair->safe, "COMMIT");
}

static int
case_version(const char *text)
{
    static const char words[] = "-- server ";
    return strncmp(text, words, strlen(words)) == 0 ? (int)strtol(text + strlen(words), NULL, 10)
                                                    : 0;
}

static void
test_case(void **state)
{
    Pair pair = pair_open();
    const SourceFile *file = source_read(pair.arena, *state, SOURCE_MAX_BYTES);
    assert_null(file->broken);

    if (case_version(file->text) > server_major ||
        strstr(file->text, "-- rewrite is not complete") != NULL ||
        strstr(file->text, "-- not for a server: ") != NULL) {
        pair_close(&pair);
        skip();
    }
    const StringList parts = split_migrations(pair.arena, file->text, false);
    const LintResult result = lint_texts(pair.arena, server_major, &parts, 0);
    for (size_t i = 0; i < parts.count; i++) {
        pg_run_migration(pair.arena, pair.bad, parts.items[i], NULL, NULL);
        run_rewritten(&pair, &result, i, parts.items[i]);
    }
    if (strstr(file->text, "\n-- rewrite differs") == NULL) {
        assert_same_schema(&pair, file->text);
        assert_same_rows(&pair, file->text);
    }
    pair_close(&pair);
}

/* ---- */

typedef struct Tests {
    struct CMUnitTest *items;
    size_t count;
} Tests;

static void
add_test(Tests *tests, const char *name, const char *what, CMUnitTestFunction function,
         const void *subject)
{
    char full[256];

    (void)snprintf(full, sizeof full, "%s%s", name, what);
    char *copy = strdup(full);
    assert(copy != NULL);
    tests->items[tests->count++] = (struct CMUnitTest){
        .name = copy, .test_func = function, .initial_state = (void *)(uintptr_t)subject};
}

static int
run_all_tests(void)
{
    glob_t cases = {0};
    size_t rules = 0;

    while (all_rules[rules] != NULL)
        rules++;
    assert(glob(LOCKSTEP_SOURCE_DIR "/tests/rules/*/*.sql", 0, NULL, &cases) == 0);
    Tests tests = {.items = calloc(2 * rules + cases.gl_pathc, sizeof *tests.items)};
    assert(tests.items != NULL);

    for (size_t i = 0; i < rules; i++) {
        add_test(&tests, all_rules[i]->id, ": lock and rewrite", test_rule, all_rules[i]);
        add_test(&tests, all_rules[i]->id, ": good", test_good, all_rules[i]);
    }
    for (size_t i = 0; i < cases.gl_pathc; i++)
        add_test(&tests, strstr(cases.gl_pathv[i], "tests/rules/"), "", test_case,
                 cases.gl_pathv[i]);

    const int failed = _cmocka_run_group_tests("rewrites", tests.items, tests.count, NULL, NULL);
    for (size_t i = 0; i < tests.count; i++)
        free((char *)(uintptr_t)tests.items[i].name);
    free(tests.items);
    globfree(&cases);
    return failed;
}

int
main(void)
{
    const char *conninfo = test_cluster_conninfo();

    bad_database = pg_database_new(conninfo, "rewrites_bad");
    safe_database = pg_database_new(conninfo, "rewrites_safe");
    server_major = PQserverVersion(bad_database) / 10000;
    pg_run(bad_database, "SET allow_in_place_tablespaces = on");
    pg_run(bad_database, "CREATE TABLESPACE fast_disk LOCATION ''");
    pg_run(bad_database, "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler");
    pg_run(safe_database, "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler");
    const int failed = run_all_tests();
    PQfinish(bad_database);
    PQfinish(safe_database);
    return failed;
}
