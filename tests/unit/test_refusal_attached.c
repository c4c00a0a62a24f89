/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE VIEW v AS SELECT id FROM t;"
    "CREATE MATERIALIZED VIEW m AS SELECT id FROM t;"
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"
    "CREATE RULE ru AS ON DELETE TO t DO INSTEAD NOTHING;"
    "CREATE POLICY po ON t USING (true);";

static const RefusalExample examples[] = {
    {"CREATE TRIGGER tr BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f();",                     17,
     "trigger \"tr\" for relation \"t\" already exists"                                                                                               },
    {"CREATE OR REPLACE TRIGGER tr BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f();",          17,
     NULL                                                                                                                                             },
    {"DROP TRIGGER tr ON t; CREATE TRIGGER tr AFTER DELETE ON t EXECUTE FUNCTION f();",             17, NULL                                          },
    {"CREATE TRIGGER x INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();",                  17,
     "\"t\" is a table"                                                                                                                               },
    {"CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();",                  17, NULL                                          },
    {"CREATE TRIGGER x BEFORE INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();",                      17,
     "\"v\" is a view"                                                                                                                                },
    {"CREATE TRIGGER x BEFORE INSERT ON v EXECUTE FUNCTION f();",                                   17, NULL                                          },
    {"CREATE TRIGGER x AFTER INSERT ON m EXECUTE FUNCTION f();",                                    17,
     "relation \"m\" cannot have triggers"                                                                                                            },
    {"CREATE TRIGGER x AFTER INSERT ON m EXECUTE FUNCTION f();",                                    14,
     "\"m\" is not a table or view"                                                                                                                   },
    {"CREATE TRIGGER x BEFORE UPDATE OF b ON t EXECUTE FUNCTION f();",                              17,
     "column \"b\" of relation \"t\" does not exist"                                                                                                  },
    {"CREATE TRIGGER x BEFORE UPDATE OF a ON t EXECUTE FUNCTION f();",                              17, NULL                                          },
    {"CREATE TRIGGER x BEFORE UPDATE ON t EXECUTE FUNCTION g();",                                   17,
     "function g() does not exist"                                                                                                                    },
    {"CREATE EXTENSION postgis; CREATE TRIGGER x BEFORE UPDATE ON t EXECUTE FUNCTION g();",         17,
     NULL                                                                                                                                             },
    {"DROP TRIGGER x ON t;",                                                                        17, "trigger \"x\" for table \"t\" does not exist"},
    {"DROP TRIGGER IF EXISTS x ON t;",                                                              17, NULL                                          },
    {"ALTER TABLE t DISABLE TRIGGER x;",                                                            17, "trigger \"x\" for table \"t\" does not exist"},
    {"ALTER TABLE t DISABLE TRIGGER tr, DISABLE TRIGGER ALL;",                                      17, NULL                                          },
    {"CREATE RULE ru AS ON UPDATE TO t DO INSTEAD NOTHING;",                                        17,
     "rule \"ru\" for relation \"t\" already exists"                                                                                                  },
    {"DROP RULE x ON t;",                                                                           17, "rule \"x\" for relation \"t\" does not exist"},
    {"CREATE POLICY po ON t USING (a > 0);",                                                        17, "policy \"po\" for table \"t\" already exists"},
    {"ALTER POLICY x ON t USING (true);",                                                           17, "policy \"x\" for table \"t\" does not exist" },
    {"DROP POLICY po ON t; CREATE POLICY po ON t USING (a > 0);",                                   17, NULL                                          },
    {"DROP FUNCTION g();",                                                                          17, "function g() does not exist"                 },
    {"DROP FUNCTION IF EXISTS g();",                                                                17, NULL                                          },
    {"CREATE INDEX i ON t ((random() * a));",                                                       17,
     "functions in index expression must be marked IMMUTABLE"                                                                                         },
    {"CREATE INDEX i ON t (a) WHERE clock_timestamp() > '2020-01-01';",                             17,
     "functions in index predicate must be marked IMMUTABLE"                                                                                          },
    {"CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT $1'; CREATE INDEX i ON t (g(a));",
     17,                                                                                                NULL                                          },
    {"CREATE INDEX i ON t (abs(a)) WHERE a > 0;",                                                   17, NULL                                          },
};

static void
each_example_is_judged(void **state)
{
    (void)state;
    refusal_examples_check(tables, examples, sizeof examples / sizeof *examples);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
