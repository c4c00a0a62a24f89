/* SPDX-License-Identifier: MIT */
/* One migration made ready to run: read, parsed, cut into segments. Private to src/run. */
#ifndef LOCKSTEP_RUN_WORK_H
#define LOCKSTEP_RUN_WORK_H

#include "db/history.h"
#include "run/observer.h"
#include "run/plan.h"
#include "run/timeout_class.h"
#include "source/directive.h"
#include "source/line_index.h"
#include "source/segment.h"

typedef struct Work {
    const PlanItem *item;
    const char *path; /* "(stored in the history)" where the text comes from there */
    const char *text;
    size_t length;
    size_t lines_before;    /* of the file, in front of the text */
    const SourceFile *file; /* NULL: the text comes from the history */
    bool no_transaction;    /* SourceFile has it */
    const char *checksum;
    const char *token_checksum;
    const char *down_sql; /* of an up: the way back, or NULL */
    const char *down_checksum;
    const Script *script;
    DirectiveList directives;
    SegmentList segments;
    const char **hashes;   /* of each segment */
    TimeoutClass *classes; /* of each statement; work_classify() */
    const LineIndex *lines;
    bool is_stepped; /* not a single transaction: each segment gets a row in `step` */
    const char *attempt;
    StepState *states; /* of each segment in the attempt that is resumed … */
    bool *has_state;   /* … if it has one */
    MigrationEvent event;
} Work;

typedef LIST(Work) WorkList;

/*
 * Reads nothing but what the item holds. ERROR_MIGRATION for a syntax error, ERROR_USAGE for a file
 * that cannot be cut into transactions. `run` is the run's id; `number` and `total` count within
 * the run.
 */
bool work_prepare(Arena *arena, const PlanItem *item, Direction direction, const char *run,
                  Work *out, Error *err) MUST_USE;

/* Takes over the open attempt of this version and direction, if there is one. ERROR_DRIFT where
 * what it has done is not what the file says. */
bool work_resume(Arena *arena, const History *history, Work *work, Error *err) MUST_USE;

/* Fills in the classes of all works, which run in this order on a server of this version: what one
 * of them makes, the others find there. Takes some 20 microseconds for a statement. */
void work_classify(Arena *arena, WorkList *works, int server_major);

/* "file.sql:12:5" of an offset in the text. */
const char *work_place(Arena *arena, const Work *work, size_t offset);

/* The statement as it is sent. */
const char *work_statement_text(Arena *arena, const Work *work, size_t index);

/* The timeout that a directive of this kind sets for the statement; -1: none. */
int64_t work_timeout(const Work *work, size_t index, DirectiveKind kind);

/* What the observer is told of it. */
StatementEvent work_statement_event(Arena *arena, const Work *work, size_t index);

#endif
