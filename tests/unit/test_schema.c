/* SPDX-License-Identifier: MIT */
/* Names, transactions, settings, and going back. What operations do to relations is in
 * test_replay.c. */
#include "support/sql_case.h"
#include "support/test.h"

static bool
exists(SqlCase *sql, const char *schema, const char *name)
{
    return schema_find_relation(sql->schema, (QualifiedName){schema, name}) != NULL;
}

static void
names_are_found_along_the_search_path(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE t (a int); CREATE TABLE app.t (b int);"
                          "CREATE TABLE app.u (c int);");
    assert_string_equal(sql_case_columns(&sql, "t"), "a int4");
    assert_false(exists(&sql, NULL, "u"));
    assert_true(exists(&sql, "app", "u"));

    sql_case_replay(&sql, "SET search_path = app, public");
    assert_string_equal(sql_case_columns(&sql, "t"), "b int4");
    assert_true(exists(&sql, NULL, "u"));
    assert_string_equal(schema_setting(sql.schema, "search_path"), "app, public");
    QualifiedName made = schema_resolve(sql.schema, (QualifiedName){NULL, "new"});
    assert_string_equal(made.schema, "app");

    sql_case_replay(&sql, "CREATE TEMP TABLE t (d int)");
    assert_string_equal(sql_case_columns(&sql, "t"), "d int4");
    sql_case_replay(&sql, "RESET search_path; DROP TABLE pg_temp.t");
    assert_string_equal(sql_case_columns(&sql, "t"), "a int4");
    assert_null(schema_setting(sql.schema, "search_path"));

    sql_case_replay(&sql, "SELECT pg_catalog.set_config('search_path', '', false)");
    assert_false(exists(&sql, NULL, "t"));
    assert_true(exists(&sql, "public", "t"));
    sql_case_close(&sql);
}

static void
the_catalog_is_not_in_public(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    QualifiedName name = schema_resolve(sql.schema, (QualifiedName){NULL, "pg_class"});
    assert_string_equal(name.schema, "pg_catalog");
    name = schema_resolve(sql.schema, (QualifiedName){NULL, "page"});
    assert_string_equal(name.schema, "public");
    sql_case_close(&sql);
}

static void
a_rollback_puts_everything_back(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE INDEX t_a ON t (a)");
    const SimRelation *before = sql_case_relation(&sql, "t");

    sql_case_replay(&sql, "BEGIN; ALTER TABLE t DROP COLUMN a; ALTER TABLE t RENAME TO u;"
                          "CREATE TABLE v (a int REFERENCES u); SET search_path = app;"
                          "CREATE TYPE colour AS ENUM ('red')");
    assert_false(exists(&sql, "public", "t"));
    assert_false(exists(&sql, "public", "t_a"));
    sql_case_replay(&sql, "ROLLBACK");

    assert_ptr_equal(sql_case_relation(&sql, "t"), before);
    assert_true(exists(&sql, NULL, "t_a"));
    assert_false(exists(&sql, NULL, "u"));
    assert_false(exists(&sql, NULL, "v"));
    assert_null(schema_find_enum(sql.schema, (QualifiedName){"app", "colour"}));
    assert_int_equal(schema_referencing(sql.arena, sql.schema, before->id).count, 0);
    sql_case_close(&sql);
}

static void
savepoints_nest(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "BEGIN; CREATE TABLE a (); SAVEPOINT one; CREATE TABLE b ();"
                          "SAVEPOINT two; CREATE TABLE c (); ROLLBACK TO one; CREATE TABLE d ();"
                          "ROLLBACK TO one; CREATE TABLE e (); RELEASE one; ROLLBACK TO one;"
                          "COMMIT");
    assert_true(exists(&sql, NULL, "a"));
    assert_false(exists(&sql, NULL, "b"));
    assert_false(exists(&sql, NULL, "c"));
    assert_false(exists(&sql, NULL, "d"));
    assert_true(exists(&sql, NULL, "e"));
    sql_case_close(&sql);
}

