/* SPDX-License-Identifier: MIT */
/* What the engine adds to what a rule says of one operation, and what it leaves out. */
#include <string.h>

#include "support/lint_text.h"
#include "support/test.h"

static const char given[] =
    "CREATE TABLE p (id bigint PRIMARY KEY);\n"
    "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer REFERENCES p,\n"
    "    CONSTRAINT proof CHECK (a IS NOT NULL), CONSTRAINT other CHECK (b > 0));\n"
    "CREATE INDEX i ON t (a);\n"
    "CREATE INDEX j ON t (b);\n"
    "CREATE TYPE mood AS ENUM ('calm');\n"
    "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'TRUNCATE t';\n"
    "CREATE FUNCTION twice() RETURNS void LANGUAGE sql AS 'TRUNCATE t; TRUNCATE t';\n";

/* How often the rule finds something, and what its first message holds. */
static const struct {
    const char *statements;
    const char *rule;
    size_t count;
    const char *message; /* NULL: anything */
    const char *lacks;   /* NULL: nothing */
} rows[] = {
    /* A lock for a moment is nothing where the transaction has it for something else. */
    {"DROP INDEX i;",                                                                      "drop-index-blocks",             1, NULL,                                 NULL      },
    {"DROP INDEX i; DROP INDEX j;",                                                        "drop-index-blocks",             2, NULL,                                 NULL      },
    {"DROP INDEX i, j;",                                                                   "drop-index-blocks",             1, NULL,                                 NULL      },
    {"ALTER TABLE t ADD COLUMN c text; DROP INDEX i;",                                     "drop-index-blocks",             0, NULL,                                 NULL      },
    {"ALTER TABLE t ADD COLUMN c text; COMMIT; DROP INDEX i;",                             "drop-index-blocks",             1, NULL,                                 NULL      },
    {"ALTER TABLE p ADD COLUMN c text; DROP INDEX i;",                                     "drop-index-blocks",             1, NULL,                                 NULL      },
    {"LOCK TABLE t IN SHARE MODE; DROP INDEX i;",                                          "drop-index-blocks",             1, NULL,                                 NULL      },
    {"CREATE TABLE c (p bigint REFERENCES p);",                                            "create-table-locks-referenced", 1, NULL,                                 NULL      },
    {"ALTER TABLE p ADD COLUMN c text; CREATE TABLE c (p bigint REFERENCES p);",
     "create-table-locks-referenced",                                                                                       0, NULL,                                 NULL      },
    {"CREATE TABLE c (p bigint); ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p;",
     "create-table-locks-referenced",                                                                                       1, NULL,                                 NULL      },
    {"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p;",                                    "create-table-locks-referenced", 0, NULL,
     NULL                                                                                                                                                                      },
    {"CREATE TABLE c AS SELECT * FROM t; ALTER TABLE c ADD FOREIGN KEY (b) REFERENCES p;",
     "create-table-locks-referenced",                                                                                       0, NULL,                                 NULL      },
    /* Nor where the file drops the table. */
    {"DROP INDEX i; DROP TABLE t;",                                                        "drop-index-blocks",             0, NULL,                                 NULL      },
    {"DROP INDEX i; ALTER TABLE t RENAME TO u;",                                           "drop-index-blocks",             1, NULL,                                 NULL      },
    {"DROP INDEX unheard_of;",                                                             "drop-index-blocks",             1, NULL,                                 NULL      },
    /* What a migration tool notes for itself. */
    {"ALTER TABLE t ADD COLUMN c text; UPDATE alembic_version SET version_num = '2';",
     "work-after-lock",                                                                                                     0, NULL,                                 NULL      },
    {"UPDATE alembic_version SET version_num = '2';",                                      "write-without-where",           0, NULL,                                 NULL      },
    {"UPDATE public.schema_migrations SET dirty = false;",                                 "write-without-where",           0, NULL,                                 NULL      },
    {"DROP TABLE alembic_version;",                                                        "drop-table",                    0, NULL,                                 NULL      },
    {"DROP TABLE alembic_versions;",                                                       "drop-table",                    1, NULL,                                 NULL      },
    {"ALTER TABLE t ADD COLUMN c text; UPDATE versions SET n = 2;",                        "work-after-lock",               1, NULL,
     NULL                                                                                                                                                                      },
    /* The same of code is said once. */
    {"SELECT twice();",                                                                    "truncate-loses-rows",           1, NULL,                                 NULL      },
    /* A name that the file has given itself. */
    {"DROP TYPE mood;",                                                                    "drop-object",                   1, NULL,                                 NULL      },
    {"CREATE TYPE new AS ENUM ('a'); ALTER TYPE mood RENAME TO old; ALTER TYPE new RENAME TO "
     "mood;\n"
     "DROP TYPE old;",                                                                "drop-object",                   0, NULL,                                 NULL      },
    {"ALTER TABLE t RENAME COLUMN a TO c;",                                                "rename-breaks-clients",         1, "say t.a fail",                       NULL      },
    {"ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO c;",                     "rename-breaks-clients",         1,
     "say t fail",                                                                                                                                                   NULL      },
    /* A proof is a CHECK of the column. */
    {"ALTER TABLE t ALTER a SET NOT NULL, DROP CONSTRAINT proof;",                         "set-not-null-scans-table",      1,
     "for which a CHECK that the same statement drops is no proof",                                                                                                  NULL      },
    {"ALTER TABLE t ALTER b SET NOT NULL, DROP CONSTRAINT proof;",                         "set-not-null-scans-table",      1,
     "searched for nulls",                                                                                                                                           "no proof"},
    {"ALTER TABLE t ALTER b SET NOT NULL, DROP CONSTRAINT t_pkey;",                        "set-not-null-scans-table",      1,
     "searched for nulls",                                                                                                                                           "no proof"},
    /* What does not stand where it is shown. */
    {"SELECT wipe();",                                                                     "truncate-loses-rows",           1, "(in code that this statement runs)", NULL      },
    {"TRUNCATE t;",                                                                        "truncate-loses-rows",           1, NULL,                                 "code"    },
    {"DO $$ BEGIN TRUNCATE t; END $$;",                                                    "truncate-loses-rows",           1, NULL,                                 "code"    },
    /* A table that has been emptied is empty until something may have been written to it. */
    {"TRUNCATE t; ALTER TABLE t ADD n int NOT NULL;",                                      "add-required-column",           0, NULL,                                 NULL      },
    {"TRUNCATE t; INSERT INTO t VALUES (1); ALTER TABLE t ADD n int NOT NULL;",
     "add-required-column",                                                                                                 1, NULL,                                 NULL      },
    {"TRUNCATE t; COPY t FROM '/rows'; ALTER TABLE t ADD n int NOT NULL;",                 "add-required-column",           1,
     NULL,                                                                                                                                                           NULL      },
    {"TRUNCATE t; MERGE INTO t USING p ON p.id = t.id WHEN NOT MATCHED THEN INSERT VALUES (p.id); "
     "ALTER TABLE t ADD n int NOT NULL;",                                             "add-required-column",           1, NULL,                                 NULL      },
    {"TRUNCATE t; INSERT INTO p VALUES (1); ALTER TABLE t ADD n int NOT NULL;",
     "add-required-column",                                                                                                 0, NULL,                                 NULL      },
};

