/* SPDX-License-Identifier: MIT */
/* Keys, foreign keys, CHECKs and partitions: what the server says against them. */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TABLE u (id int PRIMARY KEY, b int UNIQUE, c int, t text, d int UNIQUE DEFERRABLE);"
    "CREATE UNIQUE INDEX u_part ON u (c) WHERE c > 0;"
    "CREATE UNIQUE INDEX u_expr ON u ((c + 1));"
    "CREATE INDEX u_plain ON u (c);"
    "CREATE UNIQUE INDEX u_c ON u (c);"
    "CREATE UNIQUE INDEX u_desc ON u (c DESC);"
    "CREATE UNIQUE INDEX u_like ON u (t text_pattern_ops);"
    "CREATE UNLOGGED TABLE light (id int PRIMARY KEY);"
    "CREATE TABLE bare (a int, b int);"
    "CREATE TABLE r (id int PRIMARY KEY, u_id int REFERENCES u);"
    "CREATE TABLE par (a int, b int NOT NULL, CONSTRAINT par_chk CHECK (a > 0));"
    "CREATE TABLE ch (x int) INHERITS (par);"
    "CREATE TABLE p (k int NOT NULL, v int, CONSTRAINT p_chk CHECK (v > 0)) PARTITION BY RANGE (k);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);"
    "CREATE TABLE e (a int, b int) PARTITION BY RANGE ((a + b));"
    "CREATE TABLE l (k int, v int) PARTITION BY LIST (k);"
    "CREATE TABLE l_rest PARTITION OF l DEFAULT;"
    "CREATE TABLE l_1 PARTITION OF l FOR VALUES IN (1);"
    "CREATE TABLE fits (k int NOT NULL, v int, CONSTRAINT p_chk CHECK (v > 0));"
    "CREATE TABLE wide (k int NOT NULL, v int, w int, CONSTRAINT p_chk CHECK (v > 0));"
    "CREATE TABLE narrow (k int NOT NULL);"
    "CREATE TABLE loose (k int, v int, CONSTRAINT p_chk CHECK (v > 0));"
    "CREATE TABLE big (k bigint NOT NULL, v int, CONSTRAINT p_chk CHECK (v > 0));"
    "CREATE TABLE unchecked (k int NOT NULL, v int);";

#define FROM_100 " FOR VALUES FROM (100) TO (200);"

static const RefusalExample keys[] = {
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_part;",                                     17, "\"u_part\" is a partial index"        },
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_expr;",                                     17, "index \"u_expr\" contains expressions"},
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_plain;",                                    17, "\"u_plain\" is not a unique index"    },
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_desc;",                                     17,
     "index \"u_desc\" column number 1 does not have default sorting behavior"                                                      },
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_like;",                                     17,
     "index \"u_like\" column number 1 does not have default sorting behavior"                                                      },
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_pkey;",                                     17,
     "index \"u_pkey\" is already associated with a constraint"                                                                     },
    {"ALTER TABLE r ADD UNIQUE USING INDEX u_c;",                                        17,
     "index \"u_c\" does not belong to table \"r\""                                                                                 },
    {"ALTER TABLE u ADD UNIQUE USING INDEX nothere;",                                    17, "index \"nothere\" does not exist"     },
    {"ALTER TABLE u ADD UNIQUE USING INDEX u_c;",                                        17, NULL                                   },
    {"CREATE UNIQUE INDEX p_k ON p (k); ALTER TABLE p ADD UNIQUE USING INDEX p_k;",      17,
     "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables"                                              },
    {"CREATE UNIQUE INDEX p_k ON ONLY p (k); ALTER TABLE p ADD UNIQUE USING INDEX p_k;", 17,
     "index \"p_k\" is not valid"                                                                                                   },
    {"ALTER TABLE u ADD PRIMARY KEY (c);",                                               17,
     "multiple primary keys for table \"u\" are not allowed"                                                                        },
    {"ALTER TABLE u DROP CONSTRAINT u_pkey CASCADE, ADD PRIMARY KEY (c);",               17, NULL                                   },
    {"ALTER TABLE p ADD UNIQUE (v);",                                                    17,
     "unique constraint on partitioned table must include all partitioning columns"                                                 },
    {"ALTER TABLE p ADD UNIQUE (v, k);",                                                 17, NULL                                   },
    {"ALTER TABLE p ADD z int UNIQUE;",                                                  17,
     "unique constraint on partitioned table must include all partitioning columns"                                                 },
    {"ALTER TABLE e ADD PRIMARY KEY (a, b);",                                            17,
     "unsupported PRIMARY KEY constraint with partition key definition"                                                             },
    {"CREATE UNIQUE INDEX ON p (v);",                                                    17,
     "unique constraint on partitioned table must include all partitioning columns"                                                 },
    {"ALTER TABLE p ADD EXCLUDE USING btree (k WITH =);",                                16,
     "exclusion constraints are not supported on partitioned tables"                                                                },
    {"ALTER TABLE p ADD EXCLUDE USING btree (k WITH =);",                                17, NULL                                   },
    {"CREATE TABLE n (a int PRIMARY KEY, b int) PARTITION BY RANGE (b);",                17,
     "unique constraint on partitioned table must include all partitioning columns"                                                 },
    {"CREATE TABLE IF NOT EXISTS p (a int PRIMARY KEY, b int) PARTITION BY RANGE (b);",  17, NULL                                   },
};

