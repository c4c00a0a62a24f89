/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/arena.h"

#include "report/sql_lines.h"
#include "support/test.h"

static void
check(const char *sql, size_t width, const char *expected)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);
    assert_non_null(stream);
    Out out;
    out_open(&out, stream);
    sql_lines_write(&out, sql, width, "<", ">");
    out_flush(&out);
    assert_int_equal(fclose(stream), 0);

    Arena *arena = arena_new();
    const char *whole = "";
    for (const char *line = expected; *line != '\0';
         line += strcspn(line, "\n"), line += *line != 0)
        whole = arena_printf(arena, "%s<%.*s>\n", whole, (int)strcspn(line, "\n"), line);
    assert_string_equal(written, whole);
    arena_free(arena);
    free(written);
}

static void
a_short_line_stays(void **state)
{
    (void)state;
    check("SELECT 1;", 20, "SELECT 1;");
    check("SELECT 1;\n    FROM t;\n", 20, "SELECT 1;\n    FROM t;");
    check("", 20, "");
}

static void
a_long_line_goes_on_indented(void **state)
{
    (void)state;
    check("ALTER TABLE t ADD COLUMN c integer;", 20,
          "ALTER TABLE t\n    ADD COLUMN c\n    integer;");
    check("    CHECK (a > 1 AND b > 2);", 20, "    CHECK\n        (a > 1 AND b\n        > 2);");
    check("ALTER TABLE a_very_long_name_of_a_table ADD c int;", 20,
          "ALTER TABLE\n    a_very_long_name_of_a_table\n    ADD c int;");
}

static void
a_long_comment_goes_on_as_one(void **state)
{
    (void)state;
    check("-- one two three four\nSELECT 1;", 12, "-- one two\n-- three\n-- four\nSELECT 1;");
    check("-- one two\nDO $$ BEGIN NULL; END $$;", 9, "-- one\n-- two\nDO $$ BEGIN NULL; END $$;");
    check("-- indivisible\n--\n", 5, "-- indivisible\n--");
    check("--\n-- a", 20, "--\n-- a");
    check("DO $$\n-- this stays as it is\n$$;", 12, "DO $$\n-- this stays as it is\n$$;");
}

static void
clauses_begin_lines(void **state)
{
    (void)state;
    check("ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;", 48,
          "ALTER TABLE t ADD CONSTRAINT c\n    CHECK (a IS NOT NULL) NOT VALID;");
    check("UPDATE t SET a = f(b, c) WHERE a IS NULL;", 30,
          "UPDATE t SET a = f(b, c)\n    WHERE a IS NULL;");
    check("CREATE INDEX i ON t (first, second, third);", 34,
          "CREATE INDEX i\n    ON t (first, second, third);");
}

static void
quotes_are_never_parted(void **state)
{
    (void)state;
    check("SELECT 'a long string with ''blanks''' FROM t;", 12,
          "SELECT\n    'a long string with ''blanks'''\n    FROM t;");
    check("SELECT \"a name with blanks\" FROM t;", 12,
          "SELECT\n    \"a name with blanks\"\n    FROM t;");
}

static void
what_is_not_plain_keeps_its_lines(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "SELECT $a$ one two three $a$;", "SELECT E'\\' one two three';",
        "SELECT 'one two three\nfour five six';", "SELECT 1 -- one two three four",
        "SELECT 1 /* one two three */;"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(texts[i], 10, texts[i]);
    check("-- one two three four\nSELECT 1, 2;", 10,
          "-- one two\n-- three\n-- four\nSELECT 1,\n    2;");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_line_stays),
        cmocka_unit_test(a_long_line_goes_on_indented),
        cmocka_unit_test(a_long_comment_goes_on_as_one),
        cmocka_unit_test(clauses_begin_lines),
        cmocka_unit_test(quotes_are_never_parted),
        cmocka_unit_test(what_is_not_plain_keeps_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
