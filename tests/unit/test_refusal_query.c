/* SPDX-License-Identifier: MIT */
/* What the server refuses to queries and data statements, and because of them. */
#include "support/explain_case.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TABLE r (id int PRIMARY KEY, v int);"
    "CREATE TABLE f (id int PRIMARY KEY, rid int REFERENCES r DEFERRABLE INITIALLY DEFERRED);"
    "CREATE TABLE fi (id int PRIMARY KEY, rid int CONSTRAINT k REFERENCES r DEFERRABLE);"
    "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
    "CREATE TABLE ct (a int, b int);"
    "CREATE CONSTRAINT TRIGGER c AFTER INSERT ON ct DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION tf();"
    "CREATE TABLE p (k int) PARTITION BY RANGE (k);"
    "CREATE VIEW v AS SELECT id FROM r;"
    "CREATE SEQUENCE s;"
    "CREATE INDEX r_v ON r (v);"
    "CREATE TABLE w (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int[], b int UNIQUE,"
    " g int GENERATED ALWAYS AS (b * 2) STORED);"
    "CREATE UNIQUE INDEX w_part ON w (g) WHERE b > 0;"
    "CREATE VIEW vd AS SELECT DISTINCT v FROM r;"
    "CREATE VIEW vj AS SELECT r.id FROM r, ct;"
    "CREATE VIEW vl AS SELECT id FROM r LIMIT 1;"
    "CREATE VIEW vu AS SELECT id FROM r UNION ALL SELECT 1;"
    "CREATE VIEW vn AS SELECT 1 AS a;"
    "CREATE VIEW vo AS SELECT v FROM vd;"
    "CREATE MATERIALIZED VIEW mv AS SELECT id, v FROM r;"
    "CREATE MATERIALIZED VIEW mvu AS SELECT id, v FROM r;"
    "CREATE UNIQUE INDEX mvu_id ON mvu (id);"
    "CREATE MATERIALIZED VIEW mve AS SELECT id, v FROM r WITH NO DATA;"
    "CREATE UNIQUE INDEX mve_id ON mve (id);"
    "CREATE VIEW vm AS SELECT id FROM mv;";

#define PENDING_F "cannot ALTER TABLE \"f\" because it has pending trigger events"
#define FREEZE                                                                                     \
    "cannot perform COPY FREEZE because the table was not created or truncated in the current "    \
    "subtransaction"

