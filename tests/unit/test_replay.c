/* SPDX-License-Identifier: MIT */
/* What each operation does to the simulated catalog. */
#include <string.h>

#include "support/sql_case.h"
#include "support/test.h"

typedef struct Case {
    const char *sql;
    const char *relation; /* whose columns or constraints are compared */
    const char *expected;
} Case;

static void
run(const Case *cases, size_t count, const char *(*words)(SqlCase *, const char *))
{
    for (size_t i = 0; i < count; i++) {
        SqlCase sql = sql_case_open(17);
        sql_case_replay(&sql, cases[i].sql);
        const char *found = words(&sql, cases[i].relation);
        if (strcmp(found, cases[i].expected) != 0)
            fail_msg("%s\n  gives: %s\n  not:   %s", cases[i].sql, found, cases[i].expected);
        sql_case_close(&sql);
    }
}

#define RUN(cases, words) run((cases), sizeof(cases) / sizeof *(cases), (words))

/* clang-format off */
static const Case columns[] = {
    {"CREATE TABLE t (a int, b varchar(20) NOT NULL DEFAULT 'x', c numeric(10, 2)[])", "t",
     "a int4, b varchar(20) not null default 'x', c numeric(10,2)[]"},
    {"CREATE TABLE t (a serial, b bigserial, c smallserial)", "t",
     "a int4 not null default nextval('public.t_a_seq'::regclass), b int8 not null default "
     "nextval('public.t_b_seq'::regclass), c int2 not null default "
     "nextval('public.t_c_seq'::regclass)"},
    {"CREATE TABLE t (a int, b int, PRIMARY KEY (a))", "t", "a int4 not null, b int4"},
    {"CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY)", "t", "a int4 not null"},
    {"CREATE TABLE p (a int, b text DEFAULT 'x' NOT NULL); CREATE TABLE t (LIKE p, c int)", "t",
     "a int4, b text not null, c int4"},
    {"CREATE TABLE p (a int, b text DEFAULT 'x'); CREATE TABLE t (LIKE p INCLUDING ALL)", "t",
     "a int4, b text default 'x'"},
    {"CREATE TABLE p (a int, b text); CREATE TABLE t (c int, a int NOT NULL) INHERITS (p)", "t",
     "a int4 not null, b text, c int4"},
    {"CREATE TABLE p (a int, b text DEFAULT 'x') PARTITION BY RANGE (a);"
     "CREATE TABLE t PARTITION OF p (b DEFAULT 'y' NOT NULL) FOR VALUES FROM (1) TO (2)",
     "t", "a int4, b text not null default 'y'"},
    {"CREATE TABLE t AS SELECT 1 AS a", "t", "a ?"},
    {"CREATE TABLE t (a int); CREATE TABLE t (b int)", "t", "a int4"},
    {"CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int)", "t", "a int4"},

    {"CREATE TABLE t (a int); ALTER TABLE t ADD b uuid NOT NULL DEFAULT gen_random_uuid()", "t",
     "a int4, b uuid not null default gen_random_uuid()"},
    {"CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN IF NOT EXISTS a text", "t", "a int4"},
    {"BEGIN; CREATE TABLE t (a int); ALTER TABLE t ADD b int, ADD c int; SAVEPOINT s; ALTER TABLE t ADD d "
     "int NOT NULL, ALTER c SET NOT NULL; ROLLBACK TO s; ALTER TABLE t ADD e text",
     "t", "a int4, b int4, c int4, e text"},
    {"CREATE TABLE p (a int); CREATE TABLE t () INHERITS (p); ALTER TABLE p ADD b int", "t",
     "a int4, b int4"},
    {"CREATE TABLE p (a int); CREATE TABLE t () INHERITS (p); ALTER TABLE ONLY p ADD b int", "t",
     "a int4"},
    {"CREATE TABLE t (a int, b int, c int); ALTER TABLE t DROP b", "t", "a int4, c int4"},
    {"CREATE TABLE t (a int, b int); ALTER TABLE t RENAME a TO c", "t", "c int4, b int4"},
    {"CREATE TABLE t (a int); ALTER TABLE t ALTER a TYPE varchar(10)", "t", "a varchar(10)"},
    {"CREATE TABLE t (a int); ALTER TABLE t ALTER a SET NOT NULL, ALTER a SET DEFAULT 1", "t",
     "a int4 not null default 1"},
    {"CREATE TABLE t (a int NOT NULL DEFAULT 1); ALTER TABLE t ALTER a DROP NOT NULL,"
     "ALTER a DROP DEFAULT",
     "t", "a int4"},
    {"CREATE TABLE t (a int NOT NULL); ALTER TABLE t DROP CONSTRAINT t_a_not_null", "t", "a int4"},
    {"CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT n NOT NULL a", "t", "a int4 not null"},
    {"CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID", "t", "a int4"},
    {"CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID;"
     "ALTER TABLE t VALIDATE CONSTRAINT n",
     "t", "a int4 not null"},
    {"CREATE TABLE t (a int); ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY", "t",
     "a int4 not null"},
    {"ALTER TABLE t ALTER a TYPE text, ALTER b SET NOT NULL", "t", "a text, b ? not null"},
    {"CREATE TYPE colour AS ENUM ('red'); CREATE TABLE t (a colour);"
     "ALTER TYPE colour RENAME TO paint",
     "t", "a paint"},
};
/* clang-format on */