static const RefusalExample references[] = {
    {"ALTER TABLE r ADD FOREIGN KEY (id) REFERENCES u (c);",          17, NULL               },
    {"ALTER TABLE r ADD FOREIGN KEY (id) REFERENCES u (d);",          17,
     "cannot use a deferrable unique constraint for referenced table \"u\""                  },
    {"ALTER TABLE r ADD FOREIGN KEY (id) REFERENCES u (t);",          17,
     "foreign key constraint \"r_id_fkey\" cannot be implemented"                            },
    {"ALTER TABLE r ADD FOREIGN KEY (id) REFERENCES bare (a);",       17,
     "there is no unique constraint matching given keys for referenced table \"bare\""       },
    {"ALTER TABLE u ADD FOREIGN KEY (t) REFERENCES r;",               17,
     "foreign key constraint \"u_t_fkey\" cannot be implemented"                             },
    {"ALTER TABLE r ADD FOREIGN KEY (id) REFERENCES bare;",           17,
     "there is no primary key for referenced table \"bare\""                                 },
    {"ALTER TABLE bare ADD FOREIGN KEY (a, b) REFERENCES u;",         17,
     "number of referencing and referenced columns for foreign key disagree"                 },
    {"ALTER TABLE bare ADD FOREIGN KEY (z) REFERENCES u;",            17,
     "column \"z\" referenced in foreign key constraint does not exist"                      },
    {"ALTER TABLE bare ADD FOREIGN KEY (a) REFERENCES light;",        17,
     "constraints on permanent tables may reference only permanent tables"                   },
    {"ALTER TABLE light ADD FOREIGN KEY (id) REFERENCES u;",          17, NULL               },
    {"CREATE TEMP TABLE n (a int REFERENCES u);",                     17,
     "constraints on temporary tables may reference only temporary tables"                   },
    {"CREATE TABLE n (a int REFERENCES u, b text REFERENCES u (b));", 17,
     "foreign key constraint \"n_b_fkey\" cannot be implemented"                             },
    {"ALTER TABLE bare ADD z numeric REFERENCES u;",                  17,
     "foreign key constraint \"bare_z_fkey\" cannot be implemented"                          },
    {"ALTER TABLE p ADD FOREIGN KEY (v) REFERENCES u NOT VALID;",     17,
     "cannot add NOT VALID foreign key on partitioned table \"p\" referencing relation \"u\""},
    {"ALTER TABLE p ADD FOREIGN KEY (v) REFERENCES u NOT VALID;",     18, NULL               },
    {"ALTER TABLE ONLY p ADD FOREIGN KEY (v) REFERENCES u;",          17,
     "cannot use ONLY for foreign key on partitioned table \"p\" referencing relation \"u\"" },
    {"ALTER TABLE u SET UNLOGGED;",                                   17,
     "could not change table \"u\" to unlogged because it references logged table \"r\""     },
    {"ALTER TABLE r SET UNLOGGED;",                                   17, NULL               },
    {"ALTER TABLE p SET LOGGED;",                                     18,
     "ALTER action SET LOGGED cannot be performed on relation \"p\""                         },
};

static const RefusalExample others[] = {
    {"ALTER TABLE ONLY par ADD CHECK (a > 1);",                17, "constraint must be added to child tables too"},
    {"ALTER TABLE ONLY par ADD CHECK (a > 1) NO INHERIT;",     17, NULL                                          },
    {"ALTER TABLE p ADD CHECK (v > 1) NO INHERIT;",            17,
     "cannot add NO INHERIT constraint to partitioned table \"p\""                                               },
    {"ALTER TABLE u VALIDATE CONSTRAINT u_pkey;",              17,
     "constraint \"u_pkey\" of relation \"u\" is not a foreign key or check constraint"                          },
    {"ALTER TABLE u VALIDATE CONSTRAINT u_pkey;",              18,
     "cannot validate constraint \"u_pkey\" of relation \"u\""                                                   },
    {"ALTER TABLE u ALTER CONSTRAINT u_pkey DEFERRABLE;",      17,
     "constraint \"u_pkey\" of relation \"u\" is not a foreign key constraint"                                   },
    {"ALTER TABLE par ALTER CONSTRAINT par_chk NOT ENFORCED;", 18,
     "cannot alter enforceability of constraint \"par_chk\" of relation \"par\""                                 },
    {"ALTER TABLE r ALTER CONSTRAINT r_u_id_fkey DEFERRABLE;", 17, NULL                                          },
};

