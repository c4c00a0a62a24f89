/* SPDX-License-Identifier: MIT */
/* One file as it is read: its statements, its comments to us, its transactions. */
#ifndef LOCKSTEP_LINT_READ_FILE_H
#define LOCKSTEP_LINT_READ_FILE_H

#include "lockstep/arena.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

#include "lint/runner.h"
#include "parse/parse.h"
#include "schema/replay.h"
#include "source/directive.h"
#include "source/migration.h"
#include "source/segment.h"

/* A file of which the operations are seen. */
typedef struct ReadFile {
    const Migration *migration;
    const Runner *runner; /* NULL: lockstep */
    const SourceFile *source;
    Direction direction;
    const Script *script; /* operations in the server's order; NULL where the file is broken */
    DirectiveList directives;
    SegmentList segments;
    const char *problem; /* of segment_script() or the runner, with the index of its statement */
    size_t problem_at;
    const Schema *schema; /* as what is read so far leaves it */
    SchemaMark before;    /* the same before this file */
    SchemaMark before_up; /* the same before the migration's up; in a series, before its first */
    size_t undoes;        /* a down: how many ups are undone when it has run; 0 for one of a series
                             behind which more of it have to run */
    bool has_gap;         /* in end_file: of the migration something was read of which it is not
                             known what it did, or whether it ran */
} ReadFile;

/* Fills in what follows from the source, as the server will see it; false where that is broken. All
 * lives in `arena`; `scratch` is another one. */
bool read_file_open(Arena *arena, Arena *scratch, ReadFile *file, ParseDepth depth);

/* The number of the statement that a place belongs to; behind the last one, the next number. */
size_t read_file_statement_at(const Script *script, size_t offset);

#endif
