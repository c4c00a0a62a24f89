/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static Arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The code of `DO $$ body $$`. */
static void
check(const char *body, const char *expected)
{
    const char *text = arena_printf(arena, "DO $$ %s $$", body);
    assert_string_equal(op_code(arena, text), expected);
}

static void
statements_have_their_place(void **state)
{
    (void)state;
    check("BEGIN DROP TABLE a; DROP TABLE b; END",
          "DROP_TABLE a {DROP TABLE a}\nDROP_TABLE b {DROP TABLE b}\n");
    check("begin /* x; */ drop table a -- y;\n ; end;", "DROP_TABLE a {drop table a}\n");
    check("<<l>> DECLARE x int; BEGIN TRUNCATE a; END l;", "TRUNCATE a {TRUNCATE a}\n");
    check("BEGIN BEGIN TRUNCATE a; END; TRUNCATE b; END",
          "TRUNCATE a {TRUNCATE a}\nTRUNCATE b {TRUNCATE b}\n");
    check("BEGIN COMMIT; END", "TRANSACTION 1 {COMMIT}\n");
}

static void
branches_and_loops_guard(void **state)
{
    (void)state;
    check("BEGIN IF a > 1 THEN TRUNCATE a; ELSIF b THEN TRUNCATE b; ELSE TRUNCATE c; END IF; "
          "TRUNCATE d; END",
          "? TRUNCATE a {TRUNCATE a}\n? TRUNCATE b {TRUNCATE b}\n? TRUNCATE c {TRUNCATE c}\n"
          "TRUNCATE d {TRUNCATE d}\n");
    check("BEGIN CASE x WHEN 1, 2 THEN TRUNCATE a; ELSE TRUNCATE b; END CASE; END",
          "? TRUNCATE a {TRUNCATE a}\n? TRUNCATE b {TRUNCATE b}\n");
    check("BEGIN LOOP TRUNCATE a; EXIT WHEN x; END LOOP; WHILE y LOOP TRUNCATE b; END LOOP; END",
          "? TRUNCATE a {TRUNCATE a}\n? TRUNCATE b {TRUNCATE b}\n");
    check("BEGIN FOR i IN REVERSE 3 .. 1 BY 2 LOOP TRUNCATE a; END LOOP; END",
          "? TRUNCATE a {TRUNCATE a}\n");
    check("BEGIN TRUNCATE a; EXCEPTION WHEN duplicate_table OR others THEN TRUNCATE b; END",
          "? TRUNCATE a {TRUNCATE a}\n? TRUNCATE b {TRUNCATE b}\n");
    check("BEGIN IF x THEN RETURN; END IF; TRUNCATE a; END", "? TRUNCATE a {TRUNCATE a}\n");
}

static void
variables_are_no_relations(void **state)
{
    (void)state;
    check("BEGIN SELECT a, b INTO STRICT x, y.z[1] FROM t; END",
          "SELECT reads(t) {SELECT a, b INTO STRICT x, y.z[1] FROM t}\n");
    check("BEGIN INSERT INTO t VALUES (1) RETURNING id INTO x; END",
          "INSERT t {INSERT INTO t VALUES (1) RETURNING id}\n");
    check("BEGIN IMPORT FOREIGN SCHEMA f FROM SERVER s INTO public; END",
          "IMPORT_FOREIGN s {IMPORT FOREIGN SCHEMA f FROM SERVER s INTO public}\n");
    check("BEGIN x := 1; x = 2; x.y[3] := 4; NULL; GET DIAGNOSTICS x = ROW_COUNT; END", "");
    check("BEGIN x := (SELECT max(a) FROM t); y = f(x); END",
          "SELECT reads(t) calls(max) {(SELECT max(a) FROM t)}\nSELECT calls(f) {f(x)}\n");
    check("DECLARE a int := f(); b CONSTANT int = 3; c CURSOR FOR SELECT * FROM t; BEGIN END",
          "SELECT calls(f) {f()}\nSELECT reads(t) {SELECT * FROM t}\n");
}

static void
queries_of_all_statements_are_read(void **state)
{
    (void)state;
    check("BEGIN PERFORM f(x) FROM t; END", "SELECT reads(t) calls(f) {PERFORM f(x) FROM t}\n");
    check("BEGIN FOR r IN SELECT * FROM t LOOP NULL; END LOOP; END",
          "SELECT reads(t) {SELECT * FROM t}\n");
    check("BEGIN FOREACH x SLICE 1 IN ARRAY f() LOOP NULL; END LOOP; END",
          "SELECT calls(f) {f()}\n");
    check("BEGIN RETURN QUERY SELECT * FROM t; RETURN NEXT f(); END",
          "SELECT reads(t) {SELECT * FROM t}\nSELECT calls(f) {f()}\n");
    check("BEGIN OPEN c FOR SELECT * FROM t; FETCH c INTO x; CLOSE c; END",
          "SELECT reads(t) {SELECT * FROM t}\n");
    check("BEGIN ASSERT EXISTS (SELECT FROM t), 'x'; END",
          "SELECT reads(t) {EXISTS (SELECT FROM t), 'x'}\n");
}

