/* SPDX-License-Identifier: MIT */
/* The words that PostgreSQL's grammar does not take as the name of a table or a column. */
#ifndef LOCKSTEP_BASE_KEYWORDS_H
#define LOCKSTEP_BASE_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether this lower-case word has to be quoted to be a name everywhere: every keyword that is not
 * UNRESERVED (kwlist.h), as quote_identifier() of ruleutils.c decides it.
 */
bool keyword_needs_quotes(const char *word, size_t length);

#endif
