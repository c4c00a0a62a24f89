/* SPDX-License-Identifier: MIT */
/* What the server will not do: the statement is mended itself, so no finding about it says what to
 * write in its place; and the operation that is refused holds no lock for long. */
#ifndef LOCKSTEP_LINT_REFUSED_H
#define LOCKSTEP_LINT_REFUSED_H

#include "lockstep/finding.h"

typedef struct RefusedOp {
    size_t file;      /* index of the source in the lint result */
    size_t statement; /* from 1 */
    Span place;
} RefusedOp;

typedef LIST(RefusedOp) RefusedList; /* in the order of the history */

/* Takes the rewrites from the findings about these statements, and leaves out what is said of the
 * locks of these operations, and that a down with one of them does not undo its up. */
void refused_apply(const RefusedList *list, FindingList *findings);

#endif
