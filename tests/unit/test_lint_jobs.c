/* SPDX-License-Identifier: MIT */
/* However many histories are judged at a time, the report is the same to the byte. */
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "support/test.h"

static SourceFile *
make_file(Arena *arena, const char *path, const char *text)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    const size_t length = strlen(text);
    *file = (SourceFile){
        .path = path, .text = text, .length = length, .bytes = text, .byte_count = length};
    return file;
}

static void
add(Arena *arena, DiscoveredFiles *files, const char *name, const char *text, bool begins)
{
    static const char down[] = "DROP TABLE IF EXISTS audit; -- lockstep: allow drop-table: gone\n";
    const Migration migration = {.version = "",
                                 .version_text = "",
                                 .name = name,
                                 .up = make_file(arena, name, text),
                                 .down = make_file(arena, name, down),
                                 .begins_history = begins};
    LIST_APPEND(arena, &files->migrations, migration);
    LIST_APPEND(arena, &files->reported_up, true);
    LIST_APPEND(arena, &files->reported_down, true);
}

/* Of each rule, a history with what it is about: templates, broken SQL and code among them. */
static DiscoveredFiles
histories(Arena *arena)
{
    static const char broken[] = "CREATE TABLE t (a int);\nDO $$ BEGIN ALTER TABLE t ADD b int "
                                 "DEFAULT random(); END $$;\nSELEC 1;\nALTER TABLE #{t} DROP a;\n";
    DiscoveredFiles files = {0};
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        add(arena, &files, arena_printf(arena, "%s/1.sql", rule->id), rule->bad, true);
        add(arena, &files, arena_printf(arena, "%s/2.sql", rule->id), rule->good, false);
        if (i % 7 == 0)
            add(arena, &files, arena_printf(arena, "%s/3.sql", rule->id), broken, false);
    }
    return files;
}

/* To be freed. */
static char *
report_of(const DiscoveredFiles *files, const SourceFile *schema, size_t jobs)
{
    Arena *arena = arena_new();
    const LintPolicy policy = {0};
    const LintOptions options = {
        .pg_version = 17, .today = "2026-01-01", .schema = schema, .policy = &policy, .jobs = jobs};
    LintResult result;
    lint_run(arena, &options, files, &result);
    assert_true(result.findings.count > 50);
    char *written = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&written, &size);
    assert_non_null(out);
    report_find("json")->write(out, arena, &(Report){.result = &result});
    foreach (error, &result.schema_errors)
        fprintf(out, "%zu: %s\n", error->span.start, error->message);
    assert_int_equal(fclose(out), 0);
    arena_free(arena);
    return written;
}

static void
the_report_is_the_same(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const DiscoveredFiles files = histories(arena);
    const SourceFile *schema =
        make_file(arena, "schema.sql", "CREATE TABLE orders (id int);\nCREATE TABL x;\n");
    char *alone = report_of(&files, schema, 1);
    for (size_t jobs = 2; jobs < 6; jobs++) {
        char *together = report_of(&files, schema, jobs);
        assert_string_equal(together, alone);
        free(together);
    }
    free(alone);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_report_is_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
