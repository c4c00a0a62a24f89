/* SPDX-License-Identifier: MIT */
/* What the readers of JUnit's XML, of GitLab's code quality report and of GitHub's workflow
 * commands ask of a file, checked in whatever is written. Jenkins' xUnit plugin refuses a JUnit
 * file with an element or attribute that its schema does not have; GitLab stops at the first entry
 * that lacks a member; GitHub drops a command whose properties it cannot part. */
#include <jansson.h>
#include <string.h>

#include "support/lint_text.h"
#include "support/report_text.h"
#include "support/shape.h"
#include "support/test.h"

static Arena *arena;

static int
begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static size_t
count_open(const LintResult *result)
{
    size_t count = 0;
    foreach (finding, &result->findings)
        count += finding->suppressed == NULL;
    return count;
}

/* ---- JUnit */

/* Where an element may stand, and its attributes, with " !" behind those that it must have. */
static const struct {
    const char *name;
    const char *parent;
    const char *attributes;
} elements[] = {
    {"testsuites", "",           " name time tests failures errors "                   },
    {"testsuite",  "testsuites",
     " name! tests! failures! errors! time skipped file timestamp hostname id package "},
    {"testcase",   "testsuite",  " name! classname time "                              },
    {"failure",    "testcase",   " message type "                                      },
    {"error",      "testcase",   " message type "                                      },
    {"skipped",    "testcase",   " message type "                                      },
    {"system-out", "testcase",   " "                                                   },
};

enum { ELEMENTS = sizeof elements / sizeof *elements, DEPTH = 4 };

typedef struct Xml {
    const char *at;
    size_t open[DEPTH]; /* indices of the elements that are open */
    size_t depth;
    size_t seen[ELEMENTS]; /* of the file, or of the suite for what stands in one */
    size_t said[ELEMENTS]; /* what the suite says of them */
} Xml;

static size_t
element_index(const char *name, size_t length)
{
    for (size_t i = 0; i < ELEMENTS; i++) {
        if (strlen(elements[i].name) == length && strncmp(elements[i].name, name, length) == 0)
            return i;
    }
    fail_msg("%s: <%.*s> is none of JUnit's elements", shape_subject(), (int)length, name);
    return 0;
}

static void
check_characters(const char *text, const char *close)
{
    static const char *const known[] = {"&#38;", "&#60;", "&#62;", "&#34;", "&#9;", "&#10;"};
    for (; text < close; text++) {
        bool is_known = false;
        for (size_t i = 0; *text == '&' && i < sizeof known / sizeof *known; i++)
            is_known = is_known || strncmp(text, known[i], strlen(known[i])) == 0;
        if ((*text == '&' && !is_known) || *text == '<')
            fail_msg("%s: not escaped: %.40s", shape_subject(), text);
    }
}

static void
note_count(Xml *xml, const char *name, size_t length, const char *value)
{
    static const struct {
        const char *attribute;
        const char *element;
    } counts[] = {
        {"tests",    "testcase"},
        {"failures", "failure" },
        {"errors",   "error"   },
        {"skipped",  "skipped" }
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (strlen(counts[i].attribute) == length &&
            strncmp(counts[i].attribute, name, length) == 0)
            xml->said[element_index(counts[i].element, strlen(counts[i].element))] =
                strtoul(value, NULL, 10);
    }
}

/* The attributes of an element up to the end of its tag. */
static void
read_attributes(Xml *xml, size_t element)
{
    const char *allowed = elements[element].attributes;
    size_t required = 0;
    while (*xml->at == ' ') {
        const char *name = ++xml->at;
        const size_t length = strcspn(name, "=");
        assert_true(name[length + 1] == '"');
        const char *value = name + length + 2;
        const char *close = strchr(value, '"');
        assert_non_null(close);
        const char *plain = arena_printf(arena, " %.*s ", (int)length, name);
        const char *needed = arena_printf(arena, " %.*s! ", (int)length, name);
        required += strstr(allowed, needed) != NULL;
        if (strstr(allowed, plain) == NULL && strstr(allowed, needed) == NULL)
            fail_msg("%s: <%s> has no attribute%s", shape_subject(), elements[element].name, plain);
        check_characters(value, close);
        if (strcmp(elements[element].name, "testsuite") == 0)
            note_count(xml, name, length, value);
        xml->at = close + 1;
    }
    for (const char *sign = allowed; (sign = strchr(sign, '!')) != NULL; sign++)
        required--;
    if (required != 0)
        fail_msg("%s: <%s> lacks an attribute", shape_subject(), elements[element].name);
}

