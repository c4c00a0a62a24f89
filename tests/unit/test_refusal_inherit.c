/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TABLE p (k int NOT NULL, v int, CONSTRAINT p_chk CHECK (v > 0)) PARTITION BY RANGE (k);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);"
    "CREATE TABLE q (k int PRIMARY KEY, v int) PARTITION BY LIST (k);"
    "CREATE TABLE e (a int, b int) PARTITION BY RANGE ((a + b));"
    "CREATE TABLE par (a int, b int NOT NULL, CONSTRAINT par_chk CHECK (a > 0));"
    "CREATE TABLE ch (x int) INHERITS (par);"
    "CREATE TABLE other (a int, c int);"
    "CREATE TABLE two () INHERITS (par, other);"
    "CREATE TABLE loner (a int, b int NOT NULL, CONSTRAINT par_chk CHECK (a > 0));"
    "CREATE TYPE pair AS (a int, b int);"
    "CREATE TABLE typed OF pair;"
    "CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, a int);";

static const RefusalExample examples[] = {
    {"ALTER TABLE p1 ADD z int;",                                                             17, "cannot add column to a partition"        },
    {"ALTER TABLE ONLY p ADD z int;",                                                         17, "column must be added to child tables too"},
    {"ALTER TABLE ONLY q ADD z int;",                                                         17, NULL                                      },
    {"ALTER TABLE typed ADD z int;",                                                          17, "cannot add column to typed table"        },
    {"ALTER TABLE p ADD z int GENERATED ALWAYS AS IDENTITY;",                                 16,
     "cannot recursively add identity column to table that has child tables"                                                                },
    {"ALTER TABLE p ADD z int GENERATED ALWAYS AS IDENTITY;",                                 17, NULL                                      },
    {"ALTER TABLE par ADD z int GENERATED ALWAYS AS IDENTITY;",                               18,
     "cannot recursively add identity column to table that has child tables"                                                                },
    {"ALTER TABLE nowhere ADD z int;",                                                        17, "relation \"nowhere\" does not exist"     },

    {"ALTER TABLE e DROP b;",                                                                 17,
     "cannot drop column \"b\" because it is part of the partition key of relation \"e\""                                                   },
    {"ALTER TABLE p1 DROP v;",                                                                17, "cannot drop inherited column \"v\""      },
    {"ALTER TABLE ch DROP x;",                                                                17, NULL                                      },
    {"ALTER TABLE ONLY p DROP v;",                                                            17,
     "cannot drop column from only the partitioned table when partitions exist"                                                             },
    {"ALTER TABLE ONLY par DROP a; ALTER TABLE ch DROP a;",                                   17, NULL                                      },
    {"ALTER TABLE ONLY par DROP a; ALTER TABLE two DROP a;",                                  17,
     "cannot drop inherited column \"a\""                                                                                                   },
    {"ALTER TABLE p DETACH PARTITION p1; ALTER TABLE p1 DROP v;",                             17, NULL                                      },
    {"ALTER TABLE two NO INHERIT par; ALTER TABLE two DROP b;",                               17, NULL                                      },
    {"ALTER TABLE loner INHERIT par; ALTER TABLE loner DROP a;",                              17,
     "cannot drop inherited column \"a\""                                                                                                   },

    {"ALTER TABLE ch RENAME a TO z;",                                                         17, "cannot rename inherited column \"a\""    },
    {"ALTER TABLE ONLY par RENAME a TO z;",                                                   17,
     "inherited column \"a\" must be renamed in child tables too"                                                                           },
    {"ALTER TABLE p ALTER k TYPE bigint;",                                                    17,
     "cannot alter column \"k\" because it is part of the partition key of relation \"p\""                                                  },
    {"ALTER TABLE ch ALTER a TYPE bigint;",                                                   17, "cannot alter inherited column \"a\""     },
    {"ALTER TABLE ONLY par ALTER a TYPE bigint;",                                             17,
     "type of inherited column \"a\" must be changed in child tables too"                                                                   },

    {"ALTER TABLE ONLY p ALTER v SET NOT NULL;",                                              17,
     "constraint must be added to child tables too"                                                                                         },
    {"ALTER TABLE p1 ALTER v SET NOT NULL; ALTER TABLE ONLY p ALTER v SET NOT NULL;",         17, NULL                                      },
    {"ALTER TABLE p1 ALTER k DROP NOT NULL;",                                                 17,
     "column \"k\" is marked NOT NULL in parent table"                                                                                      },
    {"ALTER TABLE ch ALTER b DROP NOT NULL;",                                                 17, NULL                                      },
    {"ALTER TABLE ch ALTER b DROP NOT NULL;",                                                 18,
     "cannot drop inherited constraint \"par_b_not_null\" of relation \"ch\""                                                               },
    {"ALTER TABLE q ALTER k DROP NOT NULL;",                                                  18, "column \"k\" is in a primary key"        },
    {"ALTER TABLE q ALTER v DROP NOT NULL;",                                                  18, NULL                                      },
    {"ALTER TABLE numbered ALTER id DROP NOT NULL;",                                          14,
     "column \"id\" of relation \"numbered\" is an identity column"                                                                         },
    {"ALTER TABLE numbered ALTER a ADD GENERATED ALWAYS AS IDENTITY;",                        14,
     "column \"a\" of relation \"numbered\" must be declared NOT NULL before identity can be "
     "added"                                                                                                                                },
    {"ALTER TABLE p1 ALTER k ADD GENERATED ALWAYS AS IDENTITY;",                              17,
     "cannot add identity to a column of a partition"                                                                                       },
    {"ALTER TABLE p1 ALTER k ADD GENERATED ALWAYS AS IDENTITY;",                              16, NULL                                      },

    {"ALTER TABLE p1 DROP CONSTRAINT p_chk;",                                                 17,
     "cannot drop inherited constraint \"p_chk\" of relation \"p1\""                                                                        },
    {"ALTER TABLE ONLY p DROP CONSTRAINT p_chk;",                                             17,
     "cannot remove constraint from only the partitioned table when partitions exist"                                                       },
    {"ALTER TABLE ONLY p DROP CONSTRAINT p_chk;",                                             18, NULL                                      },
    {"ALTER TABLE ONLY par DROP CONSTRAINT par_chk; ALTER TABLE ch DROP CONSTRAINT par_chk;", 17,
     NULL                                                                                                                                   },
    {"ALTER TABLE ch RENAME CONSTRAINT par_chk TO z;",                                        17,
     "cannot rename inherited constraint \"par_chk\""                                                                                       },
    {"ALTER TABLE ONLY par RENAME CONSTRAINT par_chk TO z;",                                  17,
     "inherited constraint \"par_chk\" must be renamed in child tables too"                                                                 },
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
