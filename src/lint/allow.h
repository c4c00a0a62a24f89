/* SPDX-License-Identifier: MIT */
/* Comments that accept findings, and what is wrong with comments. */
#ifndef LOCKSTEP_LINT_ALLOW_H
#define LOCKSTEP_LINT_ALLOW_H

#include "lockstep/op.h"

#include "lint/lint.h"
#include "source/directive.h"

/* The findings of one file. */
typedef struct FindingSlice {
    size_t file;
    size_t first;
    size_t end;
} FindingSlice;

/*
 * Marks those findings of a file that its allow comments accept, and adds findings about directives
 * that are malformed, unused, unknown, expired or without a reason. `script` is what was linted. A
 * rule that is off finds nothing: its comments are not unused. Comments that other linters follow
 * accept what they name, and are never found fault with.
 */
void allow_apply(Arena *arena, const DirectiveList *directives, const SourceFile *file,
                 const Script *script, const LintOptions *options, FindingSlice of,
                 FindingList *findings);

#endif
