/* SPDX-License-Identifier: MIT */
/* What explain found out, for people and for programs. */
#ifndef LOCKSTEP_CLI_EXPLAIN_REPORT_H
#define LOCKSTEP_CLI_EXPLAIN_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "lint/explain.h"

/* A table for each statement: no line is wider than `width` where names and paths allow it. */
void explain_text(FILE *out, const ExplainResult *result, bool colour, int width);

void explain_json(FILE *out, const ExplainResult *result);

#endif
