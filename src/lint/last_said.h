/* SPDX-License-Identifier: MIT */
/* What the end of a history shows of a table is one thing to say, however often the table or its
 * constraint was dropped and made again. */
#ifndef LOCKSTEP_LINT_LAST_SAID_H
#define LOCKSTEP_LINT_LAST_SAID_H

#include "lockstep/finding.h"

/* Of the findings from `first` on that say the same in the same words, keeps the last: what it is
 * about is what stands at the end. */
void last_said_keep(Arena *scratch, FindingList *findings, size_t first);

#endif
