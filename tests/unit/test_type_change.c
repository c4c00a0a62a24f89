/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/type_change.h"
#include "support/sql_case.h"
#include "support/test.h"

typedef struct Case {
    const char *from;
    const char *to;      /* after TYPE: also COLLATE and USING, on column c */
    const char *verdict; /* "keep", "rewrite", "rebuild" (keep, but the indexes), "unknown" */
} Case;

/* What servers 14 to 18 were seen to do; TimeZone is UTC here. */
/* clang-format off */
static const Case cases[] = {
    {"varchar(10)", "varchar(10)", "keep"},
    {"varchar(10)", "varchar(20)", "keep"},
    {"varchar(20)", "varchar(10)", "rewrite"},
    {"varchar(10)", "varchar", "keep"},
    {"varchar(10)", "text", "keep"},
    {"varchar", "varchar(10)", "rewrite"},
    {"text", "varchar", "keep"},
    {"text", "varchar(10)", "rewrite"},
    {"varchar(10)", "char(10)", "rewrite"},
    {"varchar", "bpchar", "rebuild"},
    {"char(10)", "bpchar", "keep"},
    {"char(10)", "char(20)", "rewrite"},
    {"char(10)", "text", "rewrite"},
    {"char(10)", "varchar(10)", "rewrite"},
    {"text", "citext", "rebuild"},
    {"citext", "text", "rebuild"},
    {"numeric(10,2)", "numeric(12,2)", "keep"},
    {"numeric(10,2)", "numeric", "keep"},
    {"numeric(10)", "numeric(12,0)", "keep"},
    {"numeric(10)", "numeric(10,0)", "keep"},
    {"numeric(10,2)", "numeric(12,3)", "rewrite"},
    {"numeric(10,2)", "numeric(8,2)", "rewrite"},
    {"numeric", "numeric(10,2)", "rewrite"},
    {"int", "numeric", "rewrite"},
    {"int", "bigint", "rewrite"},
    {"smallint", "int", "rewrite"},
    {"int", "oid", "rebuild"},
    {"oid", "int", "rebuild"},
    {"real", "float8", "rewrite"},
    {"timestamp(3)", "timestamp(6)", "keep"},
    {"timestamp(3)", "timestamp", "keep"},
    {"timestamp", "timestamp(6)", "keep"},
    {"timestamp", "timestamp(3)", "rewrite"},
    {"time(2)", "time(4)", "keep"},
    {"timetz(4)", "timetz(2)", "rewrite"},
    {"interval(3)", "interval(6)", "keep"},
    {"interval(3)", "interval", "keep"},
    {"interval", "interval(3)", "rewrite"},
    {"interval", "interval day to hour", "rewrite"},
    {"timestamp", "timestamptz", "rebuild"},
    {"timestamptz", "timestamp", "rebuild"},
    {"timestamp", "timestamptz(3)", "rewrite"},
    {"timestamp", "timestamptz USING c AT TIME ZONE 'UTC'", "rewrite"},
    {"timestamp", "date", "rewrite"},
    {"varbit(8)", "varbit(16)", "keep"},
    {"varbit(16)", "varbit(8)", "rewrite"},
    {"bit(8)", "varbit", "rebuild"},
    {"cidr", "inet", "keep"},
    {"inet", "cidr", "rewrite"},
    {"xml", "text", "rebuild"},
    {"json", "jsonb", "rewrite"},
    {"json", "text", "rewrite"},
    {"colour", "text", "rewrite"},
    {"text", "colour", "rewrite"},
    {"int[]", "int[]", "keep"},
    {"int[]", "bigint[]", "rewrite"},
    {"varchar(10)[]", "varchar(20)[]", "rewrite"},
    {"word", "text", "keep"},
    {"text", "word", "keep"},
    {"varchar(10)", "word", "keep"},
    {"text", "email", "rewrite"},
    {"email", "text", "keep"},
    {"email", "email", "keep"},
    {"text", "needed", "rewrite"},
    {"text", "word_of_word", "keep"},
    {"text", "email_of_email", "rewrite"},
    {"text", "text COLLATE \"C\"", "rebuild"},
    {"text COLLATE \"C\"", "text", "rebuild"},
    {"text COLLATE \"C\"", "text COLLATE \"C\"", "keep"},
    {"varchar(10)", "text USING c", "keep"},
    {"varchar(10)", "text USING (c)", "keep"},
    {"varchar(10)", "text USING c::text", "keep"},
    {"varchar(10)", "text USING CAST(c AS text)", "keep"},
    {"varchar(10)", "varchar(20) USING c::varchar(20)", "keep"},
    {"varchar(20)", "text USING c::varchar(10)", "rewrite"},
    {"int", "bigint USING c::bigint", "rewrite"},
    {"text", "text USING lower(c)", "rewrite"},
    {"text", "text USING c || ''", "rewrite"},
    {"text", "text USING c::text || 'x'", "rewrite"},
    {"text", "text USING other", "rewrite"},
    {"geometry", "geometry", "keep"},
    {"geometry", "text", "unknown"},
    {"geometry(Point)", "geometry(Line)", "rewrite"},
    {"text", "geometry", "unknown"},
    {"jsonb", "app.money", "unknown"},
};
/* clang-format on */

