/* SPDX-License-Identifier: MIT */
/* Rows and columns on a terminal. */
#ifndef LOCKSTEP_BASE_TABLE_H
#define LOCKSTEP_BASE_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"

#include "base/term.h"

typedef struct TableColumn {
    const char *title;
    bool right;     /* numbers */
    bool may_cut;   /* is cut with "…" where the table is too wide */
    int leave_rank; /* 0: always there; else left out where the table is too wide, highest first */
} TableColumn;

typedef struct TableCell {
    const char *text; /* one line of UTF-8; NULL is empty; borrowed */
    TermStyle style;
    bool is_heading; /* a line of its own, in no column; the rest of its row is empty */
} TableCell;

typedef struct Table {
    const TableColumn *columns; /* borrowed */
    size_t count;
    LIST(TableCell) cells; /* row after row */
} Table;

Table *table_new(Arena *arena, const TableColumn *columns, size_t count);

/* Appends a cell; each row has as many as there are columns. */
void table_add(Arena *arena, Table *table, const char *text, TermStyle style);

/* Between two rows: a line that says what the rows below it belong to. */
void table_add_heading(Arena *arena, Table *table, const char *text, TermStyle style);

/* Writes titles and rows so that no line is wider than `width`, with 0 as wide as it has to be.
 * Columns that are left out for that are named below. */
void table_write(FILE *out, Arena *scratch, const Table *table, bool colour, int width);

#endif
