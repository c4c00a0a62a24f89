/* SPDX-License-Identifier: MIT */
/* Files that somebody fills in before PostgreSQL sees them: ${schema}, {{ .Schema }}, :name. */
#ifndef LOCKSTEP_PARSE_TEMPLATE_H
#define LOCKSTEP_PARSE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/text.h"

/*
 * Puts a name in the place of each template outside of strings and comments, as long as it and the
 * same for the same template, and blanks in the place of what only steers; all offsets stay. In a
 * quoted name that is only done where the template's own quotes end it. Meant
 * for a text that the grammar has refused: what looks like a template may be SQL elsewhere. False
 * where there is none; `first` is the place of the first one.
 */
bool template_fill(char *text, size_t length, Span *first);

/* The first template that stands in a quoted name: the grammar takes it for the name itself. False
 * where there is none. */
bool template_in_name(const char *text, size_t length, Span *first);

#endif
