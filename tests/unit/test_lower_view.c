/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_views(void **state)
{
    static const OpCase cases[] = {
        {"CREATE VIEW s.v (x, y) AS SELECT a, b FROM t JOIN s.u ON true WHERE EXISTS (SELECT 1 "
         "FROM w)",                                                                 "CREATE_VIEW s.v reads(t s.u w) columns(x y)"},
        {"CREATE OR REPLACE TEMP VIEW v AS SELECT 1",                                        "CREATE_VIEW v if-exists temporary"          },
        {"CREATE TABLE IF NOT EXISTS n (a) AS SELECT * FROM t WITH NO DATA",
         "CREATE_TABLE_AS n if-exists reads(t) columns(a) no-data"                                                                        },
        {"CREATE TEMP TABLE n AS EXECUTE q",                                                 "CREATE_TABLE_AS n temporary"                },
        {"SELECT a INTO TEMP n FROM t UNION SELECT b FROM u",
         "CREATE_TABLE_AS n temporary reads(t u)"                                                                                         },
        {"CREATE MATERIALIZED VIEW v AS SELECT * FROM t",                                    "CREATE_MATERIALIZED_VIEW v reads(t)"        },
        {"REFRESH MATERIALIZED VIEW CONCURRENTLY v",                                         "REFRESH_MATERIALIZED_VIEW v concurrently"   },
        {"REFRESH MATERIALIZED VIEW v WITH NO DATA",                                         "REFRESH_MATERIALIZED_VIEW v no-data"        },
        {"CREATE RECURSIVE VIEW v (a) AS SELECT 1 UNION SELECT a + 1 FROM v JOIN t ON true",
         "CREATE_VIEW v reads(t) columns(a)"                                                                                              },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_sequences(void **state)
{
    static const OpCase cases[] = {
        {"CREATE SEQUENCE IF NOT EXISTS s.q",            "CREATE_SEQUENCE s.q if-exists" },
        {"ALTER SEQUENCE IF EXISTS q RESTART 5",         "ALTER_SEQUENCE q if-exists"    },
        {"CREATE SEQUENCE q AS smallint OWNED BY s.t.a",
         "CREATE_SEQUENCE q pg_catalog.int2 owned-by s.t a"                              },
        {"ALTER SEQUENCE q OWNED BY NONE",               "ALTER_SEQUENCE q owned-by-none"},
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_attached(void **state)
{
    static const OpCase cases[] = {
        {"CREATE OR REPLACE TRIGGER g BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION f()",
         "CREATE_TRIGGER s.t if-exists g"                                                                          },
        {"CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE PROCEDURE "
         "f()",                                                                       "CREATE_TRIGGER t g"},
        {"CREATE RULE r AS ON INSERT TO t DO INSTEAD (INSERT INTO u VALUES (1); SELECT 2)",
         "CREATE_RULE t r"                                                                                         },
        {"CREATE POLICY p ON t USING (a = current_user)",                                      "CREATE_POLICY t p" },
        {"ALTER POLICY p ON s.t TO bob",                                                       "ALTER_POLICY s.t p"},
        {"ALTER POLICY p ON t RENAME TO q",                                                    "ALTER_POLICY t p"  },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_attached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
