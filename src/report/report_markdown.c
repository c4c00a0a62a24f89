/* SPDX-License-Identifier: MIT */
/*
 * A report for the comment of a pull request. It is made of pieces, each with a rank; where all of
 * them are more than a comment may hold, those of the lowest ranks are left out and counted.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "report/markdown.h"
#include "report/markdown_table.h"
#include "report/report_parts.h"
#include "report/report_place.h"

/* GitHub takes 65,536 characters. */
#define MOST_CHARACTERS 60000

/* For what is always there: the title and the count of what is left out. */
#define RESERVED 1000

#define MOST_ROWS 60
#define QUIET_ROWS 20

typedef enum Rank {
    RANK_HEADING,
    RANK_ERROR,
    RANK_WARNING,
    RANK_TABLE,
    RANK_INFO,
    RANK_ACCEPTED,
    RANK_QUIET, /* the table of a file without findings */
    RANKS
} Rank;

typedef struct Piece {
    Rank rank;
    size_t file;
    const char *text;
    size_t length; /* in characters */
    bool shown;
} Piece;

typedef struct MarkdownReport {
    Arena *scratch;
    const Report *report;
    LIST(Piece) pieces; /* in the order of the document */
    size_t left_out[RANKS];
    size_t files_without_locks;
} MarkdownReport;

/* ---- pieces */

static FILE *
piece_open(char **text, size_t *size)
{
    FILE *out = open_memstream(text, size);
    if (out == NULL)
        abort();
    return out;
}

static void
piece_close(MarkdownReport *markdown, FILE *out, Rank rank, size_t file, char *const *text,
            const size_t *size)
{
    if (fclose(out) != 0)
        abort();
    LIST_APPEND(markdown->scratch, &markdown->pieces,
                (Piece){.rank = rank,
                        .file = file,
                        .text = arena_strndup(markdown->scratch, *text, *size),
                        .length = markdown_length(*text, *size)});
    free(*text);
}

static const char *
path_of(const MarkdownReport *markdown, size_t file)
{
    const SourceFile *source = markdown->report->result->sources.items[file].file;
    return report_path(markdown->scratch, markdown->report, source->path);
}

static const ExplainedFile *
explained_file(const MarkdownReport *markdown, const LintSource *source)
{
    if (markdown->report->explained == NULL)
        return NULL;
    foreach (file, &markdown->report->explained->files) {
        if (file->source == source->file && file->direction == source->direction)
            return file;
    }
    return NULL;
}

static Rank
rank_of(const Finding *finding)
{
    if (finding->suppressed != NULL)
        return RANK_ACCEPTED;
    switch (finding->severity) {
    case SEVERITY_ERROR:
        return RANK_ERROR;
    case SEVERITY_WARNING:
        return RANK_WARNING;
    case SEVERITY_INFO:
    case SEVERITY_OFF:
        return RANK_INFO;
    }
    return RANK_INFO;
}

static const char *
sign_of(Rank rank)
{
    switch (rank) {
    case RANK_ERROR:
        return "❌ error";
    case RANK_WARNING:
        return "⚠️ warning";
    case RANK_INFO:
        return "ℹ️ info";
    case RANK_ACCEPTED:
        return "☑️ accepted";
    case RANK_HEADING:
    case RANK_TABLE:
    case RANK_QUIET:
    case RANKS:
        break;
    }
    return "";
}

static void
write_place(FILE *out, const LintSource *source, const Finding *finding)
{
    if (report_is_about_file(finding))
        fputs("the file", out);
    else
        fprintf(out, "line %zu", line_index_position(source->lines, finding->span.start).line);
}

static void
write_rewrite(FILE *out, Arena *scratch, const RewriteStepList *steps)
{
    if (steps->count == 0)
        return;
    fprintf(out, "\nInstead%s:\n\n",
            steps->count > 1 ? ", each step in a migration of its own" : "");
    markdown_sql(out, report_rewrite_sql(scratch, steps));
}

static void
write_preflight(FILE *out, const char *sql)
{
    if (sql == NULL)
        return;
    fputs("\nBefore, to see which rows are in the way:\n\n", out);
    markdown_sql(out, sql);
}

static void
add_finding(MarkdownReport *markdown, const Finding *finding)
{
    const LintSource *source = report_source(markdown->report->result, finding);
    Rank rank = rank_of(finding);
    char *text = NULL;
    size_t size = 0;
    FILE *out = piece_open(&text, &size);
    fprintf(out, "<details><summary>%s · ", sign_of(rank));
    write_place(out, source, finding);
    fprintf(out, " · <code>%s</code></summary>\n\n", finding->rule);
    if (finding->suppressed != NULL) {
        fputs("Accepted: ", out);
        markdown_text(out, finding->suppressed);
        fputs("\n\n", out);
    }
    markdown_text(out, finding->message);
    fputc('\n', out);
    write_preflight(out, finding->preflight);
    write_rewrite(out, markdown->scratch, &finding->rewrite);
    fputs("\n</details>\n\n", out);
    piece_close(markdown, out, rank, finding->file, &text, &size);
}

static void
add_heading(MarkdownReport *markdown, size_t file)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = piece_open(&text, &size);
    const char *path = path_of(markdown, file);
    fputs("### ", out);
    markdown_code(out, path, strlen(path));
    fputs("\n\n", out);
    piece_close(markdown, out, RANK_HEADING, file, &text, &size);
}

static void
add_table(MarkdownReport *markdown, size_t file, const ExplainedFile *explained)
{
    if (explained == NULL || markdown_table_rows(explained) == 0)
        return;
    char *text = NULL;
    size_t size = 0;
    FILE *out = piece_open(&text, &size);
    markdown_table(out, markdown->scratch, explained, MOST_ROWS);
    fputc('\n', out);
    piece_close(markdown, out, RANK_TABLE, file, &text, &size);
}

