/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_drop(void **state)
{
    static const OpCase cases[] = {
        {"DROP TABLE IF EXISTS a, s.b CASCADE",
         "DROP_TABLE a if-exists cascade | DROP_TABLE s.b if-exists cascade"                     },
        {"DROP INDEX CONCURRENTLY IF EXISTS s.i", "! DROP_INDEX s.i if-exists concurrently"      },
        {"DROP INDEX i, j",                       "DROP_INDEX i | DROP_INDEX j"                  },
        {"DROP VIEW v",                           "DROP_VIEW v"                                  },
        {"DROP MATERIALIZED VIEW v",              "DROP_MATERIALIZED_VIEW v"                     },
        {"DROP SEQUENCE q",                       "DROP_SEQUENCE q"                              },
        {"DROP FOREIGN TABLE f",                  "DROP_TABLE f"                                 },
        {"DROP TYPE a, s.b",                      "DROP_TYPE a | DROP_TYPE s.b"                  },
        {"DROP DOMAIN d",                         "DROP_TYPE d"                                  },
        {"DROP FUNCTION s.f(int), g",             "DROP_FUNCTION s.f | DROP_FUNCTION g"          },
        {"DROP PROCEDURE p()",                    "DROP_FUNCTION p"                              },
        {"DROP AGGREGATE a(int)",                 "DROP_FUNCTION a"                              },
        {"DROP SCHEMA a, b CASCADE",              "DROP_SCHEMA a cascade | DROP_SCHEMA b cascade"},
        {"DROP TRIGGER IF EXISTS g ON s.t",       "DROP_TRIGGER s.t if-exists g"                 },
        {"DROP RULE r ON t",                      "DROP_RULE t r"                                },
        {"DROP POLICY p ON t",                    "DROP_POLICY t p"                              },
        {"DROP PUBLICATION p",                    "PUBLICATION p drop"                           },
        {"DROP STATISTICS s.x",                   "DROP_STATISTICS s.x"                          },
        {"DROP EXTENSION x",                      "DROP_EXTENSION x"                             },
        {"DROP EXTENSION x CASCADE",              "DROP_EXTENSION x cascade"                     },
        {"DROP SERVER s",                         "DROP_OBJECT s"                                },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_rename(void **state)
{
    static const OpCase cases[] = {
        {"ALTER TABLE IF EXISTS s.t RENAME TO u",        "RENAME_TABLE s.t if-exists -> u"        },
        {"ALTER TABLE t RENAME COLUMN a TO b",           "RENAME_COLUMN t a -> b"                 },
        {"ALTER TABLE t RENAME a TO b",                  "RENAME_COLUMN t a -> b"                 },
        {"ALTER TABLE t RENAME CONSTRAINT a TO b",       "RENAME_CONSTRAINT t a -> b"             },
        {"ALTER INDEX i RENAME TO j",                    "RENAME_INDEX i -> j"                    },
        {"ALTER VIEW v RENAME TO w",                     "RENAME_TABLE v -> w"                    },
        {"ALTER VIEW v RENAME COLUMN a TO b",            "RENAME_COLUMN v a -> b"                 },
        {"ALTER SEQUENCE q RENAME TO r",                 "RENAME_TABLE q -> r"                    },
        {"ALTER MATERIALIZED VIEW v RENAME TO w",        "RENAME_TABLE v -> w"                    },
        {"ALTER SCHEMA a RENAME TO b",                   "RENAME_SCHEMA a -> b"                   },
        {"ALTER TYPE s.a RENAME TO b",                   "RENAME_TYPE s.a -> b"                   },
        {"ALTER DOMAIN a RENAME TO b",                   "RENAME_TYPE a -> b"                     },
        {"ALTER TYPE a RENAME ATTRIBUTE b TO c",         "ALTER_ATTRIBUTE a old: b new: c"        },
        {"ALTER TYPE a RENAME ATTRIBUTE b TO c CASCADE", "ALTER_ATTRIBUTE a cascade old: b new: c"},
        {"ALTER TRIGGER g ON t RENAME TO h",             "ALTER_TRIGGER t g"                      },
        {"ALTER RULE r ON t RENAME TO q",                "ALTER_RULE t r"                         },
        {"ALTER FUNCTION f() RENAME TO g",               "RENAME_FUNCTION f -> g"                 },
        {"ALTER ROLE a RENAME TO b",                     "NO_RELATION"                            },
        {"ALTER DOMAIN d RENAME CONSTRAINT a TO b",      "ALTER_DOMAIN d"                         },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_schema_and_owner(void **state)
{
    static const OpCase cases[] = {
        {"ALTER TABLE t SET SCHEMA x",                  "SET_SCHEMA t -> x"            },
        {"ALTER VIEW IF EXISTS s.v SET SCHEMA x",       "SET_SCHEMA s.v if-exists -> x"},
        {"ALTER TYPE t SET SCHEMA x",                   "RENAME_TYPE t -> schema x"    },
        {"ALTER FUNCTION f() OWNER TO bob",             "NO_RELATION"                  },
        {"ALTER SCHEMA s OWNER TO bob",                 "NO_RELATION"                  },
        {"ALTER INDEX i DEPENDS ON EXTENSION x",        "DEPENDS_ON_EXTENSION i"       },
        {"ALTER TRIGGER g ON t DEPENDS ON EXTENSION x", "DEPENDS_ON_EXTENSION t g"     },
        {"ALTER FUNCTION f() DEPENDS ON EXTENSION x",   "NO_RELATION"                  },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_comment(void **state)
{
    static const OpCase cases[] = {
        {"COMMENT ON TABLE s.t IS 'x'",                "COMMENT s.t"  },
        {"COMMENT ON COLUMN s.t.a IS 'x'",             "COMMENT s.t a"},
        {"COMMENT ON COLUMN t.a IS NULL",              "COMMENT t a"  },
        {"COMMENT ON INDEX i IS 'x'",                  "COMMENT i"    },
        {"COMMENT ON CONSTRAINT c ON s.t IS 'x'",      "COMMENT s.t c"},
        {"COMMENT ON TRIGGER g ON t IS 'x'",           "COMMENT t g"  },
        {"COMMENT ON FUNCTION f() IS 'x'",             "NO_RELATION"  },
        {"COMMENT ON SCHEMA s IS 'x'",                 "NO_RELATION"  },
        {"COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'", "NO_RELATION"  },
        {"SECURITY LABEL ON TABLE t IS 'x'",           "COMMENT t"    },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_grant(void **state)
{
    static const OpCase cases[] = {
        {"GRANT SELECT ON t, s.u TO bob",                    "GRANT t | GRANT s.u"  },
        {"REVOKE ALL ON TABLE t FROM PUBLIC",                "GRANT t"              },
        {"GRANT USAGE ON SEQUENCE q TO bob",                 "GRANT q on-sequence"  },
        {"GRANT SELECT ON ALL TABLES IN SCHEMA a, b TO bob", "GRANT a.* | GRANT b.*"},
        {"GRANT USAGE ON SCHEMA s TO bob",                   "NO_RELATION"          },
        {"GRANT EXECUTE ON FUNCTION f() TO bob",             "NO_RELATION"          },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_statistics_and_publications(void **state)
{
    static const OpCase cases[] = {
        {"CREATE STATISTICS IF NOT EXISTS x ON a, b FROM s.t", "CREATE_STATISTICS s.t if-exists x"     },
        {"ALTER STATISTICS x SET STATISTICS 5",                "NO_RELATION"                           },
        {"CREATE PUBLICATION p FOR TABLE t, ONLY s.u",         "PUBLICATION p create (t s.u) only(s.u)"},
        {"CREATE PUBLICATION p FOR ALL TABLES",                "PUBLICATION p create"                  },
        {"CREATE PUBLICATION p FOR TABLES IN SCHEMA s",        "PUBLICATION p create"                  },
        {"ALTER PUBLICATION p ADD TABLE t WHERE (a > 1)",      "PUBLICATION p add (t)"                 },
        {"ALTER PUBLICATION p SET TABLE t",                    "PUBLICATION p set (t)"                 },
        {"ALTER PUBLICATION p DROP TABLE t",                   "PUBLICATION p drop-tables (t)"         },
        {"ALTER PUBLICATION p SET (publish = 'insert')",       "NO_RELATION"                           },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drop),
        cmocka_unit_test(test_rename),
        cmocka_unit_test(test_schema_and_owner),
        cmocka_unit_test(test_comment),
        cmocka_unit_test(test_grant),
        cmocka_unit_test(test_statistics_and_publications),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
