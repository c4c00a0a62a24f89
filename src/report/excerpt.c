/* SPDX-License-Identifier: MIT */
#include "report/excerpt.h"

#include <string.h>

#include "lockstep/list.h"

#include "base/plain_format.h"
#include "base/term.h"
#include "base/utf8.h"

#define TAB_STOP 4
#define MOST_LINES 3

/* Columns of a long line that are shown before the span. */
#define CONTEXT 12

/* However narrow the terminal is. */
#define LEAST_WIDTH 20

/* One character of a line, as it is shown. */
typedef struct Cell {
    char bytes[4];
    unsigned char length;
    unsigned char width; /* 0, 1 or 2 columns */
    size_t column;       /* of its left edge, from 0 */
} Cell;

typedef struct Row {
    const char *plain; /* the line, where each byte of it is a column; else NULL */
    LIST(Cell) cells;
    size_t width;
    size_t mark_start; /* columns */
    size_t mark_end;
} Row;

/* The columns of a row that are shown, and whether something is left out on either side. */
typedef struct Window {
    size_t start;
    size_t end;
    bool cut_left;
    bool cut_right;
} Window;

typedef struct Excerpt {
    Out *out;
    Arena *scratch;
    const char *text;
    ReportStyle style;
    const char *caret;
    size_t number_width;
    size_t width; /* columns for the source */
} Excerpt;

static void
append_character(Arena *scratch, Row *row, int32_t character)
{
    Cell cell = {.column = row->width};
    cell.length = (unsigned char)utf8_encode(character, cell.bytes);
    cell.width = (unsigned char)utf8_character_width(character);
    row->width += cell.width;
    LIST_APPEND(scratch, &row->cells, cell);
}

static void
append_tab(Arena *scratch, Row *row)
{
    do
        append_character(scratch, row, ' ');
    while (row->width % TAB_STOP != 0);
}

/* As nearly all lines are. */
static Row
make_plain_row(const char *text, Span line, Span span)
{
    Row row = {.plain = text + line.start, .width = line.end - line.start};
    size_t start = span.start > line.start ? span.start : line.start;
    size_t end = span.end < line.end ? span.end : line.end;
    if (start < end)
        row.mark_start = start - line.start;
    else if (span.start >= line.end)
        row.mark_start = row.width;
    if (start < end || span.start >= line.end)
        row.mark_end = start < end ? end - line.start : row.width + 1;
    return row;
}

static Row
make_row(Arena *scratch, const char *text, Span line, Span span)
{
    Row row = {0};
    if (utf8_plain_length(text + line.start, line.end - line.start) == line.end - line.start)
        return make_plain_row(text, line, span);
    for (size_t at = line.start, bytes; at < line.end; at += bytes) {
        int32_t character = utf8_character(text + at, line.end - at, &bytes);
        bool marked = at >= span.start && at < span.end;
        if (marked && row.mark_end == 0)
            row.mark_start = row.width;
        if (character == '\t')
            append_tab(scratch, &row);
        else
            append_character(scratch, &row, utf8_visible(character));
        if (marked)
            row.mark_end = row.width;
    }
    if (row.mark_end == 0 && span.start >= line.end) {
        row.mark_start = row.width;
        row.mark_end = row.width + 1;
    }
    return row;
}

static Window
make_window(const Row *row, size_t width)
{
    size_t needed = row->width > row->mark_end ? row->width : row->mark_end;
    if (needed <= width)
        return (Window){.end = needed};

    Window window = {0};
    if (row->mark_end >= width) {
        window.start = row->mark_start > CONTEXT ? row->mark_start - CONTEXT : 0;
        size_t last_start = needed - (width - 1);
        if (window.start > last_start)
            window.start = last_start;
        window.cut_left = window.start > 0;
    }
    window.end = window.start + width - window.cut_left;
    window.cut_right = window.end < needed;
    window.end -= window.cut_right;
    return window;
}