static const struct {
    const char *text;
    int pg_version;
    const char *refusal; /* NULL for none */
} examples[] = {
    {"INSERT INTO f VALUES (1, 1); ALTER TABLE f ADD COLUMN x int;",                       17, PENDING_F                                                    },
    {"INSERT INTO f (id) SELECT 1; ALTER TABLE f OWNER TO CURRENT_USER;",                  17, PENDING_F                                                    },
    {"INSERT INTO f SELECT id FROM r; ALTER TABLE f ADD COLUMN x int;",                    17, NULL                                                         },
    {"INSERT INTO f VALUES (1) ON CONFLICT DO NOTHING; ALTER TABLE f ADD COLUMN x int;",   17, NULL                                                         },
    {"INSERT INTO f VALUES (1, 1); COMMIT; ALTER TABLE f ADD COLUMN x int;",               17, NULL                                                         },
    {"INSERT INTO f VALUES (1, 1); DROP TABLE f;",                                         14,
     "cannot DROP TABLE \"f\" because it has pending trigger events"                                                                                        },
    {"INSERT INTO f VALUES (1, 1); CREATE INDEX ON f (rid);",                              14,
     "cannot CREATE INDEX \"f\" because it has pending trigger events"                                                                                      },
    {"INSERT INTO f VALUES (1, 1); ALTER TABLE f RENAME TO g;",                            14, NULL                                                         },
    {"INSERT INTO f VALUES (1, 1); ALTER TABLE r ADD COLUMN x int;",                       14, NULL                                                         },
    {"INSERT INTO fi VALUES (1, 1); ALTER TABLE fi ADD COLUMN x int;",                     14, NULL                                                         },
    {"SET CONSTRAINTS ALL DEFERRED; INSERT INTO fi VALUES (1, 1); TRUNCATE fi;",           14,
     "cannot TRUNCATE \"fi\" because it has pending trigger events"                                                                                         },
    {"SET CONSTRAINTS k DEFERRED; INSERT INTO fi VALUES (1, 1); TRUNCATE fi;",             14,
     "cannot TRUNCATE \"fi\" because it has pending trigger events"                                                                                         },
    {"INSERT INTO f VALUES (1, 1); SET CONSTRAINTS ALL IMMEDIATE; DROP TABLE f;",          14, NULL                                                         },
    {"SET CONSTRAINTS ALL IMMEDIATE; INSERT INTO f VALUES (1, 1); DROP TABLE f;",          14, NULL                                                         },
    {"SAVEPOINT a; INSERT INTO f VALUES (1, 1); ROLLBACK TO a; DROP TABLE f;",             14, NULL                                                         },
    {"INSERT INTO f VALUES (1, 1); SAVEPOINT a; ROLLBACK TO a; ALTER TABLE f ADD x int;",  14,
     PENDING_F                                                                                                                                              },
    {"ALTER TABLE f DISABLE TRIGGER ALL; INSERT INTO f VALUES (1, 1); DROP TABLE f;",      14, NULL                                                         },
    {"SET session_replication_role = replica; INSERT INTO f VALUES (1, 1); DROP TABLE f;", 14,
     NULL                                                                                                                                                   },
    {"ALTER TABLE f ALTER CONSTRAINT f_rid_fkey DEFERRABLE; INSERT INTO f VALUES (1, 1);"
     "DROP TABLE f;",                                                                 14, NULL                                                         },
    {"INSERT INTO ct VALUES (1); ALTER TABLE ct ADD COLUMN x int;",                        17,
     "cannot ALTER TABLE \"ct\" because it has pending trigger events"                                                                                      },

    {"REFRESH MATERIALIZED VIEW CONCURRENTLY mv;",                                         17,
     "cannot refresh materialized view \"public.mv\" concurrently"                                                                                          },
    {"REFRESH MATERIALIZED VIEW mv;",                                                      17, NULL                                                         },
    {"CREATE UNIQUE INDEX ON mv (id) WHERE id > 0; CREATE UNIQUE INDEX ON mv ((id + 1));"
     "CREATE INDEX ON mv (id); REFRESH MATERIALIZED VIEW CONCURRENTLY mv;",           17, "cannot refresh materialized view \"public.mv\" concurrently"},
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY mvu;",                                        17, NULL                                                         },
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY mvu WITH NO DATA;",                           17,
     "CONCURRENTLY and WITH NO DATA options cannot be used together"                                                                                        },
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY mve;",                                        17,
     "CONCURRENTLY cannot be used when the materialized view is not populated"                                                                              },
    {"REFRESH MATERIALIZED VIEW mve; REFRESH MATERIALIZED VIEW CONCURRENTLY mve;",         17, NULL                                                         },
    {"SELECT * FROM mve;",                                                                 17, "materialized view \"mve\" has not been populated"           },
    {"EXPLAIN SELECT * FROM mve;",                                                         17, NULL                                                         },
    {"REFRESH MATERIALIZED VIEW mve; SELECT * FROM mve;",                                  17, NULL                                                         },
    {"REFRESH MATERIALIZED VIEW mv WITH NO DATA; SELECT * FROM mv;",                       17,
     "materialized view \"mv\" has not been populated"                                                                                                      },

    {"COPY r FROM stdin (FREEZE);",                                                        17, FREEZE                                                       },
    {"COPY r FROM stdin (FREEZE off);",                                                    17, NULL                                                         },
    {"TRUNCATE r CASCADE; COPY r FROM stdin (FREEZE);",                                    17, NULL                                                         },
    {"CREATE TABLE n (a int); COPY n FROM stdin (FREEZE);",                                17, NULL                                                         },
    {"COPY p FROM stdin (FREEZE);",                                                        17, "cannot perform COPY FREEZE on a partitioned table"          },
    {"COPY p FROM stdin;",                                                                 17, NULL                                                         },
    {"COPY v FROM stdin;",                                                                 17, "cannot copy to view \"v\""                                  },
    {"CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf();"
     "COPY v FROM stdin;",                                                            17, NULL                                                         },
    {"COPY s FROM stdin;",                                                                 17, "cannot copy to sequence \"s\""                              },
    {"COPY mv FROM stdin;",                                                                17, "cannot copy to materialized view \"mv\""                    },
    {"COPY v TO stdout;",                                                                  17, "cannot copy from view \"v\""                                },
    {"COPY p TO stdout;",                                                                  18, "cannot copy from partitioned table \"p\""                   },
    {"COPY mv TO stdout;",                                                                 17, "cannot copy from materialized view \"mv\""                  },
    {"COPY mv TO stdout;",                                                                 18, NULL                                                         },
    {"COPY mve TO stdout;",                                                                18, "cannot copy from unpopulated materialized view \"mve\""     },
    {"COPY (SELECT 1 FROM v) TO stdout;",                                                  18, NULL                                                         },

    {"INSERT INTO v VALUES (1);",                                                          17, NULL                                                         },
    {"INSERT INTO vd VALUES (1);",                                                         17, "cannot insert into view \"vd\""                             },
    {"UPDATE vj SET id = 1;",                                                              17, "cannot update view \"vj\""                                  },
    {"DELETE FROM vl;",                                                                    17, "cannot delete from view \"vl\""                             },
    {"DELETE FROM vu;",                                                                    17, "cannot delete from view \"vu\""                             },
    {"DELETE FROM vn;",                                                                    17, "cannot delete from view \"vn\""                             },
    {"DELETE FROM vo;",                                                                    17, "cannot delete from view \"vd\""                             },
    {"DELETE FROM vm;",                                                                    17, "cannot delete from view \"vm\""                             },
    {"CREATE RULE x AS ON DELETE TO vd DO INSTEAD NOTHING; DELETE FROM vd;",               17, NULL                                                         },
    {"DELETE FROM mv;",                                                                    17, "cannot change materialized view \"mv\""                     },
    {"INSERT INTO s VALUES (1);",                                                          17, "cannot change sequence \"s\""                               },
    {"DELETE FROM r_v;",                                                                   14, "\"r_v\" is an index"                                        },
    {"DELETE FROM r_v;",                                                                   15, "cannot open relation \"r_v\""                               },
    {"MERGE INTO v USING r ON v.id = r.id WHEN MATCHED THEN DELETE;",                      16,
     "cannot execute MERGE on relation \"v\""                                                                                                               },
    {"MERGE INTO v USING r ON v.id = r.id WHEN MATCHED THEN DELETE;",                      17, NULL                                                         },
    {"MERGE INTO mv USING r ON mv.id = r.id WHEN MATCHED THEN DELETE;",                    17,
     "cannot execute MERGE on relation \"mv\""                                                                                                              },
    {"INSERT INTO r (x) VALUES (1);",                                                      17, "column \"x\" of relation \"r\" does not exist"              },
    {"UPDATE r SET x = 1;",                                                                17, "column \"x\" of relation \"r\" does not exist"              },
    {"INSERT INTO r (id, id) VALUES (1, 2);",                                              17, "column \"id\" specified more than once"                     },
    {"UPDATE r SET v = 1, v = 2;",                                                         17, "multiple assignments to same column \"v\""                  },
    {"UPDATE w SET a[1] = 1, a[2] = 2;",                                                   17, NULL                                                         },
    {"INSERT INTO w (a[1], a[2]) VALUES (1, 2);",                                          17, NULL                                                         },
    {"INSERT INTO r VALUES (1, 2, 3);",                                                    17, "INSERT has more expressions than target columns"            },
    {"INSERT INTO r VALUES (1);",                                                          17, NULL                                                         },
    {"INSERT INTO r (id, v) SELECT id FROM f;",                                            17,
     "INSERT has more target columns than expressions"                                                                                                      },
    {"INSERT INTO r (id, v) SELECT * FROM f;",                                             17, NULL                                                         },
    {"INSERT INTO w (id, b) VALUES (1, 2);",                                               17,
     "cannot insert a non-DEFAULT value into column \"id\""                                                                                                 },
    {"INSERT INTO w VALUES (1);",                                                          17, "cannot insert a non-DEFAULT value into column \"id\""       },
    {"INSERT INTO w VALUES (DEFAULT, NULL, 1);",                                           17, NULL                                                         },
    {"INSERT INTO w (id) OVERRIDING SYSTEM VALUE VALUES (1);",                             17, NULL                                                         },
    {"INSERT INTO w (g) VALUES (1);",                                                      17, "cannot insert a non-DEFAULT value into column \"g\""        },
    {"UPDATE w SET id = 1;",                                                               17, "column \"id\" can only be updated to DEFAULT"               },
    {"UPDATE w SET b = 1, g = DEFAULT;",                                                   17, NULL                                                         },
    {"UPDATE w SET (b, g) = (1, DEFAULT);",                                                17, NULL                                                         },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT (b) DO NOTHING;",                           17, NULL                                                         },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT (a) DO NOTHING;",                           17,
     "there is no unique or exclusion constraint matching the ON CONFLICT specification"                                                                    },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT (g) DO NOTHING;",                           17,
     "there is no unique or exclusion constraint matching the ON CONFLICT specification"                                                                    },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT (g) WHERE b > 0 DO NOTHING;",               17, NULL                                                         },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT (x) DO NOTHING;",                           17, "column \"x\" does not exist"                                },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT ON CONSTRAINT w_b_key DO NOTHING;",         17, NULL                                                         },
    {"INSERT INTO w (b) VALUES (1) ON CONFLICT ON CONSTRAINT x DO NOTHING;",               17,
     "constraint \"x\" for table \"w\" does not exist"                                                                                                      },
};

static void
each_example_is_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        Arena *arena = arena_new();
        const char *refusal =
            explain_case_refusal(arena, examples[i].pg_version, tables, examples[i].text);
        if ((refusal == NULL) != (examples[i].refusal == NULL))
            fail_msg("%s\n  refusal: %s", examples[i].text, refusal != NULL ? refusal : "none");
        if (refusal != NULL)
            assert_string_equal(refusal, examples[i].refusal);
        arena_free(arena);
    }
}

/* pg_dump makes each materialized view so. */
static void
a_dump_does_not_say_what_is_populated(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_null(
        explain_case_refusal(arena, 17,
                             "SELECT pg_catalog.set_config('search_path', '', false);"
                             "CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS a WITH NO DATA;",
                             "SELECT * FROM m;"));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_judged),
        cmocka_unit_test(a_dump_does_not_say_what_is_populated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