/* A file without findings is one folded piece. */
static void
add_quiet(MarkdownReport *markdown, size_t file, const ExplainedFile *explained)
{
    if (explained == NULL || markdown_table_rows(explained) == 0) {
        markdown->files_without_locks++;
        return;
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = piece_open(&text, &size);
    fputs("<details><summary>✅ <code>", out);
    markdown_html(out, path_of(markdown, file));
    fputs("</code></summary>\n\n", out);
    markdown_table(out, markdown->scratch, explained, QUIET_ROWS);
    fputs("\n</details>\n\n", out);
    piece_close(markdown, out, RANK_QUIET, file, &text, &size);
}

static void
add_pieces(MarkdownReport *markdown)
{
    const LintResult *result = markdown->report->result;
    const FindingList *findings = &result->findings;
    size_t next = 0;
    for (size_t file = 0; file < result->sources.count; file++) {
        const ExplainedFile *explained = explained_file(markdown, &result->sources.items[file]);
        if (next == findings->count || findings->items[next].file != file) {
            add_quiet(markdown, file, explained);
            continue;
        }
        add_heading(markdown, file);
        add_table(markdown, file, explained);
        for (; next < findings->count && findings->items[next].file == file; next++)
            add_finding(markdown, &findings->items[next]);
    }
}

/* ---- what fits */

/* That of its file, which stands before all else of it; NULL for a piece that needs none. */
static Piece *
heading_of(const MarkdownReport *markdown, Piece *piece)
{
    if (piece->rank == RANK_QUIET)
        return NULL;
    for (; piece->rank != RANK_HEADING; piece--)
        assert(piece > markdown->pieces.items);
    return piece;
}

/* A heading stands where something stands below it. */
static void
choose_piece(MarkdownReport *markdown, Piece *piece, size_t *used)
{
    Piece *heading = heading_of(markdown, piece);
    size_t length = piece->length;
    if (heading != NULL && !heading->shown)
        length += heading->length;
    if (*used + length > MOST_CHARACTERS) {
        markdown->left_out[piece->rank]++;
        return;
    }
    piece->shown = true;
    if (heading != NULL)
        heading->shown = true;
    *used += length;
}

static void
choose_pieces(MarkdownReport *markdown)
{
    size_t used = RESERVED;
    for (Rank rank = RANK_HEADING + 1; rank < RANKS; rank++) {
        foreach (piece, &markdown->pieces) {
            if (piece->rank == rank)
                choose_piece(markdown, piece, &used);
        }
    }
    foreach (piece, &markdown->pieces)
        markdown->left_out[RANK_HEADING] += piece->rank == RANK_HEADING && !piece->shown;
}

/* ---- the document */

static void
write_count(FILE *out, const char **separator, size_t count, const char *noun)
{
    if (count == 0)
        return;
    fprintf(out, "%s%zu %s%s", *separator, count, noun, count == 1 ? "" : "s");
    *separator = ", ";
}

static void
write_title(FILE *out, const LintResult *result)
{
    const char *separator = "";
    fputs("## lockstep: ", out);
    write_count(out, &separator, result->count[SEVERITY_ERROR], "error");
    write_count(out, &separator, result->count[SEVERITY_WARNING], "warning");
    if (result->count[SEVERITY_INFO] > 0)
        fprintf(out, "%s%zu info", separator, result->count[SEVERITY_INFO]);
    else if (separator[0] == '\0')
        fputs("nothing to complain of", out);
    fputs("\n\n", out);
    report_summary(out, result);
    fprintf(out, "Judged as PostgreSQL %d.\n\n", result->pg_version);
}

static void
write_left_out(FILE *out, const MarkdownReport *markdown)
{
    static const char *const nouns[RANKS] = {[RANK_HEADING] = "file",
                                             [RANK_ERROR] = "error",
                                             [RANK_WARNING] = "warning",
                                             [RANK_TABLE] = "table of a file with findings",
                                             [RANK_INFO] = "remark",
                                             [RANK_ACCEPTED] = "accepted finding",
                                             [RANK_QUIET] = "table of a file without findings"};
    size_t all = 0;
    for (Rank rank = 0; rank < RANKS; rank++)
        all += markdown->left_out[rank];
    if (all == 0)
        return;
    const char *separator = "**Left out**, because a comment has an end: ";
    for (Rank rank = 0; rank < RANKS; rank++) {
        if (markdown->left_out[rank] > 0)
            fprintf(out, "%s%zu × %s", separator, markdown->left_out[rank], nouns[rank]);
        if (markdown->left_out[rank] > 0)
            separator = ", ";
    }
    fputs(". `lockstep lint` and `lockstep explain` show all.\n", out);
}

static void
write_pieces(FILE *out, const MarkdownReport *markdown)
{
    foreach (piece, &markdown->pieces) {
        if (piece->shown && piece->rank != RANK_QUIET)
            fputs(piece->text, out);
    }
    foreach (piece, &markdown->pieces) {
        if (piece->shown && piece->rank == RANK_QUIET)
            fputs(piece->text, out);
    }
}

void
report_markdown(FILE *out, Arena *scratch, const Report *report)
{
    MarkdownReport markdown = {.scratch = scratch, .report = report};
    add_pieces(&markdown);
    choose_pieces(&markdown);
    write_title(out, report->result);
    write_pieces(out, &markdown);
    size_t quiet = markdown.files_without_locks;
    if (quiet > 0)
        fprintf(out, "%zu file%s lock%s nothing that existed before.\n\n", quiet,
                quiet == 1 ? "" : "s", quiet == 1 ? "s" : "");
    write_left_out(out, &markdown);
}
