/* SPDX-License-Identifier: MIT */
#include "base/table.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

#define GAP 2
#define NARROWEST 8

typedef struct Layout {
    FILE *out;
    const Table *table;
    int *widths; /* 0: left out */
    bool colour;
} Layout;

Table *
table_new(Arena *arena, const TableColumn *columns, size_t count)
{
    Table *table = ARENA_NEW(arena, Table);
    table->columns = columns;
    table->count = count;
    return table;
}

void
table_add(Arena *arena, Table *table, const char *text, TermStyle style)
{
    LIST_APPEND(arena, &table->cells, (TableCell){text != NULL ? text : "", style, false});
}

void
table_add_heading(Arena *arena, Table *table, const char *text, TermStyle style)
{
    LIST_APPEND(arena, &table->cells, (TableCell){text, style, true});
    for (size_t column = 1; column < table->count; column++)
        table_add(arena, table, NULL, TERM_PLAIN);
}

static int
width_of(const char *text)
{
    return (int)utf8_width(text, strlen(text));
}

static void
measure(Layout *layout)
{
    const Table *table = layout->table;
    assert(table->count > 0);
    for (size_t column = 0; column < table->count; column++)
        layout->widths[column] = width_of(table->columns[column].title);
    for (size_t i = 0; i < table->cells.count; i++) {
        if (table->cells.items[i].is_heading)
            continue;
        int *widest = &layout->widths[i % table->count];
        int width = width_of(table->cells.items[i].text);
        *widest = width > *widest ? width : *widest;
    }
}

static int
total_width(const Layout *layout)
{
    int total = -GAP;
    for (size_t column = 0; column < layout->table->count; column++)
        total += layout->widths[column] == 0 ? 0 : layout->widths[column] + GAP;
    return total;
}

static bool
leave_one_out(Layout *layout)
{
    size_t leaving = layout->table->count;
    int rank = 0;
    for (size_t column = 0; column < layout->table->count; column++) {
        if (layout->widths[column] == 0 || layout->table->columns[column].leave_rank <= rank)
            continue;
        rank = layout->table->columns[column].leave_rank;
        leaving = column;
    }
    if (leaving == layout->table->count)
        return false;
    layout->widths[leaving] = 0;
    return true;
}

static void
fit(Layout *layout, int width)
{
    while (total_width(layout) > width && leave_one_out(layout))
        ;
    for (size_t column = 0; column < layout->table->count; column++) {
        int excess = total_width(layout) - width;
        if (excess <= 0 || !layout->table->columns[column].may_cut || layout->widths[column] == 0)
            continue;
        int cut = layout->widths[column] - excess;
        layout->widths[column] = cut > NARROWEST ? cut : NARROWEST;
    }
}

/* Writes what fits into `width` columns, the last one as "…" where something is left. Returns the
 * columns written. */
static int
write_cut(FILE *out, const char *text, int width)
{
    int used = 0;
    size_t length = strlen(text);
    if (length <= (size_t)width && utf8_plain_length(text, length) == length) {
        fwrite(text, 1, length, out);
        return (int)length;
    }
    bool whole = width_of(text) <= width;
    int room = whole ? width : width - 1;
    while (length > 0) {
        size_t bytes = 0;
        char shown[4];
        int32_t character = utf8_visible(utf8_character(text, length, &bytes));
        int wide = utf8_character_width(character);
        if (used + wide > room)
            break;
        fwrite(shown, 1, utf8_encode(character, shown), out);
        used += wide;
        text += bytes;
        length -= bytes;
    }
    if (whole)
        return used;
    fputs("…", out);
    return used + 1;
}

/* Returns the columns written. */
static int
write_styled(const Layout *layout, const TableCell *cell, int width)
{
    if (!layout->colour || cell->style == TERM_PLAIN)
        return write_cut(layout->out, cell->text, width);
    fputs(term_style(true, cell->style), layout->out);
    int used = write_cut(layout->out, cell->text, width);
    fputs(term_style(true, TERM_PLAIN), layout->out);
    return used;
}

static void
write_blanks(FILE *out, int count)
{
    static const char blanks[] = "                                ";
    const int most = (int)sizeof blanks - 1;
    for (int piece; count > 0; count -= piece) {
        piece = count < most ? count : most;
        fwrite(blanks, 1, (size_t)piece, out);
    }
}

static void
write_row(const Layout *layout, const TableCell *cells)
{
    FILE *out = layout->out;
    int pending = 0; /* blanks, which the last cell of a row does not need */
    for (size_t column = 0; column < layout->table->count; column++) {
        int width = layout->widths[column];
        if (width == 0)
            continue;
        int blank = width - width_of(cells[column].text);
        blank = blank < 0 ? 0 : blank;
        if (cells[column].text[0] == '\0') {
            pending += width + GAP;
            continue;
        }
        bool right = layout->table->columns[column].right;
        write_blanks(out, pending + (right ? blank : 0));
        int used = write_styled(layout, &cells[column], width);
        pending = GAP + (right ? 0 : width - used);
    }
    fputc('\n', out);
}

static void
write_heading(const Layout *layout, const TableCell *heading, int width)
{
    write_styled(layout, heading, width > 0 ? width : width_of(heading->text));
    fputc('\n', layout->out);
}

static void
write_left_out(const Layout *layout)
{
    bool first = true;
    for (size_t column = 0; column < layout->table->count; column++) {
        if (layout->widths[column] != 0)
            continue;
        fprintf(layout->out, "%s%s", first ? "(no room for: " : ", ",
                layout->table->columns[column].title);
        first = false;
    }
    if (!first)
        fputs(")\n", layout->out);
}

void
table_write(FILE *out, Arena *scratch, const Table *table, bool colour, int width)
{
    Layout layout = {.out = out,
                     .table = table,
                     .widths = ARENA_ARRAY(scratch, int, table->count),
                     .colour = colour};
    measure(&layout);
    if (width > 0)
        fit(&layout, width);

    TableCell *titles = ARENA_ARRAY(scratch, TableCell, table->count);
    for (size_t column = 0; column < table->count; column++)
        titles[column] = (TableCell){table->columns[column].title, TERM_BOLD, false};
    write_row(&layout, titles);
    for (size_t i = 0; i < table->cells.count; i += table->count) {
        const TableCell *cells = table->cells.items + i;
        if (cells->is_heading)
            write_heading(&layout, cells, width);
        else
            write_row(&layout, cells);
    }
    write_left_out(&layout);
}
