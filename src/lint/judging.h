/* SPDX-License-Identifier: MIT */
/* The rules, asked about one operation after the other. */
#ifndef LOCKSTEP_LINT_JUDGING_H
#define LOCKSTEP_LINT_JUDGING_H

#include "lockstep/arena.h"
#include "lockstep/finding.h"

#include "lint/lint.h"
#include "lint/reading.h"

typedef struct Judging Judging;

/* Findings are added to `findings` and live in `arena`, which the operations outlive. */
Judging *judging_new(Arena *arena, const LintOptions *options, FindingList *findings);

/* Whether the operation matters to a rule that lists its kind, or to what is known of the rows of a
 * table. A rule that looks at any operation is shown those that are lock_model_is_weak() only where
 * they do, and never with effects. */
bool judging_looks_at(const Judging *judging, const Op *op);

/* `source` is the index of its file in the lint result. */
void judging_op(Judging *judging, const ReadFile *file, size_t source, const ReadOp *seen,
                Arena *scratch);

/* The rules that wait for the end of the file, and of the history. */
void judging_end_file(Judging *judging, const ReadFile *file, Arena *scratch);
void judging_end_history(Judging *judging, const Schema *schema, Arena *scratch);

#endif
