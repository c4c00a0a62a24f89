/* SPDX-License-Identifier: MIT */
/* One that judges histories, one after the other. Several may do so at a time, each with arenas of
 * its own. */
#ifndef LOCKSTEP_LINT_LINTER_H
#define LOCKSTEP_LINT_LINTER_H

#include "lint/lint.h"
#include "lint/reading.h"

typedef struct Linter Linter;

/* All that it finds lives in `arena`. */
Linter *linter_new(Arena *arena, const LintOptions *options);

/* What the history gives by itself; nothing is counted but files and statements. What is read lives
 * in `scratch` and is needed no more after the call. */
LintResult linter_judge(Linter *linter, Arena *scratch, const DiscoveredFiles *files,
                        HistorySpan history);

#endif