static void
open_element(Xml *xml)
{
    const size_t length = strcspn(xml->at, " />");
    const size_t element = element_index(xml->at, length);
    const char *parent = xml->depth == 0 ? "" : elements[xml->open[xml->depth - 1]].name;
    assert_string_equal(elements[element].parent, parent);
    if (strcmp(elements[element].name, "testsuite") == 0)
        memset(xml->seen, 0, sizeof xml->seen);
    xml->seen[element]++;
    xml->at += length;
    read_attributes(xml, element);
    const bool is_empty = *xml->at == '/';
    xml->at += is_empty ? 2 : 1;
    assert_true(xml->at[-1] == '>');
    if (!is_empty) {
        assert_true(xml->depth < DEPTH);
        xml->open[xml->depth++] = element;
    }
}

static void
close_element(Xml *xml)
{
    assert_true(xml->depth > 0);
    const size_t element = xml->open[--xml->depth];
    const size_t length = strlen(elements[element].name);
    assert_int_equal(strncmp(xml->at, elements[element].name, length), 0);
    assert_true(xml->at[length] == '>');
    xml->at += length + 1;
    if (strcmp(elements[element].name, "testsuite") != 0)
        return;
    for (size_t i = element_index("testcase", 8); i < ELEMENTS - 1; i++) {
        if (xml->seen[i] != xml->said[i])
            fail_msg("%s: %zu <%s>, and %zu are said", shape_subject(), xml->seen[i],
                     elements[i].name, xml->said[i]);
    }
}

static void
check_junit(const LintResult *result)
{
    static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const char *text = report_of(arena, "junit", result);
    Xml xml = {.at = text};
    assert_int_equal(strncmp(text, head, strlen(head)), 0);
    xml.at += strlen(head);
    while (*xml.at != '\0') {
        const char *tag = xml.at + strcspn(xml.at, "<");
        check_characters(xml.at, tag);
        if (xml.depth == 0 || strcmp(elements[xml.open[xml.depth - 1]].parent, "testcase") != 0)
            assert_int_equal(strspn(xml.at, " \n"), tag - xml.at);
        if (*tag == '\0')
            break;
        const bool closes = tag[1] == '/';
        xml.at = tag + 1 + closes;
        if (closes)
            close_element(&xml);
        else
            open_element(&xml);
    }
    assert_int_equal(xml.depth, 0);
}

/* ---- GitLab */

static void
check_degradation(const json_t *entry, StringList *fingerprints)
{
    static const char severities[] = " info minor major critical blocker ";
    (void)shape_text(entry, "description");
    (void)shape_text(entry, "check_name");
    const char *severity = shape_text(entry, "severity");
    if (strstr(severities, arena_printf(arena, " %s ", severity)) == NULL)
        fail_msg("%s: severity %s", shape_subject(), severity);
    const json_t *location = shape_member(entry, "location", JSON_OBJECT);
    const char *path = shape_text(location, "path");
    assert_true(path[0] != '/' && strncmp(path, "./", 2) != 0);
    const json_t *lines = shape_member(location, "lines", JSON_OBJECT);
    assert_true(json_integer_value(shape_member(lines, "begin", JSON_INTEGER)) > 0);
    const char *fingerprint = shape_text(entry, "fingerprint");
    assert_false(string_list_has(fingerprints, fingerprint));
    LIST_APPEND(arena, fingerprints, arena_strdup(arena, fingerprint));
}

static void
check_gitlab(const LintResult *result)
{
    json_t *root = json_loads(report_of(arena, "gitlab", result), JSON_REJECT_DUPLICATES, NULL);
    StringList fingerprints = {0};
    assert_true(json_is_array(root));
    assert_int_equal(json_array_size(root), count_open(result));
    for (size_t i = 0; i < json_array_size(root); i++)
        check_degradation(json_array_get(root, i), &fingerprints);
    json_decref(root);
}

/* ---- GitHub */

static bool
is_one_of(const char *word, size_t length, const char *words)
{
    return strstr(words, arena_printf(arena, " %.*s ", (int)length, word)) != NULL;
}

