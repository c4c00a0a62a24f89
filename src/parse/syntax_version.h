/* SPDX-License-Identifier: MIT */
/*
 * Which server versions take a statement as it is written: the grammar that reads it is the newest
 * one. Private to this folder.
 *
 * Each function notes what it finds in the statement at hand: Statement.since, .since_what and
 * .versioned_functions.
 */
#ifndef LOCKSTEP_PARSE_SYNTAX_VERSION_H
#define LOCKSTEP_PARSE_SYNTAX_VERSION_H

#include "lower.h"

/* Looks at one node, and at those below it that no walk over a query or an expression meets. */
void syntax_version_judge(Lower *lower, const Node *node);

/* The same where anybody asks. */
static inline void
syntax_version_node(Lower *lower, const Node *node)
{
    if (lower->depth == PARSE_WHOLE)
        syntax_version_judge(lower, node);
}

/* Looks at how the numbers of the statement are written, which the tree does not keep; for
 * PARSE_WHOLE alone. */
void syntax_version_numbers(Lower *lower, const Node *node);

#endif