static const RefusalExample partitions[] = {
    {"ALTER TABLE p ATTACH PARTITION fits" FROM_100,                       17, NULL                                                     },
    {"ALTER TABLE p ATTACH PARTITION wide" FROM_100,                       17,
     "table \"wide\" contains column \"w\" not found in parent \"p\""                                                                   },
    {"ALTER TABLE p ATTACH PARTITION narrow" FROM_100,                     17, "child table is missing column \"v\""                    },
    {"ALTER TABLE p ATTACH PARTITION loose" FROM_100,                      17,
     "column \"k\" in child table must be marked NOT NULL"                                                                              },
    {"ALTER TABLE p ATTACH PARTITION loose" FROM_100,                      18,
     "column \"k\" in child table \"loose\" must be marked NOT NULL"                                                                    },
    {"ALTER TABLE p ATTACH PARTITION big" FROM_100,                        17,
     "child table \"big\" has different type for column \"k\""                                                                          },
    {"ALTER TABLE p ATTACH PARTITION unchecked" FROM_100,                  17,
     "child table is missing constraint \"p_chk\""                                                                                      },
    {"ALTER TABLE p ATTACH PARTITION p1" FROM_100,                         17, "\"p1\" is already a partition"                          },
    {"ALTER TABLE p ATTACH PARTITION ch" FROM_100,                         17,
     "cannot attach inheritance child as partition"                                                                                     },
    {"ALTER TABLE p ATTACH PARTITION par" FROM_100,                        17,
     "cannot attach inheritance parent as partition"                                                                                    },
    {"ALTER TABLE par ATTACH PARTITION fits" FROM_100,                     17, "table \"par\" is not partitioned"                       },
    {"ALTER TABLE par DETACH PARTITION ch;",                               18,
     "ALTER action DETACH PARTITION cannot be performed on relation \"par\""                                                            },
    {"ALTER TABLE p DETACH PARTITION fits;",                               17,
     "relation \"fits\" is not a partition of relation \"p\""                                                                           },
    {"ALTER TABLE p DETACH PARTITION p1 FINALIZE;",                        17,
     "cannot complete detaching partition \"p1\""                                                                                       },
    {"ALTER TABLE par INHERIT ch;",                                        17, "circular inheritance not allowed"                       },
    {"ALTER TABLE ch INHERIT par;",                                        17, "relation \"par\" would be inherited from more than once"},
    {"ALTER TABLE bare INHERIT p;",                                        17, "cannot inherit from partitioned table \"p\""            },
    {"ALTER TABLE bare INHERIT par;",                                      17, "column \"b\" in child table must be marked NOT NULL"    },
    {"ALTER TABLE p1 NO INHERIT p;",                                       17, "cannot change inheritance of a partition"               },
    {"ALTER TABLE bare NO INHERIT par;",                                   17,
     "relation \"par\" is not a parent of relation \"bare\""                                                                            },
    {"CREATE TABLE n () INHERITS (p1);",                                   17, "cannot inherit from partition \"p1\""                   },
    {"CREATE TABLE n PARTITION OF par FOR VALUES IN (1);",                 17, "\"par\" is not partitioned"                             },
    {"CREATE TEMP TABLE n PARTITION OF p FOR VALUES FROM (200) TO (300);", 17,
     "cannot create a temporary relation as partition of permanent relation \"p\""                                                      },
    {"CREATE UNLOGGED TABLE n (a int) PARTITION BY LIST (a);",             18,
     "partitioned tables cannot be unlogged"                                                                                            },
    {"CREATE UNLOGGED TABLE n (a int) PARTITION BY LIST (a);",             17, NULL                                                     },
};

#define CHECK_EXAMPLES(name)                                                                       \
    static void judged_##name(void **state)                                                        \
    {                                                                                              \
        (void)state;                                                                               \
        refusal_examples_check(tables, name, sizeof name / sizeof *name);                          \
    }

CHECK_EXAMPLES(keys)
CHECK_EXAMPLES(references)
CHECK_EXAMPLES(others)
CHECK_EXAMPLES(partitions)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judged_keys),
        cmocka_unit_test(judged_references),
        cmocka_unit_test(judged_others),
        cmocka_unit_test(judged_partitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
