/* SPDX-License-Identifier: MIT */
/* What a lock stops and what is done under it, in the few words of a table's cell. */
#ifndef LOCKSTEP_REPORT_EFFECT_WORDS_H
#define LOCKSTEP_REPORT_EFFECT_WORDS_H

#include "lockstep/lock.h"

/* "reads+writes", "writes", "DDL only", "nothing" */
const char *effect_blocks_words(LockLevel level);

/* "rewrite, indexes", "rewrite", "index build", "scan", "brief"; "" for an index, as its table has
 * the same work. */
const char *effect_work_words(const LockEffect *effect);

/* Whether it lasts longer on a table that is larger. */
bool effect_takes_long(const LockEffect *effect);

#endif
