/* SPDX-License-Identifier: MIT */
/* The thresholds of rules as people write them. */
#ifndef LOCKSTEP_LINT_RULE_NUMBER_H
#define LOCKSTEP_LINT_RULE_NUMBER_H

#include "lockstep/error.h"
#include "lockstep/rule.h"

/* ERROR_USAGE where the text is no number, no duration, or out of the range; the message quotes it
 * and says what would do. */
bool rule_number_parse(Arena *arena, const RuleNumber *number, const char *text, int64_t *out,
                       Error *err) MUST_USE;

#endif
