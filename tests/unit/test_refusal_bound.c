/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"
#include "support/test.h"

static const char tables[] =
    "CREATE TABLE r (k int, v text) PARTITION BY RANGE (k);"
    "CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (0) TO (10);"
    "CREATE TABLE d (k date) PARTITION BY RANGE (k);"
    "CREATE TABLE d1 PARTITION OF d FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');"
    "CREATE TABLE l (k text) PARTITION BY LIST (k);"
    "CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('a', NULL);"
    "CREATE TABLE l_rest PARTITION OF l DEFAULT;"
    "CREATE TABLE h (k int) PARTITION BY HASH (k);"
    "CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 0);"
    "CREATE TABLE two (a int, b int) PARTITION BY RANGE (a, b);"
    "CREATE TABLE loose (k int, v text);";

static const char not_null[] = "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX t_u ON t (a);"
                               "ALTER TABLE t ADD CONSTRAINT nn NOT NULL a NOT VALID;"
                               "ALTER TABLE t ADD CONSTRAINT own NOT NULL b NO INHERIT;";

/* clang-format off */
static const RefusalExample bounds[] = {
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM (10) TO (20);", 17, NULL},
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM (9) TO (20);", 17, "partition \"n\" would overlap partition \"r1\""},
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM (MINVALUE) TO (0);", 17, NULL},
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM ('20') TO (MAXVALUE);", 17, NULL},
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM (30) TO (20);", 17, "empty range bound specified for partition \"n\""},
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM (30, 1) TO (40, 1);", 17, "FROM must specify exactly one value per partitioning column"},
    {"CREATE TABLE n PARTITION OF r FOR VALUES FROM (NULL) TO (40);", 17, "cannot specify NULL in range bound"},
    {"CREATE TABLE n PARTITION OF r FOR VALUES IN (30);", 17, "invalid bound specification for a range partition"},
    {"CREATE TABLE n PARTITION OF two FOR VALUES FROM (1, 1) TO (1, 5);", 17, NULL},
    {"CREATE TABLE n PARTITION OF d FOR VALUES FROM ('2024-02-01 00:00:00') TO ('2024-03-01');", 17, NULL},
    {"CREATE TABLE n PARTITION OF d FOR VALUES FROM ('2024-01-31') TO ('2024-03-01');", 17, "partition \"n\" would overlap partition \"d1\""},
    {"CREATE TABLE n PARTITION OF d FOR VALUES FROM ('yesterday') TO ('tomorrow');", 17, NULL},
    {"CREATE TABLE n PARTITION OF l FOR VALUES IN ('b', 'a');", 17, "partition \"n\" would overlap partition \"l1\""},
    {"CREATE TABLE n PARTITION OF l FOR VALUES IN (NULL);", 17, "partition \"n\" would overlap partition \"l1\""},
    {"CREATE TABLE n PARTITION OF l FOR VALUES IN ('b', 'c');", 17, NULL},
    {"CREATE TABLE n PARTITION OF l DEFAULT;", 17, "partition \"n\" conflicts with existing default partition \"l_rest\""},
    {"CREATE TABLE n PARTITION OF h FOR VALUES WITH (MODULUS 8, REMAINDER 4);", 17, "partition \"n\" would overlap partition \"h0\""},
    {"CREATE TABLE n PARTITION OF h FOR VALUES WITH (MODULUS 8, REMAINDER 5);", 17, NULL},
    {"CREATE TABLE n PARTITION OF h FOR VALUES WITH (MODULUS 6, REMAINDER 1);", 17, "every hash partition modulus must be a factor of the next larger modulus"},
    {"CREATE TABLE n PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 4);", 17, "remainder for hash partition must be less than modulus"},
    {"CREATE TABLE n PARTITION OF h DEFAULT;", 17, "a hash-partitioned table may not have a default partition"},
    {"ALTER TABLE r ATTACH PARTITION loose FOR VALUES FROM (5) TO (6);", 17, "partition \"loose\" would overlap partition \"r1\""},
    {"ALTER TABLE r DETACH PARTITION r1; ALTER TABLE r ATTACH PARTITION loose FOR VALUES FROM (5) TO (6);", 17, NULL},
};

static const RefusalExample keys[] = {
    {"ALTER TABLE t ADD PRIMARY KEY (a);", 18, "cannot create primary key on column \"a\""},
    {"ALTER TABLE t ADD PRIMARY KEY USING INDEX t_u;", 18, "incompatible NOT VALID constraint \"nn\" on relation \"t\""},
    {"ALTER TABLE t ADD NOT NULL a;", 18, "incompatible NOT VALID constraint \"nn\" on relation \"t\""},
    {"ALTER TABLE t ADD NOT NULL b;", 18, "cannot change NO INHERIT status of NOT NULL constraint \"own\" on relation \"t\""},
    {"ALTER TABLE t ALTER ctid SET NOT NULL;", 18, "cannot alter system column \"ctid\""},
    {"ALTER TABLE t DROP COLUMN ctid;", 18, "cannot drop system column \"ctid\""},
    {"ALTER TABLE t ALTER gone SET STATISTICS 5;", 18, "column \"gone\" of relation \"t\" does not exist"},
};
/* clang-format on */

static void
bounds_are_compared(void **state)
{
    (void)state;
    refusal_examples_check(tables, bounds, sizeof bounds / sizeof *bounds);
}

static void
not_null_stands_in_the_way(void **state)
{
    (void)state;
    refusal_examples_check(not_null, keys, sizeof keys / sizeof *keys);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_compared),
        cmocka_unit_test(not_null_stands_in_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
