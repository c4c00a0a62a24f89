/* SPDX-License-Identifier: MIT */
/* The statements of a history that the server will not do. What is mended about one is the
 * statement itself: no finding about it says what to write in its place. */
#ifndef LOCKSTEP_LINT_REFUSED_H
#define LOCKSTEP_LINT_REFUSED_H

#include "lockstep/finding.h"

typedef struct RefusedStatement {
    size_t file;      /* index of the source in the lint result */
    size_t statement; /* from 1 */
} RefusedStatement;

typedef LIST(RefusedStatement) RefusedList; /* in the order of the history */

/* In the order of the history; twice does no harm. */
void refused_note(Arena *arena, RefusedList *list, size_t file, size_t statement);

/* Takes the rewrite from the findings about them. */
void refused_leave_unwritten(const RefusedList *list, FindingList *findings);

#endif