static void
check_row(Arena *arena, size_t row)
{
    StringList texts = {0};
    LIST_APPEND(arena, &texts, given);
    LIST_APPEND(arena, &texts, rows[row].statements);
    const LintResult result = lint_texts(arena, 17, &texts, 1);
    const char *message = "";
    size_t count = 0;
    foreach (finding, &result.findings) {
        if (strcmp(finding->rule, rows[row].rule) != 0)
            continue;
        message = count++ == 0 ? finding->message : message;
    }
    if (count != rows[row].count)
        fail_msg("%s: %zu", rows[row].statements, count);
    if ((rows[row].message != NULL && strstr(message, rows[row].message) == NULL) ||
        (rows[row].lacks != NULL && strstr(message, rows[row].lacks) != NULL))
        fail_msg("%s: %s", rows[row].statements, message);
}

static void
test_findings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        check_row(arena, i);
        arena_free(arena);
    }
}

/* A statement, and whether anything is written in its place. */
static const struct {
    const char *statement;
    bool is_written;
} written[] = {
    {"ALTER TABLE t ALTER a TYPE bigint;",                                 true },
    {"ALTER TABLE t ALTER a TYPE bigserial;",                              false},
    {"ALTER TABLE t ALTER a TYPE bigint, ADD CHECK (a > 1);",              true },
    {"ALTER TABLE t ADD COLUMN a text, ALTER a TYPE bigint;",              false},
    {"ALTER TABLE t ALTER a TYPE bigint, DROP COLUMN c;",                  false},
    {"ALTER TABLE t DROP COLUMN c; ALTER TABLE t ALTER b SET NOT NULL;",   true },
    {"ALTER TABLE t DROP COLUMN c; ALTER TABLE t ALTER d SET NOT NULL;",   false},
    {"ALTER TABLE t DROP COLUMN c; ALTER TABLE t ALTER c TYPE bigserial;", false},
};

/* What the server refuses is mended itself: nothing is written in its place. */
static void
test_refused_is_not_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        Arena *arena = arena_new();
        StringList texts = {0};
        LIST_APPEND(arena, &texts, given);
        LIST_APPEND(arena, &texts, written[i].statement);
        const LintResult result = lint_texts(arena, 17, &texts, 1);
        bool is_written = false;
        foreach (finding, &result.findings)
            is_written = is_written || finding->rewrite.count > 0;
        if (is_written != written[i].is_written)
            fail_msg("%s: %s", written[i].statement, lint_words(arena, &result));
        arena_free(arena);
    }
}

/* Two that lock t and p in another order, with `between` migrations between them. */
static size_t
count_lock_orders(size_t between)
{
    Arena *arena = arena_new();
    StringList texts = {0};
    LIST_APPEND(arena, &texts, given);
    LIST_APPEND(arena, &texts, "LOCK TABLE t; LOCK TABLE p;");
    for (size_t i = 0; i < between; i++)
        LIST_APPEND(arena, &texts, "SELECT 1;");
    LIST_APPEND(arena, &texts, "LOCK TABLE p; LOCK TABLE t;");
    const LintResult result = lint_texts(arena, 17, &texts, 1);
    size_t count = 0;
    foreach (finding, &result.findings)
        count += strcmp(finding->rule, FINDING_LOCK_ORDER) == 0;
    arena_free(arena);
    return count;
}

static void
test_lock_order_of_what_may_meet(void **state)
{
    (void)state;
    assert_int_equal(count_lock_orders(0), 1);
    assert_int_equal(count_lock_orders(4), 1);
    assert_int_equal(count_lock_orders(5), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_findings),
                                       cmocka_unit_test(test_refused_is_not_written),
                                       cmocka_unit_test(test_lock_order_of_what_may_meet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