static void
local_settings_end_with_the_transaction(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "SET timezone = 'UTC'; SET LOCAL timezone = 'Europe/London'");
    assert_string_equal(schema_setting(sql.schema, "timezone"), "UTC");
    sql_case_replay(&sql, "BEGIN; SET LOCAL timezone = 'Europe/London'");
    assert_string_equal(schema_setting(sql.schema, "timezone"), "Europe/London");
    sql_case_replay(&sql, "COMMIT");
    assert_string_equal(schema_setting(sql.schema, "timezone"), "UTC");

    sql_case_replay(&sql, "BEGIN; SET LOCAL timezone = 'A'; SET timezone = 'B'; COMMIT");
    assert_string_equal(schema_setting(sql.schema, "timezone"), "B");
    sql_case_replay(&sql, "BEGIN; SET timezone = 'C'; ROLLBACK");
    assert_string_equal(schema_setting(sql.schema, "timezone"), "B");
    sql_case_replay(&sql, "RESET ALL");
    assert_null(schema_setting(sql.schema, "timezone"));
    sql_case_close(&sql);
}

static void
what_a_transaction_made_is_new_in_it(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE old ()");
    assert_false(relation_is_new(sql.schema, sql_case_relation(&sql, "old")));

    sql_case_replay(&sql, "BEGIN; CREATE TABLE new ()");
    assert_true(relation_is_new(sql.schema, sql_case_relation(&sql, "new")));
    assert_false(relation_is_new(sql.schema, sql_case_relation(&sql, "old")));
    sql_case_replay(&sql, "COMMIT; BEGIN");
    assert_false(relation_is_new(sql.schema, sql_case_relation(&sql, "new")));
    sql_case_replay(&sql, "DROP TABLE new; CREATE TABLE new ()");
    assert_true(relation_is_new(sql.schema, sql_case_relation(&sql, "new")));
    sql_case_close(&sql);
}

static void
an_unknown_relation_is_assumed(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    QualifiedName name = {NULL, "orders"};
    SchemaMark mark = schema_mark(sql.schema);
    const SimRelation *orders =
        schema_assume_relation(sql.schema, name, RELATION_PARTITIONED_TABLE);
    assert_true(orders->assumed);
    assert_false(orders->columns_known);
    assert_int_equal(orders->kind, RELATION_PARTITIONED_TABLE);
    assert_string_equal(orders->name.schema, "public");
    assert_int_equal(orders->created_in, 0);
    assert_false(relation_is_new(sql.schema, orders));
    assert_ptr_equal(schema_assume_relation(sql.schema, name, RELATION_TABLE), orders);
    schema_rewind(sql.schema, mark);
    assert_null(schema_find_relation(sql.schema, name));
    sql_case_close(&sql);
}

static void
an_old_pointer_keeps_telling_what_was_true(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE t (a int, b int, c int)");
    SchemaMark mark = schema_mark(sql.schema);
    sql_case_replay(&sql, "ALTER TABLE t ADD COLUMN first int");
    const SimRelation *first = sql_case_relation(&sql, "t");
    schema_rewind(sql.schema, mark);
    sql_case_replay(&sql, "ALTER TABLE t ADD COLUMN second int; ALTER TABLE t ALTER a TYPE text");
    assert_string_equal(first->columns.items[3].name, "first");
    assert_string_equal(first->columns.items[0].type.name.name, "int4");
    assert_string_equal(sql_case_columns(&sql, "t"), "a text, b int4, c int4, second int4");
    sql_case_close(&sql);
}

static void
marks_nest(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    SchemaMark empty = schema_mark(sql.schema);
    sql_case_replay(&sql, "CREATE TABLE t (id int PRIMARY KEY)");
    SchemaMark full = schema_mark(sql.schema);
    sql_case_replay(&sql, "DROP TABLE t");
    schema_rewind(sql.schema, full);
    assert_true(exists(&sql, NULL, "t_pkey"));
    schema_rewind(sql.schema, empty);
    assert_false(exists(&sql, NULL, "t"));
    assert_false(exists(&sql, NULL, "t_pkey"));
    sql_case_close(&sql);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_along_the_search_path),
        cmocka_unit_test(the_catalog_is_not_in_public),
        cmocka_unit_test(a_rollback_puts_everything_back),
        cmocka_unit_test(savepoints_nest),
        cmocka_unit_test(local_settings_end_with_the_transaction),
        cmocka_unit_test(what_a_transaction_made_is_new_in_it),
        cmocka_unit_test(an_unknown_relation_is_assumed),
        cmocka_unit_test(an_old_pointer_keeps_telling_what_was_true),
        cmocka_unit_test(marks_nest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
