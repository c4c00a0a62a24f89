/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "support/op_text.h"
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

static void
print_part(FILE *out, const char *open, const char *text, Span span, const char *close)
{
    fprintf(out, "%s%.*s%s", open, (int)(span.end - span.start), text + span.start, close);
}

/* Every byte's place: `{leading}statement[copy data]`, then `{trailing}`; then `!token:message`. */
static const char *
layout(const char *text)
{
    char *buffer = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&buffer, &size);
    const Script *script = parse_script(arena, text, strlen(text));

    foreach (statement, &script->statements) {
        print_part(out, "{", text, statement->leading, "}");
        print_part(out, "", text, statement->span, "");
        if (statement->copy_data.end > statement->copy_data.start)
            print_part(out, "[", text, statement->copy_data, "]");
    }
    print_part(out, "{", text, script->trailing, "}");
    foreach (error, &script->errors) {
        print_part(out, "!", text, error->span, ":");
        fputs(error->message, out);
    }
    fclose(out);
    const char *copy = arena_strdup(arena, buffer);
    free(buffer);
    return copy;
}

static void
check_layout(const char *text, const char *expected)
{
    assert_string_equal(layout(text), expected);
}

static void
test_spans(void **state)
{
    (void)state;
    check_layout("", "{}");
    check_layout(" \n", "{ \n}");
    check_layout("-- a\n/* b /* c */ */\n", "{-- a\n/* b /* c */ */\n}");
    check_layout("SELECT 1", "{}SELECT 1{}");
    check_layout(" SELECT 1 ; ", "{ }SELECT 1{ }");
    check_layout("-- a\nSELECT 1 -- b\n", "{-- a\n}SELECT 1{ -- b\n}");
    check_layout("SELECT 1 /* a */ ; -- b\nSELECT '--' ;", "{}SELECT 1{ -- b\n}SELECT '--'{}");
    check_layout("SELECT 1;SELECT 2", "{}SELECT 1{}SELECT 2{}");
    check_layout("; ;\nSELECT 1;;-- a\n;\n", "{\n}SELECT 1{\n}");
    check_layout("-- a\rSELECT 1 -- b\r+ 2;\r", "{-- a\r}SELECT 1 -- b\r+ 2{\r}");
    check_layout("SELECT 1 /* a */\n+ 2 -- b", "{}SELECT 1 /* a */\n+ 2{ -- b}");
}

static void
test_positions_are_bytes(void **state)
{
    (void)state;
    check_layout("-- é\r\nSELECT 'ü€';\r\n-- ß\r\nSELECT 2;\r\n",
                 "{-- é\r\n}SELECT 'ü€'{\r\n-- ß\r\n}SELECT 2{\r\n}");
    check_layout("SELECT 'äöü€𝄞' FROM FROM x", "{}!FROM:syntax error at or near \"FROM\"");
    check_layout("\xEF\xBB\xBFSELECT 1", "{\xEF\xBB\xBF}SELECT 1{}");
    check_layout("\xEF\xBB\xBFSELEC 1", "{}!SELEC:syntax error at or near \"SELEC\"");
}

static void
test_bodies_stay_whole(void **state)
{
    const char *atomic = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN "
                         "true THEN 2 END; END";
    const char *dollar = "DO $x$ BEGIN; ' END $x$";
    const char *rule = "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)";

    (void)state;
    check_layout(arena_printf(arena, "%s;%s;%s;", atomic, dollar, rule),
                 arena_printf(arena, "{}%s{}%s{}%s{}", atomic, dollar, rule));
    /* Behind an error they are found by our own scanner. */
    check_layout(
        arena_printf(arena, "%s;%s;%s;SELEC;%s;SELEC;SELECT 3", atomic, dollar, rule, atomic),
        arena_printf(arena,
                     "{}%s{}%s{}%s{}%s{}SELECT 3{}"
                     "!SELEC:syntax error at or near \"SELEC\""
                     "!SELEC:syntax error at or near \"SELEC\"",
                     atomic, dollar, rule, atomic));
}

