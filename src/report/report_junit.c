/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML, as GitLab reads it and the schema of Jenkins' xUnit plugin has it (junit-10.xsd,
 * which knows of no file of a case and no skipped ones of all suites): a suite for each file, a
 * case for each statement and, where there is something to say of it, for the file itself. A case
 * fails where the run does; what is less severe stands in its output, and what a comment accepts is
 * a case that is skipped.
 */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "report/report_parts.h"
#include "report/report_place.h"

typedef LIST(const Finding *) FindingPointers;

typedef enum Verdict { PASSED, SKIPPED, FAILED, BROKEN, VERDICTS } Verdict;

typedef struct Suite {
    const LintSource *source;
    const char *path;
    const char *name;       /* with the direction, where a file has both */
    FindingPointers *cases; /* by number of the statement: 0 is the file, the last one the text
                               behind all statements */
    size_t count;
    size_t tally[VERDICTS];
} Suite;

typedef struct JunitReport {
    FILE *out;
    Arena *scratch;
    const Report *report;
} JunitReport;

/* ---- XML */

/* XML 1.0 has no way to write most control characters: they are left out. */
static bool
is_xml(int32_t character)
{
    bool is_control = character < 0x20 && character != '\t' && character != '\n';
    return !is_control && character != 0xFFFE && character != 0xFFFF;
}

static void
write_xml(FILE *out, const char *text, const char *signs)
{
    size_t length = strlen(text);
    for (size_t at = 0, bytes; at < length; at += bytes) {
        char encoded[4];
        int32_t character = utf8_character(text + at, length - at, &bytes);
        if (character < 0x80 && strchr(signs, (char)character) != NULL)
            fprintf(out, "&#%d;", (int)character);
        else if (is_xml(character))
            fwrite(encoded, 1, utf8_encode(character, encoded), out);
    }
}

static void
write_content(const JunitReport *junit, const char *text)
{
    write_xml(junit->out, text, "&<>");
}

/* A reader makes blanks of line ends in an attribute that are not escaped. */
static void
write_attribute(const JunitReport *junit, const char *name, const char *value)
{
    fprintf(junit->out, " %s=\"", name);
    write_xml(junit->out, value, "&<>\"\t\n");
    fputc('"', junit->out);
}

/* ---- what became of a case */

static bool
fails(const JunitReport *junit, const Finding *finding)
{
    assert(finding != NULL);
    Severity least = junit->report->fails_at;
    return finding->suppressed == NULL && least != SEVERITY_OFF && finding->severity >= least;
}

static Verdict
verdict_of(const JunitReport *junit, const FindingPointers *findings)
{
    Verdict verdict = findings->count > 0 ? SKIPPED : PASSED;
    foreach (finding, findings) {
        if (strcmp((*finding)->rule, FINDING_UNREADABLE_FILE) == 0)
            return BROKEN;
        if (fails(junit, *finding))
            verdict = FAILED;
        else if ((*finding)->suppressed == NULL && verdict == SKIPPED)
            verdict = PASSED;
    }
    return verdict;
}

/* A file of which there is nothing to say, and that has no statement, is a case all the same. */
static bool
is_case(const Suite *suite, size_t number)
{
    bool is_statement = number > 0 && number + 1 < suite->count;
    return is_statement || suite->cases[number].count > 0 || (number == 0 && suite->count == 2);
}

/* `next` is the index of the first finding of this source or of a later one. */
static Suite
make_suite(const JunitReport *junit, size_t file, size_t *next)
{
    const LintResult *result = junit->report->result;
    const LintSource *source = &result->sources.items[file];
    const FindingList *findings = &result->findings;
    const char *path = report_path(junit->scratch, junit->report, source->file->path);
    bool again = file > 0 && strcmp(source[-1].file->path, source->file->path) == 0;
    Suite suite = {.source = source,
                   .path = path,
                   .name = again ? arena_printf(junit->scratch, "%s (%s)", path,
                                                direction_words(source->direction))
                                 : path,
                   .count = source->statements + 2};
    suite.cases = ARENA_ARRAY(junit->scratch, FindingPointers, suite.count);
    for (; *next < findings->count && findings->items[*next].file == file; (*next)++) {
        const Finding *finding = &findings->items[*next];
        size_t number = finding->statement < suite.count ? finding->statement : suite.count - 1;
        LIST_APPEND(junit->scratch, &suite.cases[number], finding);
    }
    for (size_t number = 0; number < suite.count; number++) {
        if (is_case(&suite, number))
            suite.tally[verdict_of(junit, &suite.cases[number])]++;
    }
    return suite;
}

/* ---- the elements */

static void
write_tally(const JunitReport *junit, const size_t tally[VERDICTS])
{
    fprintf(junit->out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" time=\"0\"",
            tally[PASSED] + tally[SKIPPED] + tally[FAILED] + tally[BROKEN], tally[FAILED],
            tally[BROKEN]);
}

static const char *
line_of(const JunitReport *junit, const Suite *suite, const Finding *finding)
{
    if (report_is_about_file(finding))
        return "";
    Position position = line_index_position(suite->source->lines, finding->span.start);
    return arena_printf(junit->scratch, ":%zu:%zu", position.line, position.column);
}

