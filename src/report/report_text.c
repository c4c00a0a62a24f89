/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/term.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "report/excerpt.h"
#include "report/report_parts.h"
#include "report/sql_lines.h"

#define INDENT 2
#define SQL_INDENT 4
#define LEAST_WIDTH 40

typedef struct TextReport {
    FILE *out;
    Arena *scratch;
    const LintResult *result;
    ReportStyle style;
} TextReport;

static const char *
style_of(const TextReport *report, TermStyle style)
{
    return term_style(report->style.colour, style);
}

static void
write_string(const TextReport *report, const char *text)
{
    utf8_write_visible(report->out, text, strlen(text));
}

/* "migrations/7_b.up.sql:3:1" */
static const char *
place_of(const TextReport *report, const Finding *finding)
{
    const LintSource *source = report_source(report->result, finding);
    Position position = line_index_position(source->lines, finding->span.start);
    return arena_printf(report->scratch, "%s:%zu:%zu", source->file->path, position.line,
                        position.column);
}

static void
write_place(const TextReport *report, const Finding *finding)
{
    write_string(report, place_of(report, finding));
}

static void
write_accepted(const TextReport *report, const Finding *finding)
{
    fputs(style_of(report, TERM_DIM), report->out);
    write_place(report, finding);
    fprintf(report->out, "  accepted  %s: ", finding->rule);
    write_string(report, finding->suppressed);
    fprintf(report->out, "%s\n", style_of(report, TERM_PLAIN));
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
    const char *plain = style_of(report, TERM_PLAIN);
    const char *place = place_of(report, finding);
    const char *severity = severity_words(finding->severity);
    size_t width = utf8_width(place, strlen(place)) + strlen("    ") + strlen(severity) +
                   strlen(finding->rule);
    fputs(style_of(report, TERM_BOLD), report->out);
    write_string(report, place);
    fprintf(report->out, "%s%s  %s%s%s  %s\n", plain, width > (size_t)width_of(report) ? "\n" : "",
            style_of(report, report_severity_style(finding->severity)), severity, plain,
            finding->rule);
}

static void
write_sql(const TextReport *report, const char *sql)
{
    StringList lines = sql_lines(report->scratch, sql, (size_t)(width_of(report) - SQL_INDENT));
    foreach (line, &lines) {
        fprintf(report->out, "%*s%s", SQL_INDENT, "", style_of(report, TERM_CODE));
        write_string(report, *line);
        fprintf(report->out, "%s\n", style_of(report, TERM_PLAIN));
    }
}

/* The headings are SQL comments, so that all of it can be copied. */
static void
write_rewrite(const TextReport *report, const RewriteStepList *steps)
{
    if (steps->count == 0)
        return;
    bool many = steps->count > 1;
    fprintf(report->out, "\n  %sinstead%s%s:\n", style_of(report, TERM_GOOD),
            style_of(report, TERM_PLAIN), many ? ", each step in a migration of its own" : "");
    foreach (step, steps) {
        const char *where = step->in_transaction ? "in a transaction" : "outside of a transaction";
        fprintf(report->out, "    %s-- ", style_of(report, TERM_DIM));
        if (many)
            fprintf(report->out, "%zu. ", (size_t)(step - steps->items) + 1);
        fprintf(report->out, "%s%s\n", where, style_of(report, TERM_PLAIN));
        write_sql(report, step->sql);
    }
}

static void
write_preflight(const TextReport *report, const char *sql)
{
    if (sql == NULL)
        return;
    fprintf(report->out, "\n  %sbefore%s, to see which rows are in the way:\n",
            style_of(report, TERM_GOOD), style_of(report, TERM_PLAIN));
    write_sql(report, sql);
}

static void
write_finding(const TextReport *report, const Finding *finding)
{
    const LintSource *source = report_source(report->result, finding);
    write_header(report, finding);
    fprintf(report->out, "%*s", INDENT, "");
    wrap_text(report->out, finding->message, INDENT, INDENT, width_of(report));
    if (!report_is_about_file(finding)) {
        fputc('\n', report->out);
        excerpt_write(report->out, report->scratch, source->file->text, source->lines,
                      finding->span, report->style,
                      style_of(report, report_severity_style(finding->severity)));
    }
    write_preflight(report, finding->preflight);
    write_rewrite(report, &finding->rewrite);
    fputc('\n', report->out);
}

void
report_text(FILE *out, Arena *scratch, const Report *report)
{
    const LintResult *result = report->result;
    const TextReport text = {
        .out = out, .scratch = scratch, .result = result, .style = report->style};
    bool after_accepted = false;
    foreach (finding, &result->findings) {
        if (finding->in_baseline)
            continue;
        bool accepted = finding->suppressed != NULL;
        ArenaMark mark = arena_mark(scratch);
        if (after_accepted && !accepted)
            fputc('\n', out);
        if (accepted)
            write_accepted(&text, finding);
        else
            write_finding(&text, finding);
        after_accepted = accepted;
        arena_rewind(scratch, mark);
    }
    if (after_accepted)
        fputc('\n', out);
    report_summary(out, result);
}
