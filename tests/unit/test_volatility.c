/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/volatility.h"
#include "support/sql_case.h"
#include "support/test.h"

typedef struct Case {
    const char *expression;
    Volatility volatility;
    const char *culprit;
} Case;

/* clang-format off */
static const Case cases[] = {
    {"1", VOLATILITY_IMMUTABLE, NULL},
    {"'{}'::jsonb", VOLATILITY_IMMUTABLE, NULL},
    {"lower('A')", VOLATILITY_IMMUTABLE, NULL},
    {"CURRENT_TIMESTAMP", VOLATILITY_IMMUTABLE, NULL},
    {"now()", VOLATILITY_STABLE, "now"},
    {"now() + interval '1 day'", VOLATILITY_STABLE, "now"},
    {"to_char(now(), 'YYYY')", VOLATILITY_STABLE, "to_char"},
    {"current_setting('x.y')", VOLATILITY_STABLE, "current_setting"},
    {"statement_timestamp()", VOLATILITY_STABLE, "statement_timestamp"},
    {"clock_timestamp()", VOLATILITY_VOLATILE, "clock_timestamp"},
    {"random()", VOLATILITY_VOLATILE, "random"},
    {"gen_random_uuid()", VOLATILITY_VOLATILE, "gen_random_uuid"},
    {"pg_catalog.gen_random_uuid()", VOLATILITY_VOLATILE, "gen_random_uuid"},
    {"uuidv7()", VOLATILITY_VOLATILE, "uuidv7"},
    {"uuid_generate_v4()", VOLATILITY_VOLATILE, "uuid_generate_v4"},
    {"nextval('s')", VOLATILITY_VOLATILE, "nextval"},
    {"lower(md5(random()::text))", VOLATILITY_VOLATILE, "random"},
    {"upper(timeofday())", VOLATILITY_VOLATILE, "timeofday"},
    {"nobody_knows()", VOLATILITY_UNKNOWN, "nobody_knows"},
    {"extensions.uuid_generate_v4()", VOLATILITY_VOLATILE, "uuid_generate_v4"},
    {"public.gen_random_uuid()", VOLATILITY_VOLATILE, "gen_random_uuid"},
    {"app.lower('A')", VOLATILITY_UNKNOWN, "lower"},
    {"coalesce(nobody_knows(), random())", VOLATILITY_VOLATILE, "random"},
    {"mine_volatile()", VOLATILITY_VOLATILE, "mine_volatile"},
    {"mine_default()", VOLATILITY_VOLATILE, "mine_default"},
    {"mine_stable()", VOLATILITY_STABLE, "mine_stable"},
    {"mine_immutable()", VOLATILITY_IMMUTABLE, NULL},
    {"app.mine()", VOLATILITY_STABLE, "mine"},
    {"mine_constant()", VOLATILITY_IMMUTABLE, NULL},
    {"mine_word()", VOLATILITY_IMMUTABLE, NULL},
    {"mine_query()", VOLATILITY_VOLATILE, "mine_query"},
    {"mine_replaced()", VOLATILITY_STABLE, "mine_replaced"},
    {"mine_overloaded(1)", VOLATILITY_VOLATILE, "mine_overloaded"},
    {"initcap('x')", VOLATILITY_VOLATILE, "initcap"}, /* the user's own goes first */
    {"mine_dropped()", VOLATILITY_UNKNOWN, "mine_dropped"},
};
/* clang-format on */

static const char functions[] =
    "CREATE FUNCTION mine_volatile() RETURNS int LANGUAGE plpgsql VOLATILE AS 'begin end';"
    "CREATE FUNCTION mine_default() RETURNS int LANGUAGE plpgsql AS 'begin end';"
    "CREATE FUNCTION mine_stable() RETURNS int LANGUAGE plpgsql STABLE AS 'begin end';"
    "CREATE FUNCTION mine_immutable() RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'begin end';"
    "CREATE FUNCTION app.mine() RETURNS int LANGUAGE plpgsql STABLE AS 'begin end';"
    "CREATE FUNCTION mine_constant() RETURNS int LANGUAGE sql AS ' SELECT 42; ';"
    "CREATE FUNCTION mine_word() RETURNS text LANGUAGE sql AS $$select 'new'$$;"
    "CREATE FUNCTION mine_query() RETURNS int LANGUAGE sql AS 'SELECT 4 + random()';"
    "CREATE FUNCTION mine_replaced() RETURNS int LANGUAGE plpgsql AS 'begin end';"
    "CREATE OR REPLACE FUNCTION mine_replaced() RETURNS int LANGUAGE plpgsql STABLE AS 'begin';"
    "CREATE FUNCTION mine_overloaded(a int) RETURNS int LANGUAGE plpgsql STABLE AS 'begin end';"
    "CREATE FUNCTION mine_overloaded(a text) RETURNS int LANGUAGE plpgsql VOLATILE AS 'begin';"
    "CREATE FUNCTION mine_overloaded(a date) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'begin';"
    "CREATE FUNCTION initcap(a int) RETURNS int LANGUAGE plpgsql VOLATILE AS 'begin end';"
    "CREATE FUNCTION mine_dropped() RETURNS int LANGUAGE plpgsql STABLE AS 'begin end';"
    "DROP FUNCTION mine_dropped();";

static void
each_expression_has_its_volatility(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, functions);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        OpList ops =
            sql_case_parse(&sql, arena_printf(sql.arena, "ALTER TABLE t ADD c int DEFAULT %s",
                                              cases[i].expression));
        QualifiedName culprit;
        Volatility found =
            expression_volatility(sql.schema, ops.items[0].add_column.default_value, &culprit);
        if (found != cases[i].volatility)
            fail_msg("%s: %d", cases[i].expression, (int)found);
        if (cases[i].culprit == NULL)
            assert_null(culprit.name);
        else
            assert_string_equal(culprit.name, cases[i].culprit);
    }
    sql_case_close(&sql);
}

static void
no_expression_is_immutable(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    assert_int_equal(expression_volatility(sql.schema, NULL, NULL), VOLATILITY_IMMUTABLE);
    SqlExpr subquery = {.text = "(SELECT 1)", .has_subquery = true};
    assert_int_equal(expression_volatility(sql.schema, &subquery, NULL), VOLATILITY_UNKNOWN);
    sql_case_close(&sql);
}

/* bsearch() finds only what is in order. */
static void
the_table_is_sorted(void **state)
{
    (void)state;
    static const char *const names[] = {
#define V(name) name,
#define S(name) name,
#define I(name) name,
#define EV(name) name,
#define EI(name) name,
#include "schema/volatile_functions.def"
#undef V
#undef S
#undef I
#undef EV
#undef EI
    };
    size_t count = sizeof names / sizeof *names;
    assert_true(count > 2000);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1], names[i]) >= 0)
            fail_msg("%s before %s", names[i - 1], names[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_expression_has_its_volatility),
        cmocka_unit_test(no_expression_is_immutable),
        cmocka_unit_test(the_table_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
