/* SPDX-License-Identifier: MIT */
/* The query that tells beforehand whether the rows that are there will let an operation succeed. */
#ifndef LOCKSTEP_LINT_PREFLIGHT_H
#define LOCKSTEP_LINT_PREFLIGHT_H

#include "lockstep/rule.h"

#include "schema/replay.h"

/* One SELECT with its semicolon, whose rows (or whose count, where it has only that) are those that
 * are in the way; NULL where no row can be, where what it would need is not known, or was not there
 * at the mark. In ctx->arena. */
const char *preflight_query(const LintContext *ctx, const Op *op, SchemaMark before);

#endif
