/* SPDX-License-Identifier: MIT */
#include "parse/parse.h"
#include "run/plain.h"
#include "support/test.h"

typedef struct Case {
    const char *text;
    bool is_plain;
} Case;

static const Case cases[] = {
    {"CREATE TABLE t (id bigint PRIMARY KEY, at timestamptz DEFAULT now());", true },
    {"CREATE TABLE t (a int REFERENCES o, CHECK (f(a)), UNIQUE (a));",        true },
    {"DROP TABLE t; COMMENT ON TABLE o IS 'x'; GRANT SELECT ON o TO r;",      true },
    {"ALTER TABLE t DROP COLUMN a, DROP CONSTRAINT c;",                       true },
    {"ALTER TABLE t RENAME TO o; ALTER TABLE o RENAME COLUMN a TO b;",        true },
    {"CREATE TYPE e AS ENUM ('a', 'b');",                                     true },
    {"CREATE TEMP TABLE t (a int);",                                          false},
    {"CREATE TABLE t PARTITION OF o FOR VALUES IN (f(1));",                   false},
    {"CREATE TABLE t (LIKE o INCLUDING INDEXES);",                            false},
    {"CREATE TABLE t (a int, EXCLUDE USING btree (f(1) WITH =));",            false},
    {"CREATE FOREIGN TABLE t (a int) SERVER s;",                              false},
    {"CREATE TABLE t AS SELECT f(1);",                                        false},
    {"ALTER TABLE t ADD COLUMN a int DEFAULT f(1);",                          false},
    {"ALTER TABLE t DROP COLUMN a, ALTER COLUMN b TYPE text USING f(b);",     false},
    {"ALTER TABLE t VALIDATE CONSTRAINT c;",                                  false},
    {"CREATE INDEX ON t (f(1));",                                             false},
    {"SELECT f(1);",                                                          false},
    {"INSERT INTO t VALUES (1);",                                             false},
    {"DROP TABLE t; DELETE FROM o;",                                          false},
    {"DO $$ BEGIN END $$;",                                                   false},
    {"CALL p();",                                                             false},
    {"REFRESH MATERIALIZED VIEW v;",                                          false},
    {"SET search_path = a;",                                                  false},
    {"SET LOCAL lock_timeout = 1;",                                           false},
    {"SET CONSTRAINTS ALL DEFERRED;",                                         false},
    {"PREPARE p AS SELECT 1;",                                                false},
    {"DEALLOCATE ALL;",                                                       false},
    {"LISTEN l;",                                                             false},
    {"DECLARE c CURSOR WITH HOLD FOR SELECT 1;",                              false},
    {"DISCARD ALL;",                                                          false},
    {"LOAD 'x';",                                                             false},
    {"CREATE EXTENSION x;",                                                   false},
    {"CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();",       false},
};

static void
test_what_is_plain(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *text = cases[i].text;
        const Script *script = parse_script(arena, text, strlen(text));
        if (script->errors.count > 0 || plain_is(script) != cases[i].is_plain)
            fail_msg("%s", text);
        arena_free(arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
