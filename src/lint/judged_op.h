/* SPDX-License-Identifier: MIT */
/* What is said of an operation, to the rules and in the findings about it. */
#ifndef LOCKSTEP_LINT_JUDGED_OP_H
#define LOCKSTEP_LINT_JUDGED_OP_H

#include "lockstep/rule.h"

#include "lint/reading.h"

/* An operation as the rules see it, and as the findings about it name it. */
typedef struct JudgedOp {
    LintContext ctx; /* what is the same for all rules, whenever they look */
    const ReadFile *file;
    const Op *op;
    size_t source; /* the index of its file in the lint result */
    size_t number; /* of the statement in its file */
    Span place;
    bool in_code;
    bool is_elsewhere;     /* in code that does not stand where the finding shows it */
    const HeldLocks *held; /* before the operation; for a rule that looks later, no more there */
} JudgedOp;

/* LintContext.source: with names where the file has templates, for what is cut out of it is read
 * again. */
const char *judged_text(const ReadFile *file, const ReadOp *seen);

/* LintContext.blocking. */
const LockEffect *judged_blocking(const ReadOp *seen);

/* `common` is what the context of every operation has. */
void judged_op_make(JudgedOp *judged, const LintContext *common, const ReadFile *file,
                    size_t source, const ReadOp *seen);

#endif
