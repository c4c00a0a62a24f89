/* SPDX-License-Identifier: MIT */
/* Short SQL in, what `explain` says out: the way that the tool itself goes. */
#ifndef LOCKSTEP_TESTS_EXPLAIN_CASE_H
#define LOCKSTEP_TESTS_EXPLAIN_CASE_H

#include "lint/explain.h"

/* Explains one file, after the schema file's text where that is not NULL. All lives in `arena`. */
ExplainResult explain_case(Arena *arena, int pg_version, const char *schema, const char *text);

/* The first refusal that is foreseen in the text, or NULL. */
const char *explain_case_refusal(Arena *arena, int pg_version, const char *schema,
                                 const char *text);

#endif
