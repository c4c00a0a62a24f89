/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TABLE p (id int NOT NULL, k int NOT NULL, v text) PARTITION BY RANGE (k);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
    "CREATE TABLE n (id int NOT NULL, k int NOT NULL, v text);"
    "CREATE TABLE t (id serial PRIMARY KEY, b varchar(20), many int[]);"
    "CREATE TABLE r (t_id int REFERENCES t);"
    "CREATE VIEW w AS SELECT id FROM t;"
    "CREATE INDEX t_b ON t (b);"
    "CREATE INDEX p_v ON ONLY p (v);"
    "CREATE INDEX p1_v ON p1 (v);"
    "CREATE INDEX p1_id ON p1 (id);"
    "CREATE SCHEMA s1;"
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";

/* clang-format off */
static const RefusalExample commands[] = {
    {"ALTER VIEW t RENAME TO u;", 17, "\"t\" is not a view"},
    {"ALTER VIEW w RENAME TO u;", 17, NULL},
    {"ALTER TABLE w RENAME TO u;", 17, NULL},
    {"ALTER INDEX t SET (fillfactor = 70);", 17, "\"t\" is not an index"},
    {"ALTER INDEX t RENAME TO u;", 17, NULL},
    {"ALTER SEQUENCE t_id_seq SET SCHEMA s1;", 17, "cannot move an owned sequence into another schema"},
    {"ALTER TABLE t_b SET SCHEMA s1;", 17, "cannot change schema of index \"t_b\""},
    {"ALTER TABLE t SET SCHEMA s1;", 17, NULL},
    {"ALTER SEQUENCE t_id_seq OWNER TO somebody;", 17, "cannot change owner of sequence \"t_id_seq\""},
    {"CREATE SCHEMA s1;", 17, "schema \"s1\" already exists"},
    {"CREATE SCHEMA IF NOT EXISTS s1;", 17, NULL},
    {"DROP SCHEMA s1; CREATE SCHEMA s1;", 17, NULL},
    {"ALTER SCHEMA s1 RENAME TO s2; CREATE SCHEMA s1;", 17, NULL},
    {"ALTER SCHEMA s1 RENAME TO s2; CREATE SCHEMA s2;", 17, "schema \"s2\" already exists"},
    {"CREATE SEQUENCE t;", 17, "relation \"t\" already exists"},
    {"CREATE TEMPORARY SEQUENCE t;", 17, NULL},
    {"ALTER TABLE t SET TABLESPACE a, SET TABLESPACE b;", 17, "cannot have multiple SET TABLESPACE subcommands"},
};

static const RefusalExample parts[] = {
    {"ALTER INDEX p_v ATTACH PARTITION p1_v;", 17, NULL},
    {"ALTER INDEX p_v ATTACH PARTITION p1_id;", 17, "cannot attach index \"p1_id\" as a partition of index \"p_v\""},
    {"ALTER INDEX p_v ATTACH PARTITION t_b;", 17, "cannot attach index \"t_b\" as a partition of index \"p_v\""},
    {"CREATE TRIGGER g BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION f(); CREATE TRIGGER g BEFORE UPDATE ON n FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE p ATTACH PARTITION n DEFAULT;", 17, "trigger \"g\" for relation \"n\" already exists"},
    {"CREATE TRIGGER g AFTER UPDATE ON n REFERENCING NEW TABLE AS x FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE p ATTACH PARTITION n DEFAULT;", 17, "trigger \"g\" prevents table \"n\" from becoming a partition"},
    {"ALTER TABLE n ALTER v TYPE text COLLATE \"C\"; ALTER TABLE p ATTACH PARTITION n DEFAULT;", 17, "child table \"n\" has different collation for column \"v\""},
    {"ALTER TABLE p ATTACH PARTITION n DEFAULT;", 17, NULL},
    {"CREATE TABLE ps PARTITION OF p DEFAULT PARTITION BY LIST (v); ALTER TABLE p ADD UNIQUE (k);", 17, "unique constraint on partitioned table must include all partitioning columns"},
    {"ALTER TABLE ONLY p ADD PRIMARY KEY (k, v);", 17, "constraint must be added to child tables too"},
    {"ALTER TABLE ONLY p ADD PRIMARY KEY (k);", 17, NULL},
    {"ALTER TABLE p ALTER id ADD GENERATED ALWAYS AS IDENTITY; ALTER TABLE p1 ALTER id RESTART;", 17, "cannot change identity column of a partition"},
    {"ALTER TABLE p ALTER id ADD GENERATED ALWAYS AS IDENTITY; ALTER TABLE ONLY p ALTER id DROP IDENTITY;", 17, "cannot drop identity from a column of only the partitioned table"},
    {"ALTER TABLE p ALTER id ADD GENERATED ALWAYS AS IDENTITY; ALTER TABLE p ALTER id DROP IDENTITY;", 17, NULL},
};

static const RefusalExample keys[] = {
    {"ALTER TABLE r ALTER t_id TYPE text USING t_id::text;", 17, "foreign key constraint \"r_t_id_fkey\" cannot be implemented"},
    {"ALTER TABLE r ALTER t_id TYPE bigint;", 17, NULL},
    {"DROP VIEW w; ALTER TABLE t ALTER id TYPE text USING id::text;", 17, "foreign key constraint \"r_t_id_fkey\" cannot be implemented"},
    {"ALTER TABLE t ADD FOREIGN KEY (many) REFERENCES t;", 17, "foreign key constraint \"t_many_fkey\" cannot be implemented"},
    {"ALTER TABLE t ADD g int GENERATED ALWAYS AS (1) STORED; ALTER TABLE t ADD FOREIGN KEY (g) REFERENCES t ON DELETE SET NULL;", 17, "invalid ON DELETE action for foreign key constraint containing generated column"},
    {"ALTER TABLE t ADD g int GENERATED ALWAYS AS (1) VIRTUAL; CREATE INDEX ON t (g);", 18, "indexes on virtual generated columns are not supported"},
};
/* clang-format on */

#define CHECK_ALL(examples)                                                                        \
    refusal_examples_check(tables, examples, sizeof examples / sizeof *(examples))

static void
commands_name_what_is_there(void **state)
{
    (void)state;
    CHECK_ALL(commands);
}

static void
partitions_have_what_their_table_has(void **state)
{
    (void)state;
    CHECK_ALL(parts);
}

static void
keys_hold_what_they_can(void **state)
{
    (void)state;
    CHECK_ALL(keys);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_name_what_is_there),
        cmocka_unit_test(partitions_have_what_their_table_has),
        cmocka_unit_test(keys_hold_what_they_can),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
