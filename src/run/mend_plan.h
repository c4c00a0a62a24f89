/* SPDX-License-Identifier: MIT */
/* From a request to the list of what would be changed. Pure. Private to src/run. */
#ifndef LOCKSTEP_RUN_MEND_PLAN_H
#define LOCKSTEP_RUN_MEND_PLAN_H

#include "run/mend.h"

/* Appends to `out`, which has neither mends nor undecided steps yet. */
bool mend_plan(Arena *arena, const MendRequest *request, const Plan *plan, const History *history,
               const LeftoverList *leftovers, MendReport *out, Error *err) MUST_USE;

#endif
