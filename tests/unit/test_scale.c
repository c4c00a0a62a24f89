/* SPDX-License-Identifier: MIT */
/* Long histories and wide tables take time in proportion. What took the square of it took minutes
 * for texts of these sizes; now it takes a fraction of a second. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "support/lint_text.h"
#include "support/test.h"

#define LIMIT_SECONDS 20

/* Sanitizers make all of it many times slower. */
#ifdef __SANITIZE_ADDRESS__
#define SHRINK 8
#else
#define SHRINK 1
#endif

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

typedef struct Text {
    FILE *out;
    char *bytes;
    size_t length;
} Text;

static void
text_open(Text *text)
{
    text->out = open_memstream(&text->bytes, &text->length);
    assert_non_null(text->out);
}

/* So many pieces, each with its number in the middle. */
static void
add(const Text *text, int count, const char *before, const char *after)
{
    for (int i = 0; i < count / SHRINK; i++)
        fprintf(text->out, "%s%d%s", before, i, after);
}

static void
lint_in_time(Text *text)
{
    assert_int_equal(fclose(text->out), 0);
    Arena *arena = arena_new();
    double start = now();
    StringList texts = {0};
    LIST_APPEND(arena, &texts, text->bytes);
    (void)lint_texts(arena, 17, &texts, 0);
    assert_true(now() - start < LIMIT_SECONDS);
    arena_free(arena);
    free(text->bytes);
}

static void
wide_tables(void **state)
{
    (void)state;
    Text text;
    text_open(&text);
    fputs("CREATE TABLE t (id int);\n", text.out);
    add(&text, 50000, "ALTER TABLE t ADD COLUMN c", " int;\n");
    fputs("CREATE TABLE u (id int", text.out);
    add(&text, 100000, ", c", " int");
    fputs(");\nALTER TABLE u ADD COLUMN x int", text.out);
    add(&text, 50000, ", ADD COLUMN d", " int");
    fputs(";\nDROP TABLE t;\nDROP TABLE u;\n", text.out);
    lint_in_time(&text);
}

static void
many_tables_that_go(void **state)
{
    (void)state;
    Text text;
    text_open(&text);
    fputs("CREATE TABLE p (id int PRIMARY KEY);\n", text.out);
    add(&text, 20000, "CREATE TABLE t", " (id serial, p int REFERENCES p (id));\n");
    add(&text, 20000, "DROP TABLE t", ";\n");
    lint_in_time(&text);
}

static void
many_functions_and_types_that_go(void **state)
{
    (void)state;
    Text text;
    text_open(&text);
    add(&text, 20000, "CREATE FUNCTION f", "() RETURNS int LANGUAGE sql AS 'SELECT 1';\n");
    add(&text, 20000, "CREATE TYPE e", " AS ENUM ('a');\n");
    for (int i = 0; i < 20000 / SHRINK; i++)
        fprintf(text.out, "CREATE TABLE t%d (a int DEFAULT f%d(), b e%d);\n", i, i, i);
    add(&text, 20000, "DROP FUNCTION f", "() CASCADE;\n");
    add(&text, 200, "DROP TYPE e", " CASCADE;\n");
    lint_in_time(&text);
}

static void
many_statements_behind_an_error(void **state)
{
    (void)state;
    Text text;
    text_open(&text);
    fputs("SELEC 1;\n", text.out);
    add(&text, 100000, "INSERT INTO t (a, b) VALUES (", ", f('x'));\n");
    lint_in_time(&text);
}

/* Each finding looks at what stands beside it in its statement. */
static void
many_subcommands_with_findings(void **state)
{
    (void)state;
    Text text;
    text_open(&text);
    fputs("ALTER TABLE t DROP COLUMN x", text.out);
    add(&text, 400, ", DROP CONSTRAINT k", "");
    add(&text, 400, ", ADD FOREIGN KEY (c", ") REFERENCES r");
    fputs(";\nALTER TABLE t DROP COLUMN y", text.out);
    add(&text, 400, ", DROP COLUMN d", "");
    add(&text, 400, ", ADD COLUMN e", " int CHECK (true)");
    fputs(";\n", text.out);
    lint_in_time(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_tables),
        cmocka_unit_test(many_tables_that_go),
        cmocka_unit_test(many_functions_and_types_that_go),
        cmocka_unit_test(many_statements_behind_an_error),
        cmocka_unit_test(many_subcommands_with_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
