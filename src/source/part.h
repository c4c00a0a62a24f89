/* SPDX-License-Identifier: MIT */
/* Files that hold more than one script: lines, the comments of other tools that part them, and the
 * parts. */
#ifndef LOCKSTEP_SOURCE_PART_H
#define LOCKSTEP_SOURCE_PART_H

#include "lockstep/arena.h"
#include "lockstep/text.h"

#include "source/migration.h"

/* The line at *at without its end (LF or CRLF), and *at behind it. False at the end of the text. */
bool part_next_line(const SourceFile *file, size_t *at, Span *line);

/* A comment that is addressed to a tool. */
typedef struct PartMark {
    const char *words; /* with one blank between them, which stands for any number */
    bool any_case;
    bool any_indent; /* blanks before it and more dashes are fine */
} PartMark;

/* Whether a line is "--" and these words, with an end or a blank behind them; `rest` (or NULL) is
 * what follows. */
bool part_is_mark(const SourceFile *file, Span line, const PartMark *mark, Span *rest);

/* The first line that is this mark. */
bool part_find_mark(const SourceFile *file, const PartMark *mark, Span *line);

/* Whether a comment at the top says in the words of sqlx, Atlas or graphile-migrate that there
 * shall be no transaction. */
bool part_runs_alone(const SourceFile *file);

/*
 * A part of a file, which begins with a line, as a file of its own: its path and its lines are
 * those of the whole, and so is its checksum.
 */
SourceFile *part_cut(Arena *arena, const SourceFile *whole, Span part);

/* Blanks for all but the line ends: places stay. */
void part_blank(char *text, size_t start, size_t end);

/* One file with a section for each direction. */
typedef struct PartGrammar {
    PartMark up;
    PartMark down;
} PartGrammar;

typedef struct Parts {
    SourceFile *up; /* what stands before the first mark belongs to the first section; never NULL */
    SourceFile *down; /* NULL where there is no section */
    Span up_rest;     /* what follows each mark in its line */
    Span down_rest;
} Parts;

/* Where there is no section for up, or statements before the first mark, `up` is broken. Of several
 * sections for one direction all are run. */
Parts part_cut_sections(Arena *arena, SourceFile *whole, const PartGrammar *grammar);

#endif
