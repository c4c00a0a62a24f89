/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_set(void **state)
{
    static const OpCase cases[] = {
        {"SET search_path TO a, \"B\", public",                     "SET_VARIABLE search_path =(a B public)"},
        {"SET LOCAL lock_timeout = '2s'",                           "SET_VARIABLE lock_timeout =(2s) local" },
        {"SET SESSION Work_Mem = 64",                               "SET_VARIABLE work_mem =(64)"           },
        {"SET x.y = true",                                          "SET_VARIABLE x.y =(true)"              },
        {"SET TIME ZONE 'UTC'",                                     "SET_VARIABLE timezone =(UTC)"          },
        {"SET statement_timeout TO DEFAULT",                        "SET_VARIABLE statement_timeout"        },
        {"SET search_path = ''",                                    "SET_VARIABLE search_path =()"          },
        {"RESET lock_timeout",                                      "SET_VARIABLE lock_timeout reset"       },
        {"RESET ALL",                                               "SET_VARIABLE reset"                    },
        {"SET ROLE bob",                                            "SET_VARIABLE role =(bob)"              },
        {"SET SESSION AUTHORIZATION DEFAULT",                       "SET_VARIABLE session_authorization"    },
        {"SET x FROM CURRENT",                                      "SET_VARIABLE x"                        },
        {"SET TIME ZONE INTERVAL '1' HOUR TO MINUTE",               "SET_VARIABLE timezone =(1)"            },
        {"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY",
         "SET_VARIABLE transaction_isolation =(serializable) local | SET_VARIABLE "
         "transaction_read_only =(1) local"                                                                 },
        {"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
         "SET_VARIABLE default_transaction_read_only =(0)"                                                  },
        {"SET TRANSACTION SNAPSHOT 'x'",                            "NO_RELATION"                           },
        {"SET CONSTRAINTS ALL DEFERRED",                            "SET_CONSTRAINTS deferred"              },
        {"SET CONSTRAINTS a, s.b IMMEDIATE",                        "SET_CONSTRAINTS (a b)"                 },
        {"SHOW x",                                                  "NO_RELATION"                           },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_set_config(void **state)
{
    static const OpCase cases[] = {
        {"SELECT pg_catalog.set_config('search_path', '', false)",                         "SET_VARIABLE search_path =()"     },
        {"SELECT set_config('search_path', 'a, \"B \"\"c\", D', true)",
         "SET_VARIABLE search_path =(a B \"c d) local"                                                                        },
        {"SELECT set_config('Lock_Timeout', '2s', false), set_config('x.y', NULL, false)",
         "SET_VARIABLE lock_timeout =(2s) | SET_VARIABLE x.y"                                                                 },
        {"SELECT set_config('a', 'b', false) FROM t",                                      "SELECT reads(t) calls(set_config)"},
        {"SELECT set_config(name, 'b', false)",                                            "SELECT calls(set_config)"         },
        {"SELECT s.set_config('a', 'b', false)",                                           "SELECT calls(s.set_config)"       },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_transactions(void **state)
{
    static const OpCase cases[] = {
        {"BEGIN",                       "TRANSACTION 0"  },
        {"START TRANSACTION READ ONLY", "TRANSACTION 0"  },
        {"COMMIT",                      "TRANSACTION 1"  },
        {"END",                         "TRANSACTION 1"  },
        {"ROLLBACK",                    "TRANSACTION 2"  },
        {"ABORT",                       "TRANSACTION 2"  },
        {"SAVEPOINT s",                 "TRANSACTION 3 s"},
        {"RELEASE s",                   "TRANSACTION 4 s"},
        {"ROLLBACK TO s",               "TRANSACTION 5 s"},
        {"PREPARE TRANSACTION 'x'",     "TRANSACTION 6"  },
        {"COMMIT PREPARED 'x'",         "TRANSACTION 7"  },
        {"ROLLBACK PREPARED 'x'",       "TRANSACTION 8"  },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_locks(void **state)
{
    static const OpCase cases[] = {
        {"LOCK t",                                                    "LOCK_TABLE t level 8"},
        {"LOCK TABLE ONLY s.t, u IN SHARE ROW EXCLUSIVE MODE NOWAIT",
         "LOCK_TABLE s.t only level 6 nowait | LOCK_TABLE u level 6 nowait"                 },
        {"LOCK t IN ACCESS SHARE MODE",                               "LOCK_TABLE t level 1"},
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_maintenance(void **state)
{
    static const OpCase cases[] = {
        {"VACUUM",                          "! VACUUM"             },
        {"VACUUM FULL s.t",                 "! VACUUM s.t full"    },
        {"VACUUM (FULL off, ANALYZE) t, u", "! VACUUM t | VACUUM u"},
        {"ANALYZE",                         "ANALYZE"              },
        {"ANALYZE t (a)",                   "ANALYZE t"            },
        {"CLUSTER",                         "! CLUSTER"            },
        {"CLUSTER t",                       "CLUSTER t"            },
        {"CLUSTER t USING i",               "CLUSTER t i"          },
        {"CHECKPOINT",                      "NO_RELATION"          },
        {"DISCARD ALL",                     "! SET_VARIABLE reset" },
        {"DISCARD PLANS",                   "NO_RELATION"          },
        {"LISTEN x",                        "NO_RELATION"          },
        {"NOTIFY x, 'y'",                   "NO_RELATION"          },
        {"LOAD 'x'",                        "NO_RELATION"          },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_outside(void **state)
{
    static const OpCase cases[] = {
        {"CREATE DATABASE d",                                                             "! NO_RELATION"                         },
        {"DROP DATABASE d",                                                               "! NO_RELATION"                         },
        {"ALTER DATABASE d SET TABLESPACE x",                                             "! NO_RELATION"                         },
        {"ALTER DATABASE d SET work_mem = 1",                                             "SET_SESSION_DEFAULT work_mem =(1)"     },
        {"ALTER DATABASE d RESET \"TimeZone\"",                                           "SET_SESSION_DEFAULT timezone reset"    },
        {"ALTER ROLE ALL SET search_path = a, \"B\"",                                     "SET_SESSION_DEFAULT search_path =(a B)"},
        {"ALTER ROLE r SET search_path = a",                                              "NO_RELATION"                           },
        {"ALTER DATABASE d CONNECTION LIMIT 3",                                           "NO_RELATION"                           },
        {"CREATE TABLESPACE x LOCATION '/x'",                                             "! NO_RELATION"                         },
        {"DROP TABLESPACE x",                                                             "! NO_RELATION"                         },
        {"ALTER SYSTEM SET x = 1",                                                        "! NO_RELATION"                         },
        {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",                            "! NO_RELATION"                         },
        {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
         "NO_RELATION"                                                                                                            },
        {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)",
         "NO_RELATION"                                                                                                            },
        {"ALTER SUBSCRIPTION s REFRESH PUBLICATION",                                      "! NO_RELATION"                         },
        {"ALTER SUBSCRIPTION s SET PUBLICATION p",                                        "! NO_RELATION"                         },
        {"ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh = false)",                 "NO_RELATION"                           },
        {"ALTER SUBSCRIPTION s DISABLE",                                                  "NO_RELATION"                           },
        {"ALTER SUBSCRIPTION s SET (failover = true)",                                    "! NO_RELATION"                         },
        {"DROP SUBSCRIPTION s",                                                           "! NO_RELATION"                         },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_roles_and_server(void **state)
{
    static const OpCase cases[] = {
        {"CREATE ROLE r",                                                    "NO_RELATION"            },
        {"ALTER USER r PASSWORD 'x'",                                        "NO_RELATION"            },
        {"DROP ROLE r",                                                      "NO_RELATION"            },
        {"GRANT a TO b",                                                     "NO_RELATION"            },
        {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO bob",           "NO_RELATION"            },
        {"REASSIGN OWNED BY a TO b",                                         "REASSIGN_OWNED (a) -> b"},
        {"DROP OWNED BY a",                                                  "DROP_OWNED (a)"         },
        {"CREATE EXTENSION x",                                               "CREATE_EXTENSION x"     },
        {"ALTER EXTENSION x UPDATE",                                         "NO_RELATION"            },
        {"CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()", "NO_RELATION"            },
        {"CREATE SERVER s FOREIGN DATA WRAPPER w",                           "CREATE_SERVER s w"      },
        {"IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b",                     "IMPORT_FOREIGN s"       },
        {"CREATE CAST (a AS b) WITHOUT FUNCTION",                            "CREATE_CAST"            },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_set_config),
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_locks),
        cmocka_unit_test(test_maintenance),
        cmocka_unit_test(test_outside),
        cmocka_unit_test(test_roles_and_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