static void
constant_texts_are_executed(void **state)
{
    (void)state;
    check("BEGIN EXECUTE 'DROP TABLE ' || quote_ident('A') || ', b'; END",
          "DROP_TABLE A | DROP_TABLE b {EXECUTE 'DROP TABLE ' || quote_ident('A') || ', b'}\n");
    check("BEGIN EXECUTE format('DROP TABLE %I.%s', 's', 't') USING 1; END",
          "DROP_TABLE s.t {EXECUTE format('DROP TABLE %I.%s', 's', 't') USING 1}\n");
    check("BEGIN EXECUTE format('DROP TABLE %2$I; TRUNCATE %1$I', 'a', 'b'); END",
          "DROP_TABLE b {EXECUTE format('DROP TABLE %2$I; TRUNCATE %1$I', 'a', 'b')}\n"
          "TRUNCATE a {EXECUTE format('DROP TABLE %2$I; TRUNCATE %1$I', 'a', 'b')}\n");
    check("DECLARE X text := 'a'; BEGIN EXECUTE 'DROP TABLE ' || x; END",
          "DROP_TABLE a {EXECUTE 'DROP TABLE ' || x}\n");
    check("DECLARE x text := 'a'; BEGIN SELECT 'b' INTO x; EXECUTE 'DROP TABLE ' || x; END",
          "unknown: EXECUTE of a text that is only known at run time\n");
    check("DECLARE x text = 'a'; BEGIN IF y THEN x = 'b'; END IF; EXECUTE 'DROP TABLE ' || x; END",
          "unknown: EXECUTE of a text that is only known at run time\n");
    check("BEGIN EXECUTE 'DROP TABLE ' || x; END",
          "unknown: EXECUTE of a text that is only known at run time\n");
    check("BEGIN EXECUTE format('DROP TABLE %I'); END",
          "unknown: EXECUTE of a text that is only known at run time\n");
}

static void
what_cannot_be_read_costs_only_itself(void **state)
{
    (void)state;
    check("BEGIN TRUNCATE a; SELEKT 1; TRUNCATE b; END",
          "TRUNCATE a {TRUNCATE a}\nTRUNCATE b {TRUNCATE b}\n"
          "unknown: a statement of the code cannot be read\n");
    check("BEGIN TRUNCATE a;",
          "TRUNCATE a {TRUNCATE a}\nunknown: the code cannot be read to its end\n");
    check("", "unknown: the code cannot be read to its end\n");
    assert_string_equal(op_code(arena, "DO LANGUAGE plperl 'x'"), "not read");
}

static void
deep_nesting_ends(void **state)
{
    (void)state;
    const char *text = "DROP TABLE a";
    for (int i = 0; i < 12; i++)
        text = arena_printf(arena, "DO $x%d$ BEGIN %s; END $x%d$", i, text, i);
    assert_non_null(op_code(arena, text));

    char *blocks = arena_alloc(arena, 300001);
    memset(blocks, ' ', 300000);
    for (size_t i = 0; i + 6 <= 300000; i += 6)
        memcpy(blocks + i, "BEGIN ", 6);
    assert_non_null(op_code(arena, arena_printf(arena, "DO $$ %s $$", blocks)));
}

static void
functions_in_sql_are_read(void **state)
{
    (void)state;
    assert_string_equal(
        op_code(arena, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM a; SELECT 1'"),
        "DELETE a\n");
    assert_string_equal(op_code(arena, "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC "
                                       "SELECT b FROM a; DELETE FROM a WHERE b = 1; END"),
                        "SELECT reads(a)\nDELETE a where\n");
    assert_string_equal(
        op_code(arena, "CREATE FUNCTION f() RETURNS int RETURN (SELECT max(b) FROM a)"),
        "SELECT reads(a) calls(max)\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_have_their_place),
        cmocka_unit_test(branches_and_loops_guard),
        cmocka_unit_test(variables_are_no_relations),
        cmocka_unit_test(queries_of_all_statements_are_read),
        cmocka_unit_test(constant_texts_are_executed),
        cmocka_unit_test(what_cannot_be_read_costs_only_itself),
        cmocka_unit_test(deep_nesting_ends),
        cmocka_unit_test(functions_in_sql_are_read),
    };
    return cmocka_run_group_tests_name("lower_code", tests, set_up, tear_down);
}
