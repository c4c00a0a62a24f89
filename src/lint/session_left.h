/* SPDX-License-Identifier: MIT */
/* What a file sets for its session and does not take back, of what decides what the next file
 * means: the search path, the role, whether triggers fire. A timeout is left out: it is a good
 * habit. */
#ifndef LOCKSTEP_LINT_SESSION_LEFT_H
#define LOCKSTEP_LINT_SESSION_LEFT_H

#include "lockstep/schema.h"

#include "lint/read_file.h"

enum { SESSION_SETTINGS = 5 };

/* The values before the file; NULL for one that nobody has set. */
typedef struct SessionLeft {
    const char *before[SESSION_SETTINGS];
} SessionLeft;

void session_left_begin(SessionLeft *left, const Schema *schema);

/* The first setting with another value than before the file, and the index of the last statement
 * that sets it; NULL: none. `given_back`: those that the runner sees to, with blanks between; NULL
 * for none. */
const char *session_left_find(const SessionLeft *left, const ReadFile *file, const char *given_back,
                              size_t *at);

#endif