/* "file=a.sql,line=1,title=b": each name once, a line where there is a place in it, and columns
 * only within one line. */
static void
check_properties(const char *text, const char *limit)
{
    static const char known[] = " file line endLine col endColumn title ";
    const char *seen = " ";
    while (text < limit) {
        const size_t name = strcspn(text, "=");
        const char *value = text + name + 1;
        const size_t length = strcspn(value, ",:");
        if (!is_one_of(text, name, known) || is_one_of(text, name, seen) || length == 0)
            fail_msg("%s: property %.60s", shape_subject(), text);
        seen = arena_printf(arena, "%s%.*s ", seen, (int)name, text);
        text = value + length;
        text += *text == ',';
    }
    assert_true(text == limit);
    if (strstr(seen, " file ") != NULL)
        assert_non_null(strstr(seen, " line "));
    assert_true((strstr(seen, " col ") == NULL) == (strstr(seen, " endColumn ") == NULL));
}

static bool
check_command(const char *line)
{
    if (strncmp(line, "::", 2) != 0)
        return false;
    const size_t name = strcspn(line + 2, " ");
    const char *properties = line + 2 + name + 1;
    const char *message = strstr(properties, "::");
    if (!is_one_of(line + 2, name, " error warning notice ") || message == NULL)
        fail_msg("%s: %s", shape_subject(), line);
    check_properties(properties, message);
    assert_true(message[2] != '\0');
    return true;
}

static void
check_github(const LintResult *result)
{
    char *text = arena_strdup(arena, report_of(arena, "github", result));
    size_t commands = 0;
    assert_null(strchr(text, '\r'));
    for (char *line = text, *next; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        *next++ = '\0';
        commands += check_command(line);
    }
    if (count_open(result) <= 10)
        assert_int_equal(commands, count_open(result));
}

/* ---- cases */

static void
check_formats(const LintResult *result)
{
    check_junit(result);
    check_gitlab(result);
    check_github(result);
}

static LintResult
lint(const char *given, const char *text)
{
    StringList texts = split_migrations(arena, given, false);
    size_t replayed = texts.count;
    LIST_APPEND(arena, &texts, text);
    return lint_texts(arena, 17, &texts, replayed);
}

static void
texts_of_all_kinds(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "SELECT 1;",
        "CREATE INDEX ON t (id);CREATE INDEX ON t (id); CREATE INDEX ON t (note);",
        "/* \xF0\x9F\x98\x80 */ CREATE INDEX \"\xC3\xA9|<b>,:%&'\" ON t (id);\r\nDROP TABLE t\n",
        "CREATE INDEX \"a\tb\r\nc]]>\" ON t\n(id);",
        "ALTER TABLE t ALTER note SET NOT NULL, ADD CHECK (id > 0), ADD UNIQUE (id);",
        "ALTER TABEL t;\nSELEC;\nCREATE INDEX ON t (id)",
        "CREATE INDEX ON ${schema}.t (id);",
        "-- lockstep: allow drop-table: \"few\" <rows> & \xF0\x9F\x98\x80\nDROP TABLE t;",
        "-- lockstep: allow drop-table: nothing to drop\n-- lockstep: allow nothing\nSELECT 1;",
        "CREATE TABLE n (id integer PRIMARY KEY);\n-- down\nSELECT 1;",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        shape_begin(texts[i]);
        const LintResult result = lint("CREATE TABLE t (id bigint, note text);", texts[i]);
        check_formats(&result);
    }
}

static void
the_examples_of_all_rules(void **state)
{
    (void)state;
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        shape_begin(all_rules[i]->id);
        const LintResult result = lint(all_rules[i]->given, all_rules[i]->bad);
        check_formats(&result);
    }
}

static void
a_broken_file_and_none(void **state)
{
    (void)state;
    shape_begin("a broken file");
    LintResult result = lint("CREATE TABLE t (id bigint);", "CREATE INDEX ON t (id);");
    Finding *finding = &result.findings.items[0];
    finding->rule = FINDING_UNREADABLE_FILE;
    finding->statement = 0;
    finding->span = (Span){0, 0};
    check_formats(&result);
    shape_begin("nothing");
    check_formats(&(LintResult){.pg_version = 17});
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {TEST(texts_of_all_kinds), TEST(the_examples_of_all_rules),
                                       TEST(a_broken_file_and_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
