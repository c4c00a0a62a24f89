/* SPDX-License-Identifier: MIT */
/* Linting SQL that stands in a string, for tests. */
#ifndef LOCKSTEP_TESTS_LINT_TEXT_H
#define LOCKSTEP_TESTS_LINT_TEXT_H

#include "lint/lint.h"

/* Parts a text at its lines "-- next migration". With `keep_lines`, each part begins with as many
 * empty lines as stand before it, so that its line numbers are those of the text. */
StringList split_migrations(Arena *arena, const char *text, bool keep_lines);

/* Lints texts as one history of migrations without a version; what stands behind a line "-- down"
 * of a text is its down file. Findings of the first `replayed` are not reported. */
LintResult lint_texts(Arena *arena, int pg_version, const StringList *texts, size_t replayed);

/* Likewise, with this rule asked even if it is off by default. */
LintResult lint_texts_for(Arena *arena, const Rule *rule, int pg_version, const StringList *texts,
                          size_t replayed);

/* The number of findings of at least this severity that no comment accepts. */
size_t lint_count(const LintResult *result, Severity at_least);

/* The findings as text, one a line, for the message of a failed test. */
const char *lint_words(Arena *arena, const LintResult *result);

#endif
