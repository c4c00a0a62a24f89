/* SPDX-License-Identifier: MIT */
/*
 * A schema is the same however it comes in: as the SQL that made it, as pg_dump writes it, and from
 * the live catalog. On every server of this machine, `explain` is asked the same statements, a few
 * for everything that the schema has, with each of the three before them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "db/live_schema.h"
#include "oracle/oracle_judge.h"
#include "oracle/oracle_run.h"
#include "support/explain_case.h"
#include "support/pg_script.h"
#include "support/test.h"

#define SCHEMAS LOCKSTEP_SOURCE_DIR "/tests/integration/schemas/"
#define SKIPPED 77
#define LARGEST ((size_t)1024 * 1024)
#define SHOWN 10
#define STEP 20

/* As in the settings of the oracle's servers. */
#define ZONE "ALTER DATABASE oracle SET \"TimeZone\" TO 'Europe/Berlin';\n"

static const char *
read_file(Arena *arena, const char *name)
{
    Error err = {0};
    FileBytes bytes = {0};
    if (!file_read(arena, arena_printf(arena, SCHEMAS "%s", name), LARGEST, &bytes, &err))
        fail_msg("%s", err.message);
    return bytes.bytes;
}

/* Leaves out the parts behind a line `--- from N` that this version does not know. */
static const char *
schema_for(Arena *arena, int major)
{
    static const char marker[] = "\n--- from ";
    const char *text = read_file(arena, "workshop.sql");
    const char *kept = ZONE;
    int since = 0;
    while (text != NULL) {
        const char *next = strstr(text, marker);
        size_t length = next != NULL ? (size_t)(next - text) : strlen(text);
        if (major >= since)
            kept = arena_printf(arena, "%s%.*s\n", kept, (int)length, text);
        since = next != NULL ? (int)strtol(next + strlen(marker), NULL, 10) : 0;
        text = next != NULL ? strchr(next + 1, '\n') : NULL;
    }
    return kept;
}

/* ---- the three */

static const char *
read_live(Arena *arena, const char *conninfo)
{
    Error err = {0};
    Db *db = NULL;
    LiveSchema live = {0};
    const DbOptions options = {.conninfo = conninfo, .read_only = true};
    if (!db_open(&options, &db, &err) || !live_schema_read(arena, db, &live, &err))
        fail_msg("%s\n%s", err.message, err.detail);
    assert_false(db_in_transaction(db));
    db_close(db);
    return live.text;
}

/* NULL where this machine has no pg_dump that is new enough. */
static const char *
find_pg_dump(Arena *arena, int major)
{
    StringList directories = oracle_server_directories(arena);
    foreach (directory, &directories) {
        const char *path = file_join(arena, *directory, "pg_dump");
        if (oracle_server_major(*directory) >= major && access(path, X_OK) == 0)
            return path;
    }
    return NULL;
}

