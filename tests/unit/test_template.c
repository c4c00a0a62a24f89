/* SPDX-License-Identifier: MIT */
/* Templates are said once, and the statements around them are read. */
#include "parse/parse.h"
#include "support/test.h"

typedef struct Case {
    const char *text;
    const char *message; /* how it begins; NULL: no error */
    size_t statements;
} Case;

static const Case cases[] = {
    {"CREATE TABLE ${schema}.a ();\nCREATE TABLE ${schema}.b ();",        "${schema} is",        2},
    {"CREATE TABLE {{ index .Options \"Name space\" }}.a ();",            "{{ index",            1},
    {"{{ if .Postgres }}\nCREATE TABLE a ();\n{{ else }}\n{{- end }}",    "{{ if",               1},
    {"SELECT 1;\n{% for t in tables %}\nSELECT {{ t }};\n{% endfor %}",   "{% for",              2},
    {"CREATE TABLE prefix_#{kind} ();",                                   "#{kind} is",          1},
    {"CREATE TABLE prefix_${kind} ();",                                   "${kind} is",          1},
    {"CREATE TABLE <%= name %> ();",                                      "<%= name",            1},
    {"INSERT INTO t VALUES (%(id)s);",                                    "%(id)s is",           1},
    {"CREATE TYPE @extschema@.a AS (x int);",                             "@extschema@ is",      1},
    {"GRANT SELECT ON a TO :role;",                                       ":role is",            1},
    {"ALTER ROLE a PASSWORD :'secret';",                                  ":'secret' is",        1},
    {"GRANT SELECT ON a TO :\"role\";",                                   ":\"role\" is",        1},
    /* What PostgreSQL runs is left alone. */
    {"SELECT '${a} {{b}}', $$ #{c} $$, 1::int, (ARRAY[1])[1:2], @ -1;",   NULL,                  1},
    {"-- ${a}\nSELECT f(a := 1);",                                        NULL,                  1},
    {"SELECT '\"{{ a }}\"' AS \"{ a }\", '{{1,2},{3,4}}' -- \"${b}\"\n;", NULL,                  1},
    {"SELECT \"a{\", \"$a\", \"b}}\" FROM t;",                            NULL,                  1},
    /* In a name it is the name. */
    {"CREATE TABLE \"{{ a }}\" ();",                                      "{{ a }} is",          1},
    {"ALTER TABLE \"${a}\".\"#{b}\" ADD x int; SELECT \"{{ c }}\";",      "${a} is",             2},
    {"SET search_path TO \"{{ index .Options \"Name\" }}\"; SELECT 1;",
     "{{ index .Options \"Name\" }} is",                                                         2},
    {"GRANT SELECT ON \"a_{{ name \"x\" }}\" TO \"{{ role \"y\" }}_b\";", "{{ name \"x\" }} is", 1},
    /* No template, but an error. */
    {"SELECT a[1:b FROM t;",                                              "syntax error",        0},
    {"SELEC 1; SELECT '${a}';",                                           "syntax error",        1},
    {"CREATE TABLE ${a} (); SELEC 1;",                                    "${a} is",             1},
};

static void
templates_are_said_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const Case *item = &cases[i];
        const Script *script = parse_script(arena, item->text, strlen(item->text));
        const char *message =
            script->errors.count > 0 ? script->errors.items[0].message : "no error";
        const char *wanted = item->message != NULL ? item->message : "no error";
        if (strncmp(message, wanted, strlen(wanted)) != 0 ||
            script->statements.count != item->statements)
            fail_msg("%s\n%s, %zu statements", item->text, message, script->statements.count);
        arena_free(arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(templates_are_said_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
