/* SPDX-License-Identifier: MIT */
/* Comments that accept findings, and what is wrong with comments. */
#ifndef LOCKSTEP_LINT_ALLOW_H
#define LOCKSTEP_LINT_ALLOW_H

#include "lockstep/op.h"

#include "lint/lint.h"
#include "source/directive.h"

/*
 * Marks the findings of this file (those from index `first` on) that its allow comments accept, and
 * adds findings about directives that are malformed, unused, unknown, expired or without a reason.
 * `script` is what was linted.
 */
void allow_apply(Arena *arena, const DirectiveList *directives, const Script *script,
                 const char *today, size_t file, size_t first, FindingList *findings);

#endif