static void
test_psql_lines(void **state)
{
    (void)state;
    check_layout("\\restrict it's\nSELECT 1;\n  \\set a b\n\\unrestrict it's",
                 "{\\restrict it's\n}SELECT 1{\n  \\set a b\n\\unrestrict it's}");
    check_layout("SELECT 1;\n\\i it's.sql\n\t\\connect - x\n",
                 "{}SELECT 1{\n\\i it's.sql\n\t\\connect - x\n}"
                 "!\\i:\\i is a command of psql, not SQL"
                 "!\\connect:\\connect is a command of psql, not SQL");
    check_layout("\\d t\n\\d+ t\nSELECT 1;\n\\d u\n\\c x\n\\d v\n\\c y\n",
                 "{\\d t\n\\d+ t\n}SELECT 1{\n\\d u\n\\c x\n\\d v\n\\c y\n}"
                 "!\\d:\\d is a command of psql, not SQL; 2 more lines have it"
                 "!\\d+:\\d+ is a command of psql, not SQL"
                 "!\\c:\\c is a command of psql, not SQL!\\c:\\c is a command of psql, not SQL");
    check_layout("SELECT '\n\\x\n', $$\n\\y\n$$ /*\n\\z */\n;",
                 "{}SELECT '\n\\x\n', $$\n\\y\n$${}");
    check_layout("SELECT 1 \\gexec\n;", "{}!\\:syntax error at or near \"\\\"");
}

static void
test_copy_data(void **state)
{
    (void)state;
    check_layout("COPY t (a) FROM stdin;\n1\t'é\n;\n\\.\nSELECT 1;",
                 "{}COPY t (a) FROM stdin[1\t'é\n;\n]{\n}SELECT 1{}");
    check_layout("COPY t FROM STDIN WITH (FORMAT csv);\r\na\r\n\\.\r\nCOPY u FROM stdin;\n\\.\n",
                 "{}COPY t FROM STDIN WITH (FORMAT csv)[a\r\n]{\n}COPY u FROM stdin{\n}");
    check_layout("copy \"from\" from stdin; -- c\n\\n\n\\.", "{}copy \"from\" from stdin[\\n\n]{}");
    check_layout("COPY t FROM stdin; SELECT 1;\nx\n\\.\nSELECT 2",
                 "{}COPY t FROM stdin[x\n]{ }SELECT 1{\n}SELECT 2{}");
    check_layout("COPY t FROM stdin; SELEC;\nx\n\\.\nSELECT 2",
                 "{}COPY t FROM stdin[x\n]{\n}SELECT 2{}!SELEC:syntax error at or near \"SELEC\"");
    check_layout("COPY t FRO FROM stdin;\nx\n\\.\nSELECT 2",
                 "{\n}SELECT 2{}!FRO:syntax error at or near \"FRO\"");
    /* Not data: nothing ends it, or COPY does not read from us. */
    check_layout("COPY t FROM stdin;\nSELECT 1;", "{}COPY t FROM stdin{\n}SELECT 1{}");
    check_layout("COPY t TO stdout;\nSELECT 1;\n\\.\n", "{}COPY t TO stdout{\n}SELECT 1{\n\\.\n}");
    check_layout("SELEC;COPY t FROM stdin;\nx\n\\.\nSELECT 2",
                 "{}COPY t FROM stdin[x\n]{\n}SELECT 2{}!SELEC:syntax error at or near \"SELEC\"");
}

static void
test_errors(void **state)
{
    (void)state;
    check_layout("SELECT 1; SELECT 2 FORM x y; SELECT 3;",
                 "{}SELECT 1{ }SELECT 3{}!x:syntax error at or near \"x\"");
    check_layout("SELECT 1; SELECT (", "{}SELECT 1{}!:syntax error at end of input");
    check_layout("CREATE TABLE t (a int;\nSELECT 1;",
                 "{\n}SELECT 1{}!;:syntax error at or near \";\"");
    check_layout("SELECT 1; SELECT 'abc\ndef",
                 "{}SELECT 1{}!'abc:unterminated quoted string at or near \"'abc…\"");
    check_layout("SELECT 1); SELECT 2", "{ }SELECT 2{}!):syntax error at or near \")\"");
    check_layout("SELEC 1;-- c", "{-- c}!SELEC:syntax error at or near \"SELEC\"");
}

