/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_select(void **state)
{
    static const OpCase cases[] = {
        {"SELECT 1",                                                                            "SELECT"                  },
        {"SELECT f(a), s.g(1) FROM t, s.u WHERE a IN (SELECT b FROM v)",
         "SELECT reads(t s.u v) calls(f s.g) where"                                                                       },
        {"SELECT * FROM t FOR UPDATE",                                                          "SELECT locks(t)"         },
        {"SELECT * FROM (SELECT * FROM t FOR SHARE) x",                                         "SELECT locks(t)"         },
        {"VALUES (1), (f(2))",                                                                  "SELECT calls(f)"         },
        {"TABLE t",                                                                             "SELECT reads(t)"         },
        {"SELECT * FROM t UNION ALL SELECT * FROM u EXCEPT TABLE v",                            "SELECT reads(t u v)"     },
        {"SELECT * FROM generate_series(1, 2) g LEFT JOIN LATERAL (SELECT * FROM t) x ON true",
         "SELECT reads(t) calls(generate_series)"                                                                         },
        {"SELECT * FROM t TABLESAMPLE system (10), XMLTABLE('/a' PASSING (SELECT x FROM u) COLUMNS "
         "b int)",                                                                     "SELECT reads(t u)"       },
        {"SELECT JSON_ARRAY(SELECT a FROM t), JSON_OBJECT('a': f(1))",                          "SELECT reads(t) calls(f)"},
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_with(void **state)
{
    static const OpCase cases[] = {
        {"WITH w AS (SELECT * FROM w) SELECT * FROM w",                                              "SELECT reads(w)"                          },
        {"WITH RECURSIVE w AS (SELECT 1 UNION SELECT * FROM w JOIN t ON true) SELECT * FROM w",
         "SELECT reads(t)"                                                                                                                      },
        {"WITH a AS (SELECT 1), b AS (SELECT * FROM a, c), c AS (SELECT * FROM b) SELECT * FROM "
         "s.a, c",                                                                          "SELECT reads(c s.a)"                      },
        {"SELECT * FROM (WITH w AS (SELECT 1) SELECT * FROM w) x, w",                                "SELECT reads(w)"                          },
        {"WITH d AS (DELETE FROM old USING k WHERE true RETURNING *) INSERT INTO n SELECT * FROM d",
         "INSERT n reads(k) changes(old) | DELETE old reads(k) where"                                                                           },
        {"WITH k AS (SELECT * FROM s), d AS (DELETE FROM old USING k RETURNING *) SELECT * FROM d, "
         "k",                                                                               "SELECT reads(s) changes(old) | DELETE old"},
        {"WITH RECURSIVE d AS (UPDATE t SET a = 1 FROM e), e AS (SELECT 1) DELETE FROM u",
         "DELETE u changes(t) | UPDATE t"                                                                                                       },
        {"CREATE TABLE n AS WITH d AS (DELETE FROM old RETURNING *) SELECT * FROM d",
         "CREATE_TABLE_AS n changes(old) | DELETE old"                                                                                          },
        {"COPY (WITH d AS (INSERT INTO t SELECT 1 RETURNING *) SELECT * FROM d) TO STDOUT",
         "COPY_TO adds-to(t) | INSERT t"                                                                                                        },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_write(void **state)
{
    static const OpCase cases[] = {
        {"INSERT INTO s.t (a) VALUES (1), (2) ON CONFLICT (a) DO UPDATE SET b = (SELECT max(c) "
         "FROM u) RETURNING f(a)",                                                   "INSERT s.t reads(u) calls(max f)"              },
        {"INSERT INTO t SELECT * FROM u",                                                     "INSERT t reads(u)"                             },
        {"INSERT INTO t DEFAULT VALUES",                                                      "INSERT t"                                      },
        {"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'S.\"I\"'::regclass",
         "UPDATE pg_index where | SET_INDEX_VALIDITY s.I"                                                                                     },
        {"UPDATE pg_catalog.pg_index SET indisvalid = true WHERE indexrelid = 'i'::regclass",
         "UPDATE pg_catalog.pg_index where | SET_INDEX_VALIDITY i valid"                                                                      },
        {"UPDATE pg_index SET indisvalid = false WHERE indrelid = 't'::regclass",
         "UPDATE pg_index where"                                                                                                              },
        {"UPDATE ONLY t SET a = 1",                                                           "UPDATE t only"                                 },
        {"UPDATE t SET (a, b) = (SELECT 1, 2 FROM w) FROM u WHERE t.id = u.id",
         "UPDATE t reads(w u) where"                                                                                                          },
        {"DELETE FROM t",                                                                     "DELETE t"                                      },
        {"DELETE FROM t USING u WHERE t.id = u.id",                                           "DELETE t reads(u) where"                       },
        {"MERGE INTO t USING s.u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = f(1) WHEN NOT "
         "MATCHED THEN INSERT VALUES (1)",                                           "MERGE t reads(s.u) calls(f)"                   },
        {"TRUNCATE t, ONLY s.u CASCADE",                                                      "TRUNCATE t cascade | TRUNCATE s.u only cascade"},
        {"TRUNCATE TABLE t RESTART IDENTITY",                                                 "TRUNCATE t restarts"                           },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_copy(void **state)
{
    static const OpCase cases[] = {
        {"COPY t FROM '/x'",                                 "COPY_FROM t"                        },
        {"COPY s.t (a, b) TO STDOUT",                        "COPY_TO s.t"                        },
        {"COPY (SELECT * FROM t) TO '/x'",                   "COPY_TO reads(t)"                   },
        {"COPY (DELETE FROM t WHERE a RETURNING *) TO '/x'", "COPY_TO changes(t) | DELETE t where"},
        {"COPY t FROM PROGRAM 'x' WHERE a > 1",              "COPY_FROM t where"                  },
        {"COPY t FROM stdin",                                "COPY_FROM t from-stdin"             },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_planned(void **state)
{
    static const OpCase cases[] = {
        {"EXPLAIN DELETE FROM t",                                          "SELECT changes(t) planned"       },
        {"EXPLAIN ANALYZE DELETE FROM t",                                  "DELETE t"                        },
        {"EXPLAIN (ANALYZE off) UPDATE t SET a = 1",                       "SELECT changes(t) planned"       },
        {"EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM t",                     "SELECT reads(t)"                 },
        {"PREPARE q AS INSERT INTO t SELECT * FROM u",                     "SELECT reads(u) adds-to(t) named"},
        {"EXECUTE q",                                                      "UNKNOWN"                         },
        {"DEALLOCATE q",                                                   "NO_RELATION"                     },
        {"DECLARE c CURSOR FOR SELECT * FROM t",                           "SELECT reads(t) planned"         },
        {"PREPARE q AS DELETE FROM t; EXECUTE q; DEALLOCATE q; EXECUTE q",
         "SELECT changes(t) named\nDELETE t\nNO_RELATION\nUNKNOWN"                                           },
        {"DECLARE c CURSOR FOR SELECT * FROM t; FETCH c; FETCH ALL c",
         "SELECT reads(t) planned\nNO_RELATION\nSELECT reads(t)"                                             },
        {"FETCH ALL FROM c",                                               "NO_RELATION"                     },
        {"CLOSE c",                                                        "NO_RELATION"                     },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_select), cmocka_unit_test(test_with),    cmocka_unit_test(test_write),
        cmocka_unit_test(test_copy),   cmocka_unit_test(test_planned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
