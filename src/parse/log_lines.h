/* SPDX-License-Identifier: MIT */
/* SQL as the logger of Rails prints it: "   (1.2ms)  ALTER TABLE …", without semicolons, among
 * lines of its own. */
#ifndef LOCKSTEP_PARSE_LOG_LINES_H
#define LOCKSTEP_PARSE_LOG_LINES_H

#include <stdbool.h>

#include "lockstep/text.h"

/*
 * Blanks what is not SQL in such a log and ends each statement; all offsets stay. Meant for a text
 * that the grammar has refused. False where it is no such log, and nothing has changed; `first` is
 * the place of the first line that is none of SQL.
 */
bool log_fill(char *text, size_t length, Span *first);

#endif