static void
columns_are_replayed(void **state)
{
    (void)state;
    RUN(columns, sql_case_columns);
}

/* clang-format off */
static const Case constraints[] = {
    {"CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0), d int, "
     "UNIQUE (b, d), CHECK (c > d), CONSTRAINT own CHECK (a > 0))",
     "t",
     "t_pkey PRIMARY KEY (a); t_b_key UNIQUE (b); t_c_check CHECK (c); t_b_d_key UNIQUE (b, d); "
     "t_check CHECK (c, d); own CHECK (a)"},
    {"CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 9))", "t",
     "t_a_check CHECK (a); t_a_check1 CHECK (a)"},
    {"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p, b int,"
     "FOREIGN KEY (b) REFERENCES p (id))",
     "t", "t_a_fkey FOREIGN KEY (a) to public.p (id); t_b_fkey FOREIGN KEY (b) to public.p (id)"},
    {"CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t)", "t",
     "t_pkey PRIMARY KEY (id); t_up_fkey FOREIGN KEY (up) to public.t (id)"},
    {"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES other.p (id) NOT VALID", "t",
     "t_a_fkey FOREIGN KEY (a) to other.p (id) not valid"},
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c",
     "t", "c CHECK (a)"},
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); ALTER TABLE t RENAME CONSTRAINT c TO d", "t",
     "d CHECK (a)"},
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); ALTER TABLE t DROP CONSTRAINT c", "t", ""},
    {"CREATE TABLE t (a int); CREATE UNIQUE INDEX u ON t (a);"
     "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX u",
     "t", "k PRIMARY KEY (a)"},
    {"CREATE TABLE t (a int UNIQUE, b int CHECK (b > 0), c int); ALTER TABLE t DROP a, DROP b", "t",
     ""},
    {"CREATE TABLE t (a int UNIQUE CHECK (a > 0)); ALTER TABLE t RENAME a TO b", "t",
     "t_a_key UNIQUE (b); t_a_check CHECK (b)"},
    {"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p);"
     "ALTER TABLE p RENAME id TO key; ALTER TABLE p RENAME TO q",
     "t", "t_a_fkey FOREIGN KEY (a) to public.p (key)"},
    {"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p);"
     "DROP TABLE p CASCADE",
     "t", ""},
    {"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p);"
     "ALTER TABLE p DROP COLUMN id CASCADE",
     "t", ""},
    {"CREATE TABLE p (a int, CONSTRAINT c CHECK (a > 0), CONSTRAINT d CHECK (a > 1) NO INHERIT);"
     "CREATE TABLE t () INHERITS (p)",
     "t", "c CHECK (a)"},
    {"CREATE TABLE p (a int); CREATE TABLE t () INHERITS (p);"
     "ALTER TABLE p ADD CONSTRAINT c CHECK (a > 0); ALTER TABLE p ADD UNIQUE (a)",
     "t", "c CHECK (a)"},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT;"
     "ALTER TABLE p ADD PRIMARY KEY (a)",
     "t", "t_pkey PRIMARY KEY (a)"},
    {"CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED)", "t", "t_a_check CHECK (a) not valid"},
    {"CREATE TABLE t (a int, r tsrange, EXCLUDE USING gist (r WITH &&))", "t",
     "t_r_excl EXCLUDE (r)"},
};
/* clang-format on */

