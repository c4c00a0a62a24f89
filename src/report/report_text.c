/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/out.h"
#include "base/plain_format.h"
#include "base/term.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "report/excerpt.h"
#include "report/report_parts.h"
#include "report/rule_counts.h"
#include "report/sql_lines.h"

#define INDENT 2
#define SQL_INDENT 4
#define LEAST_WIDTH 40

/* A source that findings stand in: those of one follow each other. */
typedef struct ShownPath {
    const LintSource *source; /* NULL: none so far */
    size_t length;
    size_t width;
    bool is_plain; /* each byte is a column */
} ShownPath;

typedef struct TextReport {
    Out *out;
    Arena *scratch;
    const LintResult *result;
    ReportStyle style;
    const char *before_sql; /* on each of its lines */
    ShownPath *path;        /* of the finding at hand */
} TextReport;

static const char *
style_of(const TextReport *report, TermStyle style)
{
    return term_style(report->style.colour, style);
}

static void
write_words(const TextReport *report, const char *text)
{
    out_string(report->out, text);
}

static void
write_style(const TextReport *report, TermStyle style)
{
    if (report->style.colour)
        write_words(report, style_of(report, style));
}

/* What may hold anything. */
static void
write_string(const TextReport *report, const char *text)
{
    out_visible(report->out, text, strlen(text));
}

/* "migrations/7_b.up.sql:3:1" */
typedef struct FindingPlace {
    const char *path;
    char numbers[2 * (MOST_DIGITS + 1)]; /* with the colons, as they end here */
    const char *first;
    size_t length; /* of the numbers */
} FindingPlace;

static void
measure_path(ShownPath *path, const LintSource *source)
{
    if (path->source == source)
        return;
    const char *text = source->file->path;
    path->source = source;
    path->length = strlen(text);
    path->width = utf8_width(text, path->length);
    path->is_plain = utf8_plain_length(text, path->length) == path->length;
}

static void
find_place(const TextReport *report, const Finding *finding, FindingPlace *place)
{
    const LintSource *source = report_source(report->result, finding);
    const Position position = line_index_position(source->lines, finding->span.start);
    char *end = place->numbers + sizeof place->numbers;
    char *at = digits_before(end, position.column);
    *--at = ':';
    at = digits_before(at, position.line);
    *--at = ':';
    place->path = source->file->path;
    place->first = at;
    place->length = (size_t)(end - at);
    measure_path(report->path, source);
}

static void
write_place(const TextReport *report, const FindingPlace *place)
{
    if (report->path->is_plain)
        out_bytes(report->out, place->path, report->path->length);
    else
        write_string(report, place->path);
    out_bytes(report->out, place->first, place->length);
}

static void
write_accepted(const TextReport *report, const Finding *finding)
{
    FindingPlace place;
    find_place(report, finding, &place);
    write_style(report, TERM_DIM);
    write_place(report, &place);
    write_words(report, "  accepted  ");
    write_words(report, finding->rule);
    write_words(report, ": ");
    write_string(report, finding->suppressed);
    write_style(report, TERM_PLAIN);
    write_words(report, "\n");
}

static int
width_of(const TextReport *report)
{
    return report->style.width > LEAST_WIDTH ? report->style.width : LEAST_WIDTH;
}

/* A long path has a line of its own, unbroken: it is made to be clicked or copied. */
static void
write_header(const TextReport *report, const Finding *finding)
{
    FindingPlace place;
    find_place(report, finding, &place);
    const char *severity = severity_words(finding->severity);
    size_t width = report->path->width + place.length + strlen("    ") + strlen(severity) +
                   strlen(finding->rule);
    write_style(report, TERM_BOLD);
    write_place(report, &place);
    write_style(report, TERM_PLAIN);
    write_words(report, width > (size_t)width_of(report) ? "\n  " : "  ");
    write_style(report, report_severity_style(finding->severity));
    write_words(report, severity);
    write_style(report, TERM_PLAIN);
    write_words(report, "  ");
    write_words(report, finding->rule);
    write_words(report, "\n");
}

static void
write_sql(const TextReport *report, const char *sql)
{
    sql_lines_write(report->out, sql, (size_t)(width_of(report) - SQL_INDENT), report->before_sql,
                    style_of(report, TERM_PLAIN));
}

/* "\n  before, to see which rows are in the way:\n" */
static void
write_announcement(const TextReport *report, const char *word, const char *rest)
{
    write_words(report, "\n  ");
    write_style(report, TERM_GOOD);
    write_words(report, word);
    write_style(report, TERM_PLAIN);
    write_words(report, rest);
    write_words(report, ":\n");
}

/* The headings are SQL comments, so that all of it can be copied. */
static void
write_rewrite(const TextReport *report, const RewriteStepList *steps)
{
    if (steps->count == 0)
        return;
    bool many = steps->count > 1;
    write_announcement(report, "instead", many ? ", each step in a migration of its own" : "");
    foreach (step, steps) {
        write_words(report, "    ");
        write_style(report, TERM_DIM);
        write_words(report, "-- ");
        if (many) {
            out_number(report->out, (size_t)(step - steps->items) + 1);
            write_words(report, ". ");
        }
        write_words(report, step->in_transaction ? "in a transaction" : "outside of a transaction");
        write_style(report, TERM_PLAIN);
        write_words(report, "\n");
        write_sql(report, step->sql);
    }
}

static void
write_preflight(const TextReport *report, const char *sql)
{
    if (sql == NULL)
        return;
    write_announcement(report, "before", ", to see which rows are in the way");
    write_sql(report, sql);
}

static void
write_finding(const TextReport *report, const Finding *finding)
{
    const LintSource *source = report_source(report->result, finding);
    write_header(report, finding);
    out_repeat(report->out, ' ', INDENT);
    wrap_out(report->out, finding->message, INDENT, INDENT, width_of(report));
    if (!report_is_about_file(finding)) {
        write_words(report, "\n");
        excerpt_write(report->out, report->scratch, source->file->text, source->lines,
                      finding->span, report->style,
                      style_of(report, report_severity_style(finding->severity)));
    }
    write_preflight(report, finding->preflight);
    write_rewrite(report, &finding->rewrite);
    write_words(report, "\n");
}

static void
write_findings(const TextReport *report)
{
    bool after_accepted = false;
    foreach (finding, &report->result->findings) {
        if (finding->in_baseline)
            continue;
        bool accepted = finding->suppressed != NULL;
        ArenaMark mark = arena_mark(report->scratch);
        if (after_accepted && !accepted)
            write_words(report, "\n");
        if (accepted)
            write_accepted(report, finding);
        else
            write_finding(report, finding);
        after_accepted = accepted;
        arena_rewind(report->scratch, mark);
    }
    if (after_accepted)
        write_words(report, "\n");
}

void
report_text(FILE *out, Arena *scratch, const Report *report)
{
    Out gathered;
    ShownPath path = {0};
    out_open(&gathered, out);
    const char *code = term_style(report->style.colour, TERM_CODE);
    const TextReport text = {.out = &gathered,
                             .scratch = scratch,
                             .result = report->result,
                             .style = report->style,
                             .path = &path,
                             .before_sql = arena_printf(scratch, "%*s%s", SQL_INDENT, "", code)};
    write_findings(&text);
    out_flush(&gathered);
    rule_counts_write(out, scratch, report->result, report->style);
    report_summary(out, report->result);
}
