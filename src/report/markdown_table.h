/* SPDX-License-Identifier: MIT */
/* What the statements of a file lock, as a Markdown table. */
#ifndef LOCKSTEP_REPORT_MARKDOWN_TABLE_H
#define LOCKSTEP_REPORT_MARKDOWN_TABLE_H

#include <stdio.h>

#include "lint/explain.h"

/* Rows that the table would have: locks on relations that existed, refusals, and what is not
 * certain. */
size_t markdown_table_rows(const ExplainedFile *file);

/* The first `most` rows, and how many more there are. */
void markdown_table(FILE *out, Arena *scratch, const ExplainedFile *file, size_t most);

#endif