static void
test_errors_are_limited(void **state)
{
    Script *script;
    char *text = arena_alloc(arena, 40000);

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + i * 18, "SELECT 1; SELEC 2;", 18);
    script = parse_script(arena, text, strlen(text));
    assert_int_equal(script->errors.count, 20);
    assert_int_equal(script->statements.count, 20);
    assert_non_null(strstr(script->errors.items[19].message, "too many errors"));
    assert_null(strstr(script->errors.items[18].message, "too many errors"));

    /* Nothing but noise ends sooner. */
    script = parse_script(arena, "a;b;c;d;e;f;g;h;i;j", 19);
    assert_int_equal(script->errors.count, 5);
    assert_non_null(strstr(script->errors.items[4].message, "too many errors"));
    script = parse_script(arena, "a;b;c;d;e;-- end", 16);
    assert_int_equal(script->errors.count, 5);
    assert_null(strstr(script->errors.items[4].message, "too many errors"));
}

static void
test_deep_nesting(void **state)
{
    enum { DEPTH = 20000 };
    char *parens = arena_alloc(arena, 2 * DEPTH + 20);
    char *sum = arena_alloc(arena, 2 * DEPTH + 60);

    (void)state;
    memcpy(parens, "SELECT ", 7);
    memset(parens + 7, '(', DEPTH);
    memset(parens + 7 + DEPTH, ')', DEPTH);
    Script *script = parse_script(arena, parens, strlen(parens));
    assert_int_equal(script->statements.count, 0);
    assert_int_equal(script->errors.count, 1);
    assert_non_null(strstr(script->errors.items[0].message, "memory exhausted"));

    memcpy(sum, "ALTER TABLE t ALTER a SET DEFAULT 1", 35);
    for (size_t i = 0; i < DEPTH; i++)
        memcpy(sum + 35 + 2 * i, "+b", 2);
    script = parse_script(arena, sum, strlen(sum));
    assert_int_equal(script->errors.count, 0);
    assert_int_equal(script->statements.items[0].ops.items[0].column.value->columns.count, 1);
}

static void
test_kinds(void **state)
{
    static const char *const cases[][2] = {
        {"SELECT 1",                                           "SELECT"                        },
        {"CREATE TABLE t ()",                                  "CREATE TABLE"                  },
        {"CREATE TABLE t AS SELECT 1",                         "CREATE TABLE AS"               },
        {"CREATE MATERIALIZED VIEW v AS SELECT 1",             "CREATE MATERIALIZED VIEW"      },
        {"ALTER TABLE t ADD a int",                            "ALTER TABLE"                   },
        {"ALTER INDEX i RENAME TO j",                          "ALTER INDEX"                   },
        {"ALTER VIEW v RENAME COLUMN a TO b",                  "ALTER VIEW"                    },
        {"ALTER MATERIALIZED VIEW v SET SCHEMA s",             "ALTER MATERIALIZED VIEW"       },
        {"ALTER SEQUENCE q OWNER TO bob",                      "ALTER SEQUENCE"                },
        {"ALTER FUNCTION f() STABLE",                          "ALTER FUNCTION"                },
        {"ALTER SCHEMA s OWNER TO bob",                        "ALTER SCHEMA"                  },
        {"ALTER TYPE t RENAME ATTRIBUTE a TO b",               "ALTER TYPE"                    },
        {"ALTER TRIGGER g ON t DEPENDS ON EXTENSION x",        "ALTER TRIGGER"                 },
        {"DROP TABLE t",                                       "DROP TABLE"                    },
        {"DROP FOREIGN TABLE t",                               "DROP FOREIGN TABLE"            },
        {"DROP TEXT SEARCH CONFIGURATION c",                   "DROP TEXT SEARCH CONFIGURATION"},
        {"CREATE PROCEDURE p() LANGUAGE sql AS ''",            "CREATE PROCEDURE"              },
        {"CREATE FUNCTION p() RETURNS int LANGUAGE sql AS ''", "CREATE FUNCTION"               },
        {"CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)",  "CREATE AGGREGATE"              },
        {"CREATE OPERATOR === (FUNCTION = f)",                 "CREATE OPERATOR"               },
        {"CREATE TYPE t",                                      "CREATE TYPE"                   },
        {"REVOKE ALL ON t FROM bob",                           "REVOKE"                        },
        {"GRANT ALL ON t TO bob",                              "GRANT"                         },
        {"VACUUM",                                             "VACUUM"                        },
        {"ANALYZE",                                            "ANALYZE"                       },
        {"SET a = 1",                                          "SET"                           },
        {"RESET ALL",                                          "RESET"                         },
        {"START TRANSACTION",                                  "START TRANSACTION"             },
        {"ROLLBACK TO s",                                      "ROLLBACK"                      },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Script *script = parse_script(arena, cases[i][0], strlen(cases[i][0]));
        assert_int_equal(script->statements.count, 1);
        assert_string_equal(script->statements.items[0].kind, cases[i][1]);
    }
}