static void
constraints_are_replayed_with_the_servers_names(void **state)
{
    (void)state;
    RUN(constraints, sql_case_constraints);
}

static const char *
index_words(SqlCase *sql, const char *table)
{
    return sql_case_names(
        sql, schema_indexes_of(sql->arena, sql->schema, sql_case_relation(sql, table)->id));
}

/* clang-format off */
static const Case indexes[] = {
    {"CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE)", "t", "public.t_pkey, public.t_b_key"},
    {"CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON t (a, lower(b)) INCLUDE (c)",
     "t", "public.t_a_idx, public.t_a_idx1, public.t_a_lower_c_idx"},
    {"CREATE INDEX ON t ((a + 1)); CREATE INDEX ON t ((lower(a) || 'x'))", "t",
     "public.t_expr_idx, public.t_expr_idx1"},
    {"CREATE INDEX i ON t (a); CREATE INDEX IF NOT EXISTS i ON t (b)", "t", "public.i"},
    {"CREATE INDEX CONCURRENTLY i ON t (a); DROP INDEX i", "t", ""},
    {"CREATE INDEX i ON t (a); ALTER INDEX i RENAME TO j", "t", "public.j"},
    {"CREATE INDEX i ON t (a); CREATE INDEX j ON t (b) WHERE a > 0; CREATE INDEX k ON t (c);"
     "ALTER TABLE t DROP a",
     "t", "public.k"},
    {"CREATE TABLE t (a int UNIQUE); ALTER TABLE t DROP CONSTRAINT t_a_key", "t", ""},
    {"CREATE TABLE t (a int UNIQUE); ALTER TABLE t RENAME CONSTRAINT t_a_key TO k", "t",
     "public.k"},
    {"CREATE TABLE t (a int UNIQUE); ALTER TABLE t SET SCHEMA app; SET search_path = app", "t",
     "app.t_a_key"},
    {"CREATE TABLE p (a int PRIMARY KEY, b int); CREATE INDEX i ON p (b);"
     "CREATE TABLE t (LIKE p INCLUDING INDEXES)",
     "t", "public.t_b_idx, public.t_pkey"},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE INDEX i ON p (a);"
     "CREATE TABLE t PARTITION OF p DEFAULT",
     "t", "public.t_a_idx"},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT;"
     "CREATE INDEX own ON t (a); CREATE INDEX i ON p (a); CREATE INDEX j ON p (a)",
     "t", "public.own, public.t_a_idx"},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT;"
     "CREATE INDEX i ON ONLY p (a)",
     "t", ""},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE INDEX i ON p (a); CREATE TABLE t (a "
     "int);"
     "ALTER TABLE p ATTACH PARTITION t DEFAULT",
     "t", "public.t_a_idx"},
    {"CREATE MATERIALIZED VIEW t AS SELECT 1 AS a; CREATE UNIQUE INDEX u ON t (a)", "t",
     "public.u"},
};
/* clang-format on */

static void
indexes_are_replayed(void **state)
{
    (void)state;
    RUN(indexes, index_words);
}

static const char *
children_words(SqlCase *sql, const char *table)
{
    return sql_case_names(
        sql, schema_descendants_of(sql->arena, sql->schema, sql_case_relation(sql, table)->id));
}

/* clang-format off */
static const Case families[] = {
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE a PARTITION OF p DEFAULT;"
     "CREATE TABLE b (a int); ALTER TABLE p ATTACH PARTITION b FOR VALUES FROM (1) TO (2)",
     "p", "public.a, public.b"},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a);"
     "CREATE TABLE q PARTITION OF p FOR VALUES FROM (1) TO (9) PARTITION BY RANGE (a);"
     "CREATE TABLE r PARTITION OF q FOR VALUES FROM (1) TO (2)",
     "p", "public.q, public.r"},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE a PARTITION OF p DEFAULT;"
     "CREATE TABLE b PARTITION OF p FOR VALUES IN (1); ALTER TABLE p DETACH PARTITION a",
     "p", "public.b"},
    {"CREATE TABLE p (); CREATE TABLE a () INHERITS (p); CREATE TABLE b ();"
     "ALTER TABLE b INHERIT p; ALTER TABLE a NO INHERIT p",
     "p", "public.b"},
    {"CREATE TABLE p (); CREATE TABLE b (); CREATE TABLE a () INHERITS (p); ALTER TABLE b INHERIT "
     "p",
     "p", "public.b, public.a"},
    {"CREATE TABLE p (); CREATE TABLE a () INHERITS (p); ALTER TABLE p INHERIT a;"
     "ALTER TABLE p INHERIT p",
     "p", "public.a"},
    {"CREATE TABLE p (a int) PARTITION BY LIST (a); ALTER TABLE p ATTACH PARTITION p DEFAULT",
     "p", ""},
    {"CREATE TABLE p (); CREATE TABLE a () INHERITS (p); DROP TABLE a", "p", ""},
};
/* clang-format on */

