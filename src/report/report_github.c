/* SPDX-License-Identifier: MIT */
/*
 * Workflow commands of GitHub Actions, which turn into annotations beside the lines of a change.
 * Of a step, GitHub shows ten of each level and drops the others without a word: the tenth says
 * how many more there are, and these stand in the log as plain lines.
 */
#include <string.h>

#include "base/utf8.h"
#include "report/report_parts.h"
#include "report/report_place.h"

#define MOST_OF_A_LEVEL 10

/* An annotation's message may have 64 KB; what is longer is not read beside a line of code. */
#define MOST_BYTES 16000

typedef struct GithubReport {
    FILE *out;
    Arena *scratch;
    const Report *report;
} GithubReport;

static const char *
level(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
    case SEVERITY_OFF:
        return "notice";
    }
    return "notice";
}

static const char *
path_of(const GithubReport *github, const Finding *finding)
{
    const LintSource *source = report_source(github->report->result, finding);
    return report_path(github->scratch, github->report, source->file->path);
}

/* Values of properties end at more signs than messages do (actions/toolkit, command.ts). */
static void
write_escaped(FILE *out, const char *text, const char *signs)
{
    size_t length = strlen(text);
    for (size_t at = 0, bytes; at < length; at += bytes) {
        (void)utf8_character(text + at, length - at, &bytes);
        if (strchr(signs, text[at]) != NULL)
            fprintf(out, "%%%02X", (unsigned int)(unsigned char)text[at]);
        else if (text[at] == '\t')
            fputc('\t', out);
        else
            utf8_write_visible(out, text + at, bytes);
    }
}

static void
write_property(const GithubReport *github, const char *name, const char *value)
{
    fprintf(github->out, "%s=", name);
    write_escaped(github->out, value, "%\r\n:,");
}

static void
write_message(const GithubReport *github, const char *text)
{
    write_escaped(github->out, text, "%\r\n");
}

/* Columns mean something only within a line. */
static void
write_place(const GithubReport *github, const Finding *finding)
{
    write_property(github, " file", path_of(github, finding));
    if (report_is_about_file(finding)) {
        fputs(",line=1", github->out);
        return;
    }
    const LintSource *source = report_source(github->report->result, finding);
    Position start = line_index_position(source->lines, finding->span.start);
    Position end = line_index_position(source->lines, finding->span.end);
    fprintf(github->out, ",line=%zu,endLine=%zu", start.line, end.line);
    if (start.line == end.line)
        fprintf(github->out, ",col=%zu,endColumn=%zu",
                report_utf16_column(source, finding->span.start),
                report_utf16_column(source, finding->span.end));
}

static void
write_instead(const GithubReport *github, const Finding *finding)
{
    const char *sql = report_rewrite_sql(github->scratch, &finding->rewrite);
    if (strlen(sql) > MOST_BYTES)
        sql = arena_printf(github->scratch, "%zu steps: `lockstep lint` prints them",
                           finding->rewrite.count);
    write_message(github, finding->rewrite.count > 1
                              ? "\n\ninstead, each step in a migration of its own:\n"
                              : "\n\ninstead:\n");
    write_message(github, sql);
}

static void
write_annotation(const GithubReport *github, const Finding *finding)
{
    fprintf(github->out, "::%s", level(finding->severity));
    write_place(github, finding);
    write_property(github, ",title", finding->rule);
    fputs("::", github->out);
    write_message(github, finding->message);
    if (finding->preflight != NULL) {
        write_message(github, "\n\n" REPORT_PREFLIGHT ":\n");
        write_message(github, finding->preflight);
    }
    if (finding->rewrite.count > 0)
        write_instead(github, finding);
    fputc('\n', github->out);
}

/* Plain text in the log, where nothing is decoded. */
static void
write_line(const GithubReport *github, const Finding *finding)
{
    const LintSource *source = report_source(github->report->result, finding);
    size_t line = report_is_about_file(finding)
                      ? 1
                      : line_index_position(source->lines, finding->span.start).line;
    write_escaped(github->out, path_of(github, finding), "\r\n");
    fprintf(github->out, ":%zu: %s %s: ", line, severity_words(finding->severity), finding->rule);
    write_escaped(github->out, finding->message, "\r\n");
    fputc('\n', github->out);
}

static void
write_level(const GithubReport *github, Severity severity)
{
    const LintResult *result = github->report->result;
    const char *name = level(severity);
    size_t count = result->count[severity];
    size_t shown = count > MOST_OF_A_LEVEL ? MOST_OF_A_LEVEL - 1 : count;
    size_t seen = 0;
    foreach (finding, &result->findings) {
        if (finding->severity != severity || finding->suppressed != NULL)
            continue;
        if (seen == shown)
            fprintf(github->out, "::%s title=lockstep::%zu more: see the log of this step\n", name,
                    count - shown);
        if (seen++ < shown)
            write_annotation(github, finding);
        else
            write_line(github, finding);
    }
}

void
report_github(FILE *out, Arena *scratch, const Report *report)
{
    const GithubReport github = {.out = out, .scratch = scratch, .report = report};
    write_level(&github, SEVERITY_ERROR);
    write_level(&github, SEVERITY_WARNING);
    write_level(&github, SEVERITY_INFO);
    report_summary(out, report->result);
}
