/* SPDX-License-Identifier: MIT */
/* What a schema file says beside its CREATE statements: as pg_dump, pg_dumpall and people write it.
 */
#include <string.h>

#include "support/explain_case.h"
#include "support/test.h"

typedef struct FileCase {
    const char *schema;
    const char *statement;
    const char *expected; /* relations with what is done to them */
} FileCase;

static const FileCase cases[] = {
    {"ALTER DATABASE d SET \"TimeZone\" TO 'UTC';\n"
     "CREATE TABLE t (a timestamp);\n",                                                   "ALTER TABLE t ALTER a TYPE timestamptz", "public.t"        },
    {"ALTER DATABASE d SET \"TimeZone\" TO 'Europe/Berlin';\n"
     "CREATE TABLE t (a timestamp);\n",                                                   "ALTER TABLE t ALTER a TYPE timestamptz", "public.t rewrite"},
    /* What it sets for itself ends with it; what it sets for the database does not. */
    {"SELECT pg_catalog.set_config('search_path', '', false);\n"
     "ALTER ROLE ALL SET search_path TO s, public;\n"
     "CREATE SCHEMA s;\nCREATE TABLE s.t (a int);\nCREATE TABLE public.t (a int);\n",     "ALTER TABLE t ADD b int",                "s.t"             },
    /* A dump without indexes of partitions, and one that attaches them. */
    {"CREATE TABLE p (a int) PARTITION BY RANGE (a);\n"
     "CREATE TABLE p1 (a int);\n"
     "ALTER TABLE ONLY p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (9);\n"
     "ALTER TABLE p ADD PRIMARY KEY (a);\n",                                              "ALTER TABLE p1 ALTER a SET NOT NULL",    "public.p1"       },
    /* An index that nobody finished. */
    {"CREATE TABLE t (a int, b int);\nCREATE UNIQUE INDEX i ON t (a);\n"
     "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.i'::regclass;\n", "ALTER TABLE t ADD UNIQUE USING INDEX i", "refused"         },
    /* Gone with the key that they pointed to. */
    {"CREATE TABLE t (a int PRIMARY KEY);\nCREATE TABLE u (a int REFERENCES t);\n"
     "ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE;\n",                                   "DROP TABLE u",                           "public.u"        },
    /* pg_dumpall, and what psql reads. */
    {"\\restrict abc\nSET transaction_timeout = 0;\n"
     "CREATE DATABASE shop WITH TEMPLATE = template0 LOCALE_PROVIDER = libc;\n\\connect shop\n"
     "CREATE TABLE public.t (a int);\nCOPY public.t (a) FROM stdin;\n1\n'\n\\.\n\n"
     "SELECT pg_catalog.lo_create('16400');\nALTER TABLE public.t OWNER TO ada;\n"
     "GRANT ALL ON TABLE public.t TO ada;\nCOMMENT ON EXTENSION plpgsql IS 'x';\n"
     "INSERT INTO public.t VALUES (1);\n\\connect postgres\n\\unrestrict abc\n",          "ALTER TABLE t ADD b int DEFAULT 1",      "public.t"        },
};

static const char *
words_of(Arena *arena, const ExplainedStatement *statement)
{
    if (statement->error != NULL)
        return "refused";
    const char *words = "";
    foreach (effect, &statement->effects)
        words = arena_printf(arena, "%s%s%s%s", words, words[0] != '\0' ? ", " : "",
                             sql_qualified(arena, effect->relation),
                             effect->rewrites ? " rewrite" : "");
    return words;
}

static void
check(const FileCase *item)
{
    Arena *arena = arena_new();
    const ExplainResult result = explain_case(arena, 14, item->schema, item->statement);
    const char *words = words_of(arena, &result.files.items[0].statements.items[0]);
    if (result.schema_errors.count > 0)
        fail_msg("%s: %s", item->schema, result.schema_errors.items[0].message);
    if (strcmp(words, item->expected) != 0)
        fail_msg("%s\n%s\n  %s, not %s", item->schema, item->statement, words, item->expected);
    arena_free(arena);
}

static void
what_a_file_says_is_heard(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(&cases[i]);
}

/* Tables before and behind \connect: nobody can tell which of them are meant. */
static void
two_databases_are_noted(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const ExplainResult result =
        explain_case(arena, 17, "CREATE TABLE t (a int);\n\\connect b\nCREATE TABLE u (a int);\n",
                     "ALTER TABLE u ADD b int");
    assert_int_equal(result.schema_errors.count, 1);
    assert_true(result.schema_errors.items[0].is_connect);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_file_says_is_heard),
        cmocka_unit_test(two_databases_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
