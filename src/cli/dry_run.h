/* SPDX-License-Identifier: MIT */
/* What a dry run foresees: each migration with its transactions, and how their statements wait. */
#ifndef LOCKSTEP_CLI_DRY_RUN_H
#define LOCKSTEP_CLI_DRY_RUN_H

#include <jansson.h>

#include "cli/command.h"
#include "run/run.h"

/* A table, and the hooks; the direction of each is said where they differ. */
void dry_run_write(const Invocation *invocation, const RunReport *report, bool with_direction);

/* Migration number `index` of the report as a list of transactions; null where it is not known. The
 * caller owns it. */
json_t *dry_run_json(const RunReport *report, size_t index);

/* The hooks that a run would have, as a list in their order. The caller owns it. */
json_t *dry_run_hooks_json(const Invocation *invocation);

#endif
