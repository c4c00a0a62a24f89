/* SPDX-License-Identifier: MIT */
/*
 * What every server refuses as it is written, though its grammar takes it.
 *
 * What is found is noted in Statement.refused, in the server's words; the first one counts.
 */
#ifndef LOCKSTEP_PARSE_SYNTAX_REFUSED_H
#define LOCKSTEP_PARSE_SYNTAX_REFUSED_H

#include "lower.h"

/* Looks at one node, and at the definitions of columns that it holds. */
void syntax_refused_node(Lower *lower, const Node *node);

#endif
