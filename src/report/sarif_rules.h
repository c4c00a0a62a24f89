/* SPDX-License-Identifier: MIT */
/* The rules as SARIF describes them. */
#ifndef LOCKSTEP_REPORT_SARIF_RULES_H
#define LOCKSTEP_REPORT_SARIF_RULES_H

#include <jansson.h>

#include "lockstep/arena.h"
#include "lockstep/finding.h"
#include "lockstep/list.h"

/* "error", "warning", "note"; "none" for SEVERITY_OFF. */
const char *sarif_level(Severity severity);

/* The rules of these ids, or what is said of files and comments themselves, in this order; the
 * caller owns the array. */
json_t *sarif_rules(Arena *scratch, const StringList *ids);

#endif
