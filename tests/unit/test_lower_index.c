/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"
#include "support/test.h"

static void
test_create(void **state)
{
    static const OpCase cases[] = {
        {"CREATE INDEX i ON s.t (a)",                                                    "CREATE_INDEX s.t named i btree ( a )"},
        {"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t (a DESC, b ASC NULLS FIRST, c "
         "DESC NULLS LAST)",                                                    "! CREATE_INDEX t if-exists only concurrently named i unique btree ( a desc nulls-first ) "
         "( b nulls-first ) ( c desc )"                                                   },
        {"CREATE INDEX ON t USING gin (a gin_trgm_ops, b COLLATE \"C\") INCLUDE (c, d)",
         "CREATE_INDEX t gin ( a class gin_trgm_ops ) ( b collate C ) including(c d)"                                          },
        {"CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE x "
         "WHERE b IS NOT NULL AND c > 'where'",                                 "CREATE_INDEX t named i unique btree ( a ) nulls-not-distinct where{b IS NOT NULL AND c > "
         "'where' ; columns(b c) ; proves(b)}"                         },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_expressions(void **state)
{
    static const OpCase cases[] = {
        {"CREATE INDEX i ON t (lower(a) text_pattern_ops DESC, (b || 'x)'), s.f(c, (d)), "
         "coalesce(e, 1))",                           "CREATE_INDEX t named i btree ( {lower(a) ; columns(a) ; calls(lower)} class "
         "text_pattern_ops desc nulls-first ) ( {b || 'x)' ; columns(b)} ) ( {s.f(c, (d)) ; "
         "columns(c d) ; calls(s.f)} ) ( {coalesce(e, 1) ; columns(e)} )"},
        {"CREATE INDEX i ON t (((a))), u (b)",                 "error at <,>: syntax error at or near \",\"" },
        {"CREATE INDEX i ON t ((data ->> 'k'), current_date)",
         "CREATE_INDEX t named i btree ( {data ->> 'k' ; columns(data)} ) ( {current_date} )"                },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

static void
test_reindex(void **state)
{
    static const OpCase cases[] = {
        {"REINDEX TABLE s.t",                             "REINDEX s.t"                   },
        {"REINDEX INDEX i",                               "REINDEX i index"               },
        {"REINDEX INDEX CONCURRENTLY i",                  "! REINDEX i concurrently index"},
        {"REINDEX (CONCURRENTLY false, VERBOSE) TABLE t", "REINDEX t"                     },
        {"REINDEX (CONCURRENTLY) TABLE t",                "! REINDEX t concurrently"      },
        {"REINDEX SCHEMA s",                              "! REINDEX s.*"                 },
        {"REINDEX DATABASE d",                            "! REINDEX"                     },
        {"REINDEX SYSTEM d",                              "! REINDEX"                     },
    };

    (void)state;
    op_check_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_reindex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
