/* SPDX-License-Identifier: MIT */
/* Messages about files that somebody fills in: the templates as the user wrote them, in the place
 * of the names that they were read as. */
#ifndef LOCKSTEP_LINT_TEMPLATE_WORDS_H
#define LOCKSTEP_LINT_TEMPLATE_WORDS_H

#include "lockstep/arena.h"
#include "lockstep/finding.h"

/* Puts them into the message, the rewrite and the query of the findings of one file. `written` is
 * its text, `read` the same with names in it (Script.filled). What names an object for programs
 * stays as it was read. */
void template_words_restore(Arena *arena, const char *written, const char *read, Finding *findings,
                            size_t count);

#endif
