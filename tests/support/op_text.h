/* SPDX-License-Identifier: MIT */
/* What the parser makes of a text, as one line for each statement: what tests compare. */
#ifndef LOCKSTEP_TESTS_OP_TEXT_H
#define LOCKSTEP_TESTS_OP_TEXT_H

#include "lockstep/op.h"

/*
 * Operations stand as `KIND target details`, with " | " between those of one statement and a line
 * feed between statements. Only what differs from zero is shown. `!` in front of a statement: the
 * server refuses it in a transaction. Errors follow, each as `error at <token>: message`.
 */
const char *op_text(Arena *arena, const char *text);

typedef struct OpCase {
    const char *sql;
    const char *expected; /* op_text() of it */
} OpCase;

/* Fails the running test at the first that differs. */
void op_check_cases(const OpCase *cases, size_t count);

/*
 * What the code of the text's first statement does, a DO block or a function: a line for each
 * statement, `?` in front where it may not run; where it stands, if it is in the text, follows in
 * braces. At last `unknown: …` where there is more.
 */
const char *op_code(Arena *arena, const char *text);

/* The spans of what the statement consists of: operations, columns, constraints, expressions, each
 * as its text, with " | " between. */
const char *op_spans(Arena *arena, const char *text);

#endif
