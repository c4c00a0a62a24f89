/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_constants(void **state)
{
    static const OpCase cases[] = {
        {"ALTER TABLE t ALTER a SET DEFAULT NULL",               "SET_DEFAULT t a value{NULL ; null ; constant}"},
        {"ALTER TABLE t ALTER a SET DEFAULT NULL::text",
         "SET_DEFAULT t a value{NULL::text ; null ; constant; cast text}"                                       },
        {"ALTER TABLE t ALTER a SET DEFAULT 1",                  "SET_DEFAULT t a value{1 ; constant}"          },
        {"ALTER TABLE t ALTER a SET DEFAULT -1",                 "SET_DEFAULT t a value{-1 ; constant}"         },
        {"ALTER TABLE t ALTER a SET DEFAULT - 1.5",              "SET_DEFAULT t a value{- 1.5 ; constant}"      },
        {"ALTER TABLE t ALTER a SET DEFAULT 'x'::s.e",
         "SET_DEFAULT t a value{'x'::s.e ; constant; cast s.e}"                                                 },
        {"ALTER TABLE t ALTER a SET DEFAULT ARRAY[]::text[]",
         "SET_DEFAULT t a value{ARRAY[]::text[] ; constant; cast text[]}"                                       },
        {"ALTER TABLE t ALTER a SET DEFAULT ARRAY[1, '2'::int]",
         "SET_DEFAULT t a value{ARRAY[1, '2'::int] ; constant; cast pg_catalog.int4}"                           },
        {"ALTER TABLE t ALTER a SET DEFAULT true",               "SET_DEFAULT t a value{true ; constant}"       },
        {"ALTER TABLE t ALTER a SET DEFAULT date '2020-01-01'",
         "SET_DEFAULT t a value{date '2020-01-01' ; constant; cast date}"                                       },
        {"ALTER TABLE t ALTER a SET DEFAULT B'01'",              "SET_DEFAULT t a value{B'01' ; constant}"      },
        {"ALTER TABLE t ALTER a SET DEFAULT 1 + 1",              "SET_DEFAULT t a value{1 + 1}"                 },
        {"ALTER TABLE t ALTER a SET DEFAULT now()",              "SET_DEFAULT t a value{now() ; calls(now)}"    },
        {"ALTER TABLE t ALTER a SET DEFAULT ARRAY[now()]",
         "SET_DEFAULT t a value{ARRAY[now()] ; calls(now)}"                                                     },
        {"ALTER TABLE t ALTER a SET DEFAULT CURRENT_TIMESTAMP",
         "SET_DEFAULT t a value{CURRENT_TIMESTAMP}"                                                             },
        {"ALTER TABLE t ALTER a SET DEFAULT 'x' COLLATE \"C\"",
         "SET_DEFAULT t a value{'x' COLLATE \"C\" ; constant}"                                                  },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_contents(void **state)
{
    static const OpCase cases[] = {
        {"ALTER TABLE t ADD CHECK (a > b AND t.a < s.t.c)",
         "ADD_CONSTRAINT t check (a b c) {a > b AND t.a < s.t.c ; columns(a b c)}"                                                             },
        {"ALTER TABLE t ADD CHECK (f(a) OR s.g(f(b)))",
         "ADD_CONSTRAINT t check (a b) {f(a) OR s.g(f(b)) ; columns(a b) ; calls(f s.g)}"                                                      },
        {"ALTER TABLE t ADD CHECK (a = ANY (SELECT x FROM u))",
         "ADD_CONSTRAINT t check (a x) {a = ANY (SELECT x FROM u) ; subquery ; columns(a x)}"                                                  },
        {"ALTER TABLE t ADD CHECK (EXISTS (SELECT 1))",
         "ADD_CONSTRAINT t check {EXISTS (SELECT 1) ; subquery}"                                                                               },
        {"ALTER TABLE t ADD CHECK (CASE WHEN a THEN f(1) ELSE COALESCE(b, g(2)) END IS TRUE)",
         "ADD_CONSTRAINT t check (a b) {CASE WHEN a THEN f(1) ELSE COALESCE(b, g(2)) END IS TRUE ; "
         "columns(a b) ; calls(f g)}"                                                                                                          },
        {"ALTER TABLE t ADD CHECK ((a).b[c] > GREATEST(d, 1))",
         "ADD_CONSTRAINT t check (a c d) {(a).b[c] > GREATEST(d, 1) ; columns(a c d)}"                                                         },
        {"ALTER TABLE t ADD CHECK (a BETWEEN 1 AND b)",
         "ADD_CONSTRAINT t check (a b) {a BETWEEN 1 AND b ; columns(a b)}"                                                                     },
        {"ALTER TABLE t ADD CHECK (a IN (1, b))",
         "ADD_CONSTRAINT t check (a b) {a IN (1, b) ; columns(a b)}"                                                                           },
        {"ALTER TABLE t ADD CHECK (a::int + b::numeric(10,2) > 0)",
         "ADD_CONSTRAINT t check (a b) {a::int + b::numeric(10,2) > 0 ; columns(a b); cast "
         "pg_catalog.int4; cast pg_catalog.numeric/10/2}"                                                                                      },
        {"ALTER TABLE t ADD CHECK (a AT TIME ZONE 'UTC' > extract(year FROM b))",
         "ADD_CONSTRAINT t check (a b) {a AT TIME ZONE 'UTC' > extract(year FROM b) ; columns(a b) "
         "; calls(pg_catalog.timezone pg_catalog.extract)}"                                                                                    },
        {"ALTER TABLE t ADD CHECK (ROW(a, b) = ROW(1, f(c)))",
         "ADD_CONSTRAINT t check (a b c) {ROW(a, b) = ROW(1, f(c)) ; columns(a b c) ; calls(f)}"                                               },
        {"ALTER TABLE t ADD CHECK (a IS NOT NULL)",
         "ADD_CONSTRAINT t check (a) {a IS NOT NULL ; columns(a) ; proves(a)}"                                                                 },
        {"ALTER TABLE t ADD CHECK (count(*) FILTER (WHERE b) OVER (PARTITION BY c ORDER BY d) > 0)",
         "ADD_CONSTRAINT t check (b c d) {count(*) FILTER (WHERE b) OVER (PARTITION BY c ORDER BY "
         "d) > 0 ; columns(b c d) ; calls(count)}"                                                                                             },
        {"ALTER TABLE t ADD CHECK (t IS NOT NULL)",
         "ADD_CONSTRAINT t check (t) {t IS NOT NULL ; columns(t) ; proves(t)}"                                                                 },
        {"ALTER TABLE t ADD CHECK (t.* IS NOT NULL)",                                                "ADD_CONSTRAINT t check {t.* IS NOT NULL}"},
        {"ALTER TABLE t ADD CHECK (xmlelement(name x, a) IS DOCUMENT)",
         "ADD_CONSTRAINT t check (a) {xmlelement(name x, a) IS DOCUMENT ; columns(a)}"                                                         },
        {"ALTER TABLE t ADD CHECK (JSON_VALUE(a, '$.b' DEFAULT f(1) ON EMPTY) > b)",
         "ADD_CONSTRAINT t check (a b) {JSON_VALUE(a, '$.b' DEFAULT f(1) ON EMPTY) > b ; columns(a "
         "b) ; calls(f)}"                                                                                                                      },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_proofs(void **state)
{
    static const OpCase cases[] = {
        {"ALTER TABLE t ADD CHECK (a IS NOT NULL)",
         "ADD_CONSTRAINT t check (a) {a IS NOT NULL ; columns(a) ; proves(a)}"                                                     },
        {"ALTER TABLE t ADD CHECK (t.a IS NOT NULL AND b > 0 AND c IS NOT NULL)",
         "ADD_CONSTRAINT t check (a b c) {t.a IS NOT NULL AND b > 0 AND c IS NOT NULL ; columns(a "
         "b c) ; proves(a c)}"                                                                                                     },
        {"ALTER TABLE t ADD CHECK (a IS NOT NULL OR b IS NOT NULL)",
         "ADD_CONSTRAINT t check (a b) {a IS NOT NULL OR b IS NOT NULL ; columns(a b)}"                                            },
        {"ALTER TABLE t ADD CHECK (NOT (a IS NULL))",
         "ADD_CONSTRAINT t check (a) {NOT (a IS NULL) ; columns(a) ; proves(a)}"                                                   },
        {"ALTER TABLE t ADD CHECK (NOT a IS NOT NULL)",
         "ADD_CONSTRAINT t check (a) {NOT a IS NOT NULL ; columns(a)}"                                                             },
        {"ALTER TABLE t ADD CHECK (NOT (a IS NULL OR b IS NULL))",
         "ADD_CONSTRAINT t check (a b) {NOT (a IS NULL OR b IS NULL) ; columns(a b) ; proves(a "
         "b)}"                                                                                                                     },
        {"ALTER TABLE t ADD CHECK (NOT (a IS NULL AND b IS NULL))",
         "ADD_CONSTRAINT t check (a b) {NOT (a IS NULL AND b IS NULL) ; columns(a b)}"                                             },
        {"ALTER TABLE t ADD CHECK (NOT (NOT (a IS NOT NULL)))",
         "ADD_CONSTRAINT t check (a) {NOT (NOT (a IS NOT NULL)) ; columns(a) ; proves(a)}"                                         },
        {"ALTER TABLE t ADD CHECK (a IS DISTINCT FROM NULL)",
         "ADD_CONSTRAINT t check (a) {a IS DISTINCT FROM NULL ; columns(a) ; proves(a)}"                                           },
        {"ALTER TABLE t ADD CHECK (NULL IS DISTINCT FROM a)",
         "ADD_CONSTRAINT t check (a) {NULL IS DISTINCT FROM a ; columns(a) ; proves(a)}"                                           },
        {"ALTER TABLE t ADD CHECK (NOT (a IS NOT DISTINCT FROM NULL))",
         "ADD_CONSTRAINT t check (a) {NOT (a IS NOT DISTINCT FROM NULL) ; columns(a) ; proves(a)}"                                 },
        {"ALTER TABLE t ADD CHECK (a IS NOT DISTINCT FROM NULL)",
         "ADD_CONSTRAINT t check (a) {a IS NOT DISTINCT FROM NULL ; columns(a)}"                                                   },
        {"ALTER TABLE t ADD CHECK ((a IS NOT NULL) IS TRUE)",
         "ADD_CONSTRAINT t check (a) {(a IS NOT NULL) IS TRUE ; columns(a)}"                                                       },
        {"ALTER TABLE t ADD CHECK (lower(a) IS NOT NULL)",
         "ADD_CONSTRAINT t check (a) {lower(a) IS NOT NULL ; columns(a) ; calls(lower)}"                                           },
        {"ALTER TABLE t ADD CHECK (a > 0)",                                       "ADD_CONSTRAINT t check (a) {a > 0 ; columns(a)}"},
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_contents),
        cmocka_unit_test(test_proofs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