static void
partitions_and_children_are_replayed(void **state)
{
    (void)state;
    RUN(families, children_words);
}

static void
a_default_partition_is_known(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b);"
                          "CREATE TABLE d PARTITION OF p DEFAULT");
    assert_true(sql_case_relation(&sql, "d")->is_default_partition);
    assert_int_equal(sql_case_relation(&sql, "p")->partition_key.keys.count, 2);
    sql_case_replay(&sql, "ALTER TABLE p DETACH PARTITION d");
    assert_false(sql_case_relation(&sql, "d")->is_default_partition);
    assert_false(sql_case_relation(&sql, "d")->is_partition);
    sql_case_close(&sql);
}

static void
a_partitioned_index_becomes_valid_with_its_last_part(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE p (a int) PARTITION BY RANGE (a);"
                          "CREATE TABLE x PARTITION OF p FOR VALUES FROM (1) TO (2);"
                          "CREATE TABLE y PARTITION OF p FOR VALUES FROM (2) TO (3);"
                          "CREATE INDEX i ON ONLY p (a); CREATE INDEX CONCURRENTLY ix ON x (a);"
                          "CREATE INDEX CONCURRENTLY iy ON y (a);"
                          "ALTER INDEX i ATTACH PARTITION ix");
    assert_int_equal(sql_case_relation(&sql, "i")->kind, RELATION_PARTITIONED_INDEX);
    assert_false(sql_case_relation(&sql, "i")->index.valid);
    sql_case_replay(&sql, "ALTER INDEX i ATTACH PARTITION iy");
    assert_true(sql_case_relation(&sql, "i")->index.valid);
    sql_case_close(&sql);
}

/* Each of these must be gone afterwards. */
/* clang-format off */
static const Case gone[] = {
    {"CREATE TABLE t (id serial PRIMARY KEY); DROP TABLE t", "t", NULL},
    {"CREATE TABLE t (id serial PRIMARY KEY); DROP TABLE t", "t_pkey", NULL},
    {"CREATE TABLE t (id serial PRIMARY KEY); DROP TABLE t", "t_id_seq", NULL},
    {"CREATE TABLE t (id serial, a int); ALTER TABLE t DROP id", "t_id_seq", NULL},
    {"CREATE TABLE t (id serial); ALTER TABLE t RENAME id TO k; ALTER TABLE t DROP k", "t_id_seq",
     NULL},
    {"CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY); ALTER TABLE t ALTER id DROP IDENTITY",
     "t_id_seq", NULL},
    {"CREATE TABLE t (); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM v;"
     "DROP TABLE t CASCADE",
     "w", NULL},
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE d PARTITION OF p DEFAULT;"
     "DROP TABLE p",
     "d", NULL},
    {"CREATE SCHEMA app; CREATE TABLE app.t (a int PRIMARY KEY); DROP SCHEMA app CASCADE;"
     "SET search_path = app",
     "t_pkey", NULL},
    {"CREATE TABLE t (); ALTER TABLE t RENAME TO u", "t", NULL},
    {"CREATE TABLE app.t (); ALTER SCHEMA app RENAME TO shop; SET search_path = app", "t", NULL},
    {"CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE INDEX i ON m (a);"
     "DROP MATERIALIZED VIEW m",
     "i", NULL},
    {"DROP TABLE IF EXISTS never_made", "never_made", NULL},
    {"DROP TABLE never_made; DROP INDEX nor_this", "nor_this", NULL},
};
/* clang-format on */