static const char *
read_dump(Arena *arena, const char *pg_dump, const char *conninfo)
{
    char path[] = "/tmp/lockstep-dump-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    pid_t child = fork();
    if (child == 0) {
        execl(pg_dump, pg_dump, "--schema-only", "--create", "-f", path, "-d", conninfo, NULL);
        _exit(99);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    Error err = {0};
    FileBytes bytes = {0};
    if (!file_read(arena, path, LARGEST, &bytes, &err))
        fail_msg("%s", err.message);
    (void)remove(path);
    return bytes.bytes;
}

/* ---- what explain says */

static int
by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The catalog names the schema of all that has one; SQL mostly does not. */
static const char *
without_public(Arena *arena, const char *words)
{
    static const char name[] = "public.";
    char *result = arena_strdup(arena, words);
    char *end = result;
    for (const char *at = words; *at != '\0';) {
        if (strncmp(at, name, strlen(name)) == 0)
            at += strlen(name);
        else
            *end++ = *at++;
    }
    *end = '\0';
    return result;
}

static const char *
statement_words(Arena *arena, const ExplainedStatement *statement)
{
    StringList lines = {0};
    foreach (effect, &statement->effects)
        LIST_APPEND(arena, &lines,
                    arena_printf(arena, "\n    %s %s %s%s%s%s (%s)",
                                 relation_kind_words(effect->kind),
                                 sql_qualified(arena, effect->relation), lock_words(effect->level),
                                 effect->rewrites ? " rewrite" : "", effect->scans ? " scan" : "",
                                 effect->builds_index ? " build" : "", effect->reason));
    if (lines.count > 0)
        qsort(lines.items, lines.count, sizeof *lines.items, by_text);
    /* Which of several reasons comes first, the order of the tables decides. */
    const char *words = statement->error != NULL ? "refused" : "";
    words = arena_printf(arena, "%s %s", words, statement->known ? "" : statement->unknown);
    foreach (line, &lines)
        words = arena_printf(arena, "%s%s", words, *line);
    return without_public(arena, words);
}

typedef struct Answers {
    const char *name;
    ExplainResult result;
} Answers;

static Answers
ask(Arena *arena, const char *name, int major, const char *schema, const char *migration)
{
    Answers answers = {name, explain_case(arena, major, schema, migration)};
    foreach (error, &answers.result.schema_errors)
        print_error("%s: %s\n", name, error->message);
    assert_int_equal(answers.result.schema_errors.count, 0);
    return answers;
}

/* Each statement finds the schema as it was. */
static const char *
migration_of(Arena *arena, PGconn *connection)
{
    const char *sql = read_file(arena, "statements.sql");
    PGresult *rows = PQexec(connection, sql);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    assert_true(PQntuples(rows) > 1000);
    for (int row = 0; row < PQntuples(rows); row++)
        fprintf(out, "SAVEPOINT s; %s; ROLLBACK TO s;\n", PQgetvalue(rows, row, 0));
    assert_int_equal(fclose(out), 0);
    PQclear(rows);
    const char *kept = arena_strndup(arena, text, length);
    free(text);
    return kept;
}

static size_t
compare(Arena *arena, const char *migration, const Answers *expected, const Answers *other)
{
    size_t differ = 0;
    const ExplainedFile *file = &expected->result.files.items[0];
    assert_int_equal(file->statements.count, other->result.files.items[0].statements.count);
    for (size_t i = 0; i < file->statements.count; i++) {
        const ExplainedStatement *statement = &file->statements.items[i];
        /* What the SQL leaves open, the catalog may know; whether VACUUM has been through a table
         * since its rows were written, only the SQL tells. */
        if (!statement->known || strcmp(statement->kind, "VACUUM") == 0)
            continue;
        const char *a = statement_words(arena, statement);
        const char *b = statement_words(arena, &other->result.files.items[0].statements.items[i]);
        if (strcmp(a, b) == 0 || differ++ >= SHOWN)
            continue;
        fprintf(stderr, "%.*s\n  with %s: %s\n  with %s: %s\n",
                (int)(statement->span.end - statement->span.start),
                migration + statement->span.start, expected->name, a, other->name, b);
    }
    return differ;
}

/* ---- */

static size_t
compare_on(Arena *arena, OracleServer *server)
{
    int major = server->cluster.major;
    const char *schema = schema_for(arena, major);
    pg_run(server->admin, schema);
    const char *migration = migration_of(arena, server->admin);
    const char *pg_dump = find_pg_dump(arena, major);

    const Answers written = ask(arena, "the SQL", major, schema, migration);
    const Answers live =
        ask(arena, "the catalog", major, read_live(arena, server->conninfo), migration);
    size_t differ = compare(arena, migration, &written, &live);
    if (pg_dump != NULL) {
        const Answers dumped =
            ask(arena, "the dump", major, read_dump(arena, pg_dump, server->conninfo), migration);
        differ += compare(arena, migration, &written, &dumped);
    }
    print_message("PostgreSQL %s%s: %zu statements, %zu differ\n", server->version,
                  pg_dump == NULL ? " (no pg_dump)" : "",
                  written.result.files.items[0].statements.count, differ);
    return differ;
}

/* ---- the schemas of the oracle's cases */

static size_t
compare_case(OracleServer *server, const OracleCase *item)
{
    Arena *arena = arena_new();
    Error err = {0};
    OracleAnswer answer;
    if (!oracle_set_up_case(arena, server, item, &answer, &err))
        fail_msg("%s", err.message);
    size_t differ = 0;
    if (!answer.refused_setup) {
        int major = server->cluster.major;
        const char *migration = oracle_migration(arena, item);
        const char *schema = arena_printf(arena, ZONE "%s", item->setup);
        const Answers written = ask(arena, item->name, major, schema, migration);
        const Answers live =
            ask(arena, "the catalog", major, read_live(arena, server->conninfo), migration);
        differ = compare(arena, migration, &written, &live) > 0;
    }
    arena_free(arena);
    return differ;
}

/* Each server is asked about some of them: see test_oracle_live.c. */
static size_t
compare_cases_on(Arena *arena, OracleServer *server)
{
    Error err = {0};
    OracleCaseList cases;
    if (!oracle_cases_load(arena, LOCKSTEP_SOURCE_DIR "/tests/oracle/cases", &cases, &err))
        fail_msg("%s", err.message);
    size_t step = getenv("LOCKSTEP_ORACLE_ALL") != NULL ? 1 : STEP;
    size_t asked = 0;
    size_t differ = 0;
    for (size_t i = (size_t)server->cluster.major % step; i < cases.count; i += step, asked++)
        differ += compare_case(server, &cases.items[i]);
    print_message("PostgreSQL %s: %zu cases, %zu differ\n", server->version, asked, differ);
    return differ;
}

static void
a_schema_is_the_same_however_it_comes(void **state)
{
    (void)state;
    Arena *all = arena_new();
    StringList servers = oracle_server_directories(all);
    size_t differ = 0;
    foreach (directory, &servers) {
        Arena *arena = arena_new();
        Error err = {0};
        OracleServer server;
        if (!oracle_server_start(arena, *directory, &server, &err))
            fail_msg("%s\n%s", err.message, err.detail);
        differ += compare_on(arena, &server) + compare_cases_on(arena, &server);
        oracle_server_stop(arena, &server);
        arena_free(arena);
    }
    arena_free(all);
    assert_int_equal(differ, 0);
}

int
main(void)
{
    Arena *arena = arena_new();
    size_t servers = oracle_server_directories(arena).count;
    arena_free(arena);
    if (servers == 0) {
        fprintf(stderr, "skipped: there is no PostgreSQL server on this machine\n");
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_schema_is_the_same_however_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
