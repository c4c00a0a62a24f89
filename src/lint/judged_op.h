/* SPDX-License-Identifier: MIT */
/* What is said of an operation, to the rules and in the findings about it. */
#ifndef LOCKSTEP_LINT_JUDGED_OP_H
#define LOCKSTEP_LINT_JUDGED_OP_H

#include "lint/reading.h"

/* An operation as the findings about it name it. */
typedef struct JudgedOp {
    const ReadFile *file;
    const Op *op;
    const Statement *statement;
    const char *text;
    size_t source;
    size_t number; /* of the statement in its file */
    Span place;
    bool in_code;
    bool in_transaction;
    bool is_down;
    bool is_own;
    bool table_is_new; /* when it ran */
    const SimRelation *found;
    const SimFunction *function;
    bool columns_are_gone;
    bool is_elsewhere; /* in code that does not stand where the finding shows it */
    const SimRelation *table_before;
    const HeldLocks *held; /* before the operation; for a rule that looks later, no more there */
} JudgedOp;

/* `source` is the index of its file in the lint result. */
JudgedOp judged_op(const ReadFile *file, size_t source, const ReadOp *seen, bool columns_are_gone);

#endif
