/* SPDX-License-Identifier: MIT */
#include "source/segment.h"

typedef struct Segmenter {
    Arena *arena;
    bool no_transaction;
    bool is_single;  /* the file has one statement */
    bool open;       /* the last segment takes more statements */
    bool explicit;   /* between BEGIN and COMMIT */
    size_t begun_at; /* the statement that is BEGIN */
    bool gave_up;    /* a COMMIT has ended the transaction that the file is run in: the file may
                        leave another one to whoever runs it */
    SegmentList segments;
    const char *problem;
    size_t problem_at;
} Segmenter;

static void
complain(Segmenter *segmenter, size_t at, const char *problem)
{
    if (segmenter->problem != NULL)
        return;
    segmenter->problem = problem;
    segmenter->problem_at = at;
}

static void
add_alone(Segmenter *segmenter, size_t at, bool in_transaction)
{
    segmenter->open = false;
    LIST_APPEND(segmenter->arena, &segmenter->segments,
                (Segment){.in_transaction = in_transaction,
                          .is_block = segmenter->explicit,
                          .first = at,
                          .count = 1});
}

static void
add_inside(Segmenter *segmenter, size_t at)
{
    bool alone = segmenter->no_transaction && !segmenter->explicit;
    if (segmenter->open && !alone) {
        segmenter->segments.items[segmenter->segments.count - 1].count++;
        return;
    }
    add_alone(segmenter, at, true);
    segmenter->open = !alone;
}

static void
add_outside(Segmenter *segmenter, const Statement *statement, size_t at)
{
    add_alone(segmenter, at, false);
    if (!segmenter->explicit)
        return;
    const char *what = statement->outside_why != NULL ? statement->outside_why : statement->kind;
    const char *refusal =
        arena_printf(segmenter->arena, "%s cannot run between BEGIN and COMMIT", what);
    complain(segmenter, at, refusal);
    segmenter->segments.items[segmenter->segments.count - 1].refusal = refusal;
}

static void
add_maybe_outside(Segmenter *segmenter, size_t at)
{
    bool alone = segmenter->is_single || segmenter->no_transaction;
    if (alone && !segmenter->explicit)
        add_alone(segmenter, at, false);
    else
        add_inside(segmenter, at);
}

static void
begin(Segmenter *segmenter, size_t at)
{
    if (segmenter->explicit)
        complain(segmenter, at, "BEGIN inside of a transaction that BEGIN has already opened");
    segmenter->open = false;
    segmenter->explicit = true;
    segmenter->begun_at = at;
}

static void
end(Segmenter *segmenter)
{
    segmenter->open = false;
    segmenter->explicit = false;
}

static void
roll_back(Segmenter *segmenter)
{
    if (segmenter->open)
        segmenter->segments.items[segmenter->segments.count - 1].rolled_back = true;
    end(segmenter);
}

static void
add_control(Segmenter *segmenter, TransactionControl control, size_t at)
{
    switch (control) {
    case TRANSACTION_BEGIN:
        begin(segmenter, at);
        return;
    case TRANSACTION_COMMIT:
        segmenter->gave_up |= !segmenter->explicit && !segmenter->no_transaction;
        end(segmenter);
        return;
    case TRANSACTION_ROLLBACK:
        complain(segmenter, at, "ROLLBACK undoes what the migration did before it");
        roll_back(segmenter);
        return;
    case TRANSACTION_PREPARE:
        complain(segmenter, at, "PREPARE TRANSACTION leaves the transaction to somebody else");
        end(segmenter);
        return;
    case TRANSACTION_SAVEPOINT:
    case TRANSACTION_RELEASE:
    case TRANSACTION_ROLLBACK_TO:
        add_inside(segmenter, at);
        return;
    case TRANSACTION_COMMIT_PREPARED:
    case TRANSACTION_ROLLBACK_PREPARED:
        add_alone(segmenter, at, false);
        return;
    }
}

/* A procedure may commit, which its call does not tell: where the file says that it wants no
 * transaction, it gets none. */
static void
add_any(Segmenter *segmenter, const Statement *statement, size_t at)
{
    bool is_call = statement->ops.count > 0 && statement->ops.items[0].kind == OP_CALL;
    if (is_call && segmenter->no_transaction && !segmenter->explicit)
        add_alone(segmenter, at, false);
    else
        add_inside(segmenter, at);
}

static void
add_statement(Segmenter *segmenter, const Statement *statement, size_t at)
{
    switch (statement->use) {
    case TRANSACTION_USE_ANY:
        add_any(segmenter, statement, at);
        return;
    case TRANSACTION_USE_MAYBE_OUTSIDE:
        add_maybe_outside(segmenter, at);
        return;
    case TRANSACTION_USE_OUTSIDE:
        add_outside(segmenter, statement, at);
        return;
    case TRANSACTION_USE_CONTROL:
        add_control(segmenter, statement->ops.items[0].transaction.control, at);
        return;
    }
}

SegmentList
segment_script(Arena *arena, const Script *script, bool no_transaction, const char **problem,
               size_t *problem_at)
{
    Segmenter segmenter = {.arena = arena,
                           .no_transaction = no_transaction,
                           .is_single = script->statements.count == 1};
    foreach (statement, &script->statements)
        add_statement(&segmenter, statement, (size_t)(statement - script->statements.items));

    /* Behind a syntax error, COMMIT may only not have been read. */
    if (segmenter.explicit && !segmenter.gave_up && script->errors.count == 0)
        complain(&segmenter, segmenter.begun_at, "BEGIN without a COMMIT");
    if (problem != NULL)
        *problem = segmenter.problem;
    if (problem_at != NULL)
        *problem_at = segmenter.problem_at;
    return segmenter.segments;
}