static void
a_drop_takes_along_what_belongs_to_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        SqlCase sql = sql_case_open(17);
        sql_case_replay(&sql, gone[i].sql);
        if (schema_find_relation(sql.schema, (QualifiedName){NULL, gone[i].relation}) != NULL)
            fail_msg("%s: %s is still there", gone[i].sql, gone[i].relation);
        sql_case_close(&sql);
    }
}

static void
views_know_what_they_read(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE TABLE t (); CREATE TABLE u ();"
                          "CREATE VIEW v AS SELECT * FROM t, app.unknown");
    const SimRelation *view = sql_case_relation(&sql, "v");
    assert_int_equal(view->kind, RELATION_VIEW);
    assert_string_equal(sql_case_names(&sql, view->reads), "public.t, app.unknown");
    sql_case_replay(&sql, "CREATE OR REPLACE VIEW v AS SELECT * FROM u");
    assert_string_equal(sql_case_names(&sql, sql_case_relation(&sql, "v")->reads), "public.u");
    assert_int_equal(sql_case_relation(&sql, "v")->id, view->id);
    sql_case_close(&sql);
}

static void
types_are_replayed(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    QualifiedName colour = {NULL, "colour"}, email = {NULL, "email"}, mail = {NULL, "mail"};
    sql_case_replay(&sql, "CREATE TYPE colour AS ENUM ('red', 'blue');"
                          "ALTER TYPE colour ADD VALUE 'green';"
                          "ALTER TYPE colour ADD VALUE IF NOT EXISTS 'red';"
                          "CREATE DOMAIN email AS varchar(99) DEFAULT 'x' CHECK (VALUE > '')");
    const SimEnum *type = schema_find_enum(sql.schema, colour);
    assert_non_null(type);
    assert_int_equal(type->values.count, 3);
    assert_string_equal(type->values.items[2], "green");

    const SimDomain *domain = schema_find_domain(sql.schema, email);
    assert_non_null(domain);
    assert_int_equal(domain->constraints.count, 1);
    assert_false(domain->not_null);
    assert_non_null(domain->default_value);
    sql_case_replay(&sql, "ALTER DOMAIN email SET NOT NULL;"
                          "ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE <> 'y') NOT VALID");
    assert_false(domain->not_null);
    domain = schema_find_domain(sql.schema, email);
    assert_true(domain->not_null);
    assert_int_equal(domain->constraints.count, 2);
    assert_false(domain->constraints.items[1].valid);
    sql_case_replay(&sql, "ALTER DOMAIN email VALIDATE CONSTRAINT c");
    assert_true(schema_find_domain(sql.schema, email)->constraints.items[1].valid);

    sql_case_replay(&sql, "ALTER DOMAIN email RENAME TO mail; DROP TYPE colour");
    assert_null(schema_find_domain(sql.schema, email));
    assert_non_null(schema_find_domain(sql.schema, mail));
    assert_null(schema_find_enum(sql.schema, colour));
    sql_case_close(&sql);
}

static void
persistence_is_replayed(void **state)
{
    (void)state;
    SqlCase sql = sql_case_open(17);
    sql_case_replay(&sql, "CREATE UNLOGGED TABLE t ()");
    assert_int_equal(sql_case_relation(&sql, "t")->persistence, PERSISTENCE_UNLOGGED);
    sql_case_replay(&sql, "ALTER TABLE t SET LOGGED");
    assert_int_equal(sql_case_relation(&sql, "t")->persistence, PERSISTENCE_PERMANENT);
    sql_case_replay(&sql, "ALTER TABLE t SET UNLOGGED");
    assert_int_equal(sql_case_relation(&sql, "t")->persistence, PERSISTENCE_UNLOGGED);
    sql_case_close(&sql);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_replayed),
        cmocka_unit_test(constraints_are_replayed_with_the_servers_names),
        cmocka_unit_test(indexes_are_replayed),
        cmocka_unit_test(partitions_and_children_are_replayed),
        cmocka_unit_test(a_default_partition_is_known),
        cmocka_unit_test(a_partitioned_index_becomes_valid_with_its_last_part),
        cmocka_unit_test(a_drop_takes_along_what_belongs_to_it),
        cmocka_unit_test(views_know_what_they_read),
        cmocka_unit_test(types_are_replayed),
        cmocka_unit_test(persistence_is_replayed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
