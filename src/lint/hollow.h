/* SPDX-License-Identifier: MIT */
/* A partitioned table without a partition in the history: the application makes them, or a function
 * that nobody can read. What is done to it is done to them. */
#ifndef LOCKSTEP_LINT_HOLLOW_H
#define LOCKSTEP_LINT_HOLLOW_H

#include "lint/reading.h"

/* Whether it is one; not NULL. */
bool hollow_table(Arena *scratch, const Schema *schema, const SimRelation *table);

/* Whether the operation may do to such a table what the history does not show. */
bool hollow_is(const ReadOp *seen, Arena *scratch);

/* The same operation, its effects those on a table with rows of its own, not certain. */
ReadOp hollow_filled(const ReadOp *seen, Arena *scratch, int pg_version);

#endif