static void
write_finding(const JunitReport *junit, const Suite *suite, const Finding *finding)
{
    const char *accepted = finding->suppressed;
    write_content(junit,
                  arena_printf(junit->scratch, "%s%s %s %s\n%s\n", suite->path,
                               line_of(junit, suite, finding),
                               accepted != NULL ? "accepted" : severity_words(finding->severity),
                               finding->rule, accepted != NULL ? accepted : finding->message));
    if (accepted == NULL && finding->preflight != NULL)
        write_content(junit,
                      arena_printf(junit->scratch, REPORT_PREFLIGHT ":\n%s\n", finding->preflight));
    if (accepted == NULL && finding->rewrite.count > 0)
        write_content(junit, arena_printf(junit->scratch, "instead:\n%s\n",
                                          report_rewrite_sql(junit->scratch, &finding->rewrite)));
}

/* The element of a case that did not pass is about the findings that decided it; the rest is its
 * output. */
static bool
is_decisive(const JunitReport *junit, const Finding *finding, Verdict verdict)
{
    switch (verdict) {
    case PASSED:
    case VERDICTS:
        return false;
    case SKIPPED:
        return true;
    case FAILED:
        return fails(junit, finding);
    case BROKEN:
        return strcmp(finding->rule, FINDING_UNREADABLE_FILE) == 0;
    }
    return false;
}

static void
write_findings(const JunitReport *junit, const Suite *suite, const FindingPointers *findings,
               Verdict verdict, bool decisive)
{
    foreach (finding, findings) {
        if (is_decisive(junit, *finding, verdict) == decisive)
            write_finding(junit, suite, *finding);
    }
}

static const Finding *
first_decisive(const JunitReport *junit, const FindingPointers *findings, Verdict verdict)
{
    foreach (finding, findings) {
        if (is_decisive(junit, *finding, verdict))
            return *finding;
    }
    return NULL;
}

static void
write_verdict(const JunitReport *junit, const Suite *suite, const FindingPointers *findings,
              Verdict verdict)
{
    static const char *const elements[VERDICTS] = {
        [SKIPPED] = "skipped", [FAILED] = "failure", [BROKEN] = "error"};
    const Finding *first = first_decisive(junit, findings, verdict);
    if (first == NULL)
        return;
    const char *element = elements[verdict];
    fprintf(junit->out, "      <%s", element);
    write_attribute(junit, "message",
                    first->suppressed != NULL ? first->suppressed : first->message);
    if (verdict == SKIPPED) {
        fputs("/>\n", junit->out);
        return;
    }
    write_attribute(junit, "type", first->rule);
    fputc('>', junit->out);
    write_findings(junit, suite, findings, verdict, true);
    fprintf(junit->out, "</%s>\n", element);
}

static void
write_output(const JunitReport *junit, const Suite *suite, const FindingPointers *findings,
             Verdict verdict)
{
    size_t others = 0;
    foreach (finding, findings)
        others += !is_decisive(junit, *finding, verdict);
    if (others == 0)
        return;
    fputs("      <system-out>", junit->out);
    write_findings(junit, suite, findings, verdict, false);
    fputs("</system-out>\n", junit->out);
}

static const char *
case_name(const JunitReport *junit, const Suite *suite, size_t number)
{
    if (number == 0)
        return "the file itself";
    if (suite->source->kinds == NULL || number + 1 == suite->count)
        return "behind the last statement";
    return arena_printf(junit->scratch, "statement %zu: %s", number,
                        suite->source->kinds[number - 1]);
}

static void
write_case(const JunitReport *junit, const Suite *suite, size_t number)
{
    const FindingPointers *findings = &suite->cases[number];
    Verdict verdict = verdict_of(junit, findings);
    fputs("    <testcase", junit->out);
    write_attribute(junit, "classname", suite->name);
    write_attribute(junit, "name", case_name(junit, suite, number));
    fputs(" time=\"0\"", junit->out);
    if (findings->count == 0) {
        fputs("/>\n", junit->out);
        return;
    }
    fputs(">\n", junit->out);
    write_verdict(junit, suite, findings, verdict);
    write_output(junit, suite, findings, verdict);
    fputs("    </testcase>\n", junit->out);
}

static void
write_suite(const JunitReport *junit, const Suite *suite)
{
    fputs("  <testsuite", junit->out);
    write_attribute(junit, "name", suite->name);
    write_attribute(junit, "file", suite->path);
    write_tally(junit, suite->tally);
    fprintf(junit->out, " skipped=\"%zu\">\n", suite->tally[SKIPPED]);
    for (size_t number = 0; number < suite->count; number++) {
        if (is_case(suite, number))
            write_case(junit, suite, number);
    }
    fputs("  </testsuite>\n", junit->out);
}

void
report_junit(FILE *out, Arena *scratch, const Report *report)
{
    const JunitReport junit = {.out = out, .scratch = scratch, .report = report};
    size_t count = report->result->sources.count;
    Suite *suites = ARENA_ARRAY(scratch, Suite, count);
    size_t next = 0; /* of the findings */
    size_t tally[VERDICTS] = {0};
    for (size_t i = 0; i < count; i++) {
        suites[i] = make_suite(&junit, i, &next);
        for (size_t verdict = 0; verdict < VERDICTS; verdict++)
            tally[verdict] += suites[i].tally[verdict];
    }
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", out);
    write_attribute(&junit, "name", "lockstep lint");
    write_tally(&junit, tally);
    fputs(">\n", out);
    for (size_t i = 0; i < count; i++)
        write_suite(&junit, &suites[i]);
    fputs("</testsuites>\n", out);
}