static void
test_transaction_use(void **state)
{
    const char *text = "CREATE INDEX CONCURRENTLY i ON t (a); SELECT 1; BEGIN; "
                       "ALTER TYPE e ADD VALUE 'x'; ALTER TABLE t DETACH PARTITION p CONCURRENTLY";
    const Script *script = parse_script(arena, text, strlen(text));
    const Statement *statements = script->statements.items;

    (void)state;
    assert_int_equal(script->statements.count, 5);
    assert_int_equal(statements[0].use, TRANSACTION_USE_OUTSIDE);
    assert_string_equal(statements[0].outside_why, "CREATE INDEX CONCURRENTLY");
    assert_int_equal(statements[1].use, TRANSACTION_USE_ANY);
    assert_null(statements[1].outside_why);
    assert_int_equal(statements[2].use, TRANSACTION_USE_CONTROL);
    assert_int_equal(statements[2].ops.items[0].kind, OP_TRANSACTION);
    assert_int_equal(statements[3].use, TRANSACTION_USE_ANY);
    assert_string_equal(statements[4].outside_why, "ALTER TABLE ... DETACH CONCURRENTLY");
}

static void
test_spans_within_statements(void **state)
{
    static const char *const cases[][2] = {
        {"ALTER TABLE ONLY (t) ADD COLUMN \"a,b\" text DEFAULT 'x, y' /* , */ , -- c\n  ALTER "
         "COLUMN c TYPE numeric(10,2) USING f(c, 1)",                                "ADD COLUMN \"a,b\" text DEFAULT 'x, y' | \"a,b\" text DEFAULT 'x, y' | 'x, y' | ALTER "
         "COLUMN c TYPE numeric(10,2) USING f(c, 1)"                     },
        {"ALTER TABLE s . t * ADD CONSTRAINT c CHECK (a IN (1, 2)) NOT VALID,ADD CONSTRAINT d "
         "FOREIGN KEY (a) REFERENCES o -- end",                                      "ADD CONSTRAINT c CHECK (a IN (1, 2)) NOT VALID | CONSTRAINT c CHECK (a IN (1, 2)) NOT "
         "VALID | a IN (1, 2) | ADD CONSTRAINT d FOREIGN KEY (a) REFERENCES o | CONSTRAINT d "
         "FOREIGN KEY (a) REFERENCES o"                                        },
        {"ALTER TABLE t ADD a text DEFAULT $x$, ($x$ NOT NULL, ADD b int[] DEFAULT ARRAY[1, 2] "
         "CHECK (b <> '{}')",                                                        "ADD a text DEFAULT $x$, ($x$ NOT NULL | a text DEFAULT $x$, ($x$ NOT NULL | $x$, ($x$ | "
         "ADD b int[] DEFAULT ARRAY[1, 2] CHECK (b <> '{}') | b int[] DEFAULT ARRAY[1, 2] CHECK (b "
         "<> '{}') | ARRAY[1, 2] | CHECK (b <> '{}') | b <> '{}'"                                },
        {"CREATE TABLE t (\n  a int CONSTRAINT k PRIMARY KEY DEFERRABLE /* x */ DEFAULT (1 + 2) "
         "COLLATE \"C\" NOT NULL, -- y\n  \"b)\" int GENERATED ALWAYS AS ( a * 2 ) STORED CHECK ( "
         "a > 0 ) ,\n  CONSTRAINT c CHECK (\n a IS NOT NULL\n), UNIQUE (a)\n)",      "CREATE TABLE t (\n  a int CONSTRAINT k PRIMARY KEY DEFERRABLE /* x */ DEFAULT (1 + 2) "
         "COLLATE \"C\" NOT NULL, -- y\n  \"b)\" int GENERATED ALWAYS AS ( a * 2 ) STORED CHECK ( "
         "a > 0 ) ,\n  CONSTRAINT c CHECK (\n a IS NOT NULL\n), UNIQUE (a)\n) | a int CONSTRAINT k "
         "PRIMARY KEY DEFERRABLE /* x */ DEFAULT (1 + 2) COLLATE \"C\" NOT NULL | (1 + 2) | "
         "CONSTRAINT k PRIMARY KEY DEFERRABLE | \"b)\" int GENERATED ALWAYS AS ( a * 2 ) STORED "
         "CHECK ( a > 0 ) | a * 2 | CHECK ( a > 0 ) | a > 0 | CONSTRAINT c CHECK (\n a IS NOT "
         "NULL\n) | a IS NOT NULL | UNIQUE (a)"},
        {"CREATE TABLE a (b int) ; DROP TABLE c , d",
         "CREATE TABLE a (b int) | b int | DROP TABLE c , d | DROP TABLE c , d"                                                        },
        /* Without comments, the parser's places and the statement's end say where they are. */
        {"CREATE TABLE t (a int , b text DEFAULT ', )',\n LIKE o, CHECK (a > 1) )",
         "CREATE TABLE t (a int , b text DEFAULT ', )',\n LIKE o, CHECK (a > 1) ) | a int | b "
         "text DEFAULT ', )' | ', )' | CHECK (a > 1) | a > 1"                                                                          },
        {"CREATE TABLE t (a int, b int ) WITH (fillfactor = 70)",
         "CREATE TABLE t (a int, b int ) WITH (fillfactor = 70) | a int | b int"                                                       },
        {"CREATE TABLE t (a int, b int) PARTITION BY LIST ((b))",
         "CREATE TABLE t (a int, b int) PARTITION BY LIST ((b)) | a int | b int"                                                       },
        {"CREATE TABLE t (a int, b int) INHERITS (o)",
         "CREATE TABLE t (a int, b int) INHERITS (o) | a int | b int"                                                                  },
        {"CREATE SCHEMA s CREATE TABLE t (a int) CREATE TABLE u (b int)",
         "CREATE SCHEMA s CREATE TABLE t (a int) CREATE TABLE u (b int) | CREATE SCHEMA s CREATE "
         "TABLE t (a int) CREATE TABLE u (b int) | a int | CREATE SCHEMA s CREATE TABLE t (a int) "
         "CREATE TABLE u (b int) | b int"                                                                                              },
        {"ALTER TABLE \"T\" ADD a int; ALTER TABLE t* DROP a; ALTER TABLE tt DROP b /* x */",
         "ADD a int | a int | DROP a | DROP b"                                                                                         },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(op_spans(arena, cases[i][0]), cases[i][1]);
}

/* The script must not point into the text. */
static void
test_text_is_borrowed(void **state)
{
    const char *sql = "ALTER TABLE t ADD a text DEFAULT 'x' CHECK (b > 0)";
    char *text = strdup(sql);

    (void)state;
    assert_non_null(text);
    const Script *script = parse_script(arena, text, strlen(text));
    free(text);
    const ColumnDefinition *column = &script->statements.items[0].ops.items[0].add_column;
    assert_string_equal(column->name, "a");
    assert_string_equal(column->default_value->text, "'x'");
    assert_string_equal(column->constraints.items[0].columns.items[0], "b");
}

static const Op *
first_op(const Script *script, size_t statement)
{
    return &script->statements.items[statement].ops.items[0];
}

/* What only weak locks and refusals hang on is left out; what a statement calls is not. */
static void
test_schema_depth(void **state)
{
    const char *sql = "SELECT f(a) FROM t WHERE g(b) > 1_000;"
                      "INSERT INTO t (a, b) VALUES (1, h());"
                      "CREATE VIEW v AS SELECT a FROM t;"
                      "CREATE FUNCTION k() RETURNS int LANGUAGE sql AS 'SELECT 1 FROM t'";

    (void)state;
    const Script *whole = parse_script(arena, sql, strlen(sql));
    Arena *scratch = arena_new();
    const Script *script = parse_script_to(arena, scratch, sql, strlen(sql), PARSE_SCHEMA);
    arena_free(scratch);
    assert_int_equal(script->statements.count, 4);
    assert_non_null(first_op(whole, 0)->data.query);
    assert_null(first_op(script, 0)->data.query);
    assert_int_equal(first_op(script, 0)->data.functions.count, 2);
    assert_string_equal(first_op(script, 0)->data.functions.items[1].name, "g");
    assert_int_equal(first_op(whole, 1)->data.rows.count, 1);
    assert_int_equal(first_op(script, 1)->data.rows.count, 0);
    assert_string_equal(first_op(script, 1)->data.columns.items[1], "b");
    assert_string_equal(first_op(script, 1)->data.functions.items[0].name, "h");
    assert_true(first_op(script, 1)->data.adds_row);
    assert_string_equal(first_op(script, 2)->create_as.query->sources.items[0].relation.name, "t");
    assert_non_null(first_op(whole, 3)->function.code);
    assert_null(first_op(script, 3)->function.code);
    assert_string_equal(first_op(script, 3)->function.body, "SELECT 1 FROM t");
}

static size_t
count_statements_of_code(const char *body, ParseDepth depth)
{
    const char *sql = arena_printf(arena, "DO $$ BEGIN %s END $$", body);
    Arena *scratch = arena_new();
    const Script *script = parse_script_to(arena, scratch, sql, strlen(sql), depth);

    arena_free(scratch);
    return first_op(script, 0)->function.code->statements.count;
}

/* What is evaluated without calling anything is left out, too. */
static void
test_schema_depth_of_code(void **state)
{
    static const char *const quiet[] = {
        "PERFORM a FROM t WHERE b IN (1, 2) AND (c OR EXISTS (SELECT 1));",
        "x := (SELECT y[1] FROM t);",
        "SELECT a INTO x FROM t;",
    };
    static const char *const acting[] = {
        "PERFORM f (a) FROM t;", "x := \"F\"(1);",      "SELECT s.f() INTO x FROM t;",
        "DELETE FROM t;",        "PERFORM 1 FROM f();",
    };

    (void)state;
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        assert_int_equal(count_statements_of_code(quiet[i], PARSE_WHOLE), 1);
        assert_int_equal(count_statements_of_code(quiet[i], PARSE_SCHEMA), 0);
    }
    for (size_t i = 0; i < sizeof acting / sizeof *acting; i++)
        assert_int_equal(count_statements_of_code(acting[i], PARSE_SCHEMA), 1);
}

static void
test_grammar_version(void **state)
{
    (void)state;
    assert_in_range(parse_grammar_version(), 17, 99);
    assert_int_equal(strtol(parse_grammar_version_words(), NULL, 10), parse_grammar_version());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_positions_are_bytes),
        cmocka_unit_test(test_bodies_stay_whole),
        cmocka_unit_test(test_psql_lines),
        cmocka_unit_test(test_copy_data),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_errors_are_limited),
        cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_transaction_use),
        cmocka_unit_test(test_spans_within_statements),
        cmocka_unit_test(test_text_is_borrowed),
        cmocka_unit_test(test_schema_depth),
        cmocka_unit_test(test_schema_depth_of_code),
        cmocka_unit_test(test_grammar_version),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
