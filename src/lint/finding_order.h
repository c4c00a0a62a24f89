/* SPDX-License-Identifier: MIT */
/* Findings in the order in which they are read. */
#ifndef LOCKSTEP_LINT_FINDING_ORDER_H
#define LOCKSTEP_LINT_FINDING_ORDER_H

#include "lockstep/arena.h"
#include "lockstep/finding.h"

/* Sorts them by file and place; of one place, the one that was found first comes first. */
void finding_order(Arena *scratch, FindingList *findings);

#endif
