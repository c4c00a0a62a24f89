/* SPDX-License-Identifier: MIT */
/* What lint finds wrong with a file or a comment itself: no rule's business, but documented and
 * listed beside the rules. */
#ifndef LOCKSTEP_CLI_INPUT_FINDINGS_H
#define LOCKSTEP_CLI_INPUT_FINDINGS_H

#include <stddef.h>

#include "lockstep/finding.h"

typedef struct InputFinding {
    const char *id;
    Severity severity;
    const char *name;    /* a short sentence without full stop */
    const char *why;     /* one to three sentences */
    const char *instead; /* one sentence */
} InputFinding;

const InputFinding *input_findings(size_t *count);

/* NULL where there is none of this id. */
const InputFinding *input_finding_find(const char *id);

#endif