/* A wide character on the edge of the window leaves a blank in its place. */
static void
write_cells(const Excerpt *excerpt, const Row *row, Window window)
{
    size_t column = window.start;
    if (row->plain != NULL) {
        size_t end = window.end < row->width ? window.end : row->width;
        out_bytes(excerpt->out, row->plain + column, end > column ? end - column : 0);
        return;
    }
    foreach (cell, &row->cells) {
        if (cell->column < window.start || cell->column + cell->width > window.end)
            continue;
        if (column < cell->column) {
            out_repeat(excerpt->out, ' ', cell->column - column);
            column = cell->column;
        }
        out_bytes(excerpt->out, cell->bytes, cell->length);
        column += cell->width;
    }
    if (window.cut_right && column < window.end)
        out_repeat(excerpt->out, ' ', window.end - column);
}

static size_t
count_digits(size_t number)
{
    size_t digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static void
write_style(const Excerpt *excerpt, TermStyle style)
{
    if (excerpt->style.colour)
        out_string(excerpt->out, term_style(true, style));
}

/* Number 0: none. */
static void
write_gutter(const Excerpt *excerpt, size_t number)
{
    char gutter[1 + MOST_DIGITS + 2];
    const size_t width = 1 + excerpt->number_width;
    memset(gutter, ' ', sizeof gutter);
    if (number > 0)
        (void)digits_before(gutter + width, number);
    gutter[width + 1] = '|';
    write_style(excerpt, TERM_DIM);
    out_bytes(excerpt->out, gutter, width + 2);
    write_style(excerpt, TERM_PLAIN);
}

static void
write_carets(const Excerpt *excerpt, const Row *row, Window window)
{
    size_t start = row->mark_start > window.start ? row->mark_start : window.start;
    size_t end = row->mark_end < window.end ? row->mark_end : window.end;
    if (start >= end)
        return;
    write_gutter(excerpt, 0);
    out_repeat(excerpt->out, ' ', 1 + window.cut_left + start - window.start);
    out_string(excerpt->out, excerpt->caret);
    out_repeat(excerpt->out, '^', end - start);
    write_style(excerpt, TERM_PLAIN);
    out_char(excerpt->out, '\n');
}

static void
write_line(const Excerpt *excerpt, size_t number, Span line, Span span)
{
    Row row = make_row(excerpt->scratch, excerpt->text, line, span);
    Window window = make_window(&row, excerpt->width);
    write_gutter(excerpt, number);
    if (row.width > 0)
        out_string(excerpt->out, window.cut_left ? " …" : " ");
    write_cells(excerpt, &row, window);
    out_string(excerpt->out, window.cut_right ? "…\n" : "\n");
    write_carets(excerpt, &row, window);
}

/* The blanks that a later line of the span is indented with are not worth a caret. */
static Span
without_indent(const char *text, Span line, Span span)
{
    if (span.start >= line.start)
        return span;
    size_t start = line.start;
    while (start < line.end && (text[start] == ' ' || text[start] == '\t'))
        start++;
    return start < line.end ? (Span){.start = start, .end = span.end} : span;
}

void
excerpt_write(Out *out, Arena *scratch, const char *text, const LineIndex *lines, Span span,
              ReportStyle style, const char *caret)
{
    /* An empty span marks the character that it stands before. */
    if (span.end <= span.start)
        span.end = span.start + 1;
    size_t first = line_index_number(lines, span.start);
    size_t last = line_index_number(lines, span.end - 1);
    size_t shown = last - first < MOST_LINES ? last : first + MOST_LINES - 1;

    size_t number_width = count_digits(shown);
    int width = style.width - (int)number_width - 4;
    const Excerpt excerpt = {.out = out,
                             .scratch = scratch,
                             .text = text,
                             .style = style,
                             .caret = caret,
                             .number_width = number_width,
                             .width = (size_t)(width > LEAST_WIDTH ? width : LEAST_WIDTH)};
    for (size_t number = first; number <= shown; number++) {
        Span line = line_index_line(lines, number);
        write_line(&excerpt, number, line, without_indent(text, line, span));
    }
    if (shown < last) {
        write_gutter(&excerpt, 0);
        out_string(out, " …\n");
    }
}