static const char types[] = "SET timezone = 'UTC';"
                            "CREATE TYPE colour AS ENUM ('red', 'blue');"
                            "CREATE DOMAIN word AS text;"
                            "CREATE DOMAIN word_of_word AS word;"
                            "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');"
                            "CREATE DOMAIN email_of_email AS email;"
                            "CREATE DOMAIN needed AS text NOT NULL;";

static TypeChange
change_of(SqlCase *sql, const char *from, const char *to)
{
    sql_case_replay(sql, arena_printf(sql->arena,
                                      "DROP TABLE IF EXISTS t; CREATE TABLE t (other text, c %s)",
                                      from));
    OpList ops = sql_case_parse(sql, arena_printf(sql->arena, "ALTER TABLE t ALTER c TYPE %s", to));
    const SimColumn *column = relation_find_column(sql_case_relation(sql, "t"), "c");
    return type_change(sql->arena, sql->schema, column, &ops.items[0]);
}

static const char *
verdict_of(const TypeChange *change)
{
    if (!change->known)
        return "unknown";
    if (change->rewrites)
        return "rewrite";
    return change->rebuilds_indexes ? "rebuild" : "keep";
}

static void
each_change_has_its_verdict(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, types);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TypeChange change = change_of(&sql, cases[i].from, cases[i].to);
        const char *verdict = verdict_of(&change);
        if (strcmp(verdict, cases[i].verdict) != 0)
            fail_msg("%s to %s: %s (%s), not %s", cases[i].from, cases[i].to, verdict, change.why,
                     cases[i].verdict);
        assert_non_null(change.why);
        assert_true(change.known || change.rewrites);
    }
    sql_case_close(&sql);
}

static void
the_time_zone_decides_on_timestamps(void **state)
{
    (void)state;
    static const Case zones[] = {
        {"SET timezone = 'UTC'",           NULL, "rebuild"},
        {"SET timezone = 'Etc/utc'",       NULL, "rebuild"},
        {"SET timezone = 'Zulu'",          NULL, "rebuild"},
        {"SET TIME ZONE 'GMT'",            NULL, "rebuild"},
        {"SET timezone = 'Europe/London'", NULL, "rewrite"},
        {"RESET timezone",                 NULL, "unknown"},
    };
    SqlCase sql = sql_case_open(17);
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        sql_case_replay(&sql, zones[i].from);
        TypeChange change = change_of(&sql, "timestamp", "timestamptz");
        if (strcmp(verdict_of(&change), zones[i].verdict) != 0)
            fail_msg("%s: %s", zones[i].from, verdict_of(&change));
    }
    sql_case_close(&sql);
}

static void
a_column_of_unknown_type_is_said_to_be_so(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    OpList ops = sql_case_parse(&sql, "ALTER TABLE t ALTER c TYPE text");
    SimColumn column = {.name = "c"};
    TypeChange change = type_change(sql.arena, sql.schema, &column, &ops.items[0]);
    assert_false(change.known);
    assert_true(change.rewrites);
    assert_string_equal(change.why, "the column's present type is not in the history");
    sql_case_close(&sql);
}

static void
types_are_written_as_people_write_them(void **state)
{
    (void)state;
    static const char *const written[][2] = {
        {"varchar(20)",              "varchar(20)"   },
        {"numeric(10, 2)",           "numeric(10,2)" },
        {"int",                      "int4"          },
        {"timestamp with time zone", "timestamptz"   },
        {"text[]",                   "text[]"        },
        {"int[][]",                  "int4[][]"      },
        {"app.money[]",              "app.money[]"   },
        {"interval(3)",              "interval(3)"   },
        {"\"Odd Name\".x",           "\"Odd Name\".x"},
    };
    SqlCase sql = sql_case_open(17);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        OpList ops =
            sql_case_parse(&sql, arena_printf(sql.arena, "ALTER TABLE t ADD c %s", written[i][0]));
        assert_string_equal(type_words(sql.arena, &ops.items[0].add_column.type), written[i][1]);
    }
    sql_case_close(&sql);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_has_its_verdict),
        cmocka_unit_test(the_time_zone_decides_on_timestamps),
        cmocka_unit_test(a_column_of_unknown_type_is_said_to_be_so),
        cmocka_unit_test(types_are_written_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
