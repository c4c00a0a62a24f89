/* SPDX-License-Identifier: MIT */
/* What a dry run foresees: each migration with its transactions, and how their statements wait. */
#ifndef LOCKSTEP_CLI_DRY_RUN_H
#define LOCKSTEP_CLI_DRY_RUN_H

#include <jansson.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "run/run.h"

/* Below the name of migration number `index` of the report. */
void dry_run_write(FILE *out, Arena *arena, const RunReport *report, size_t index);

/* The same as a list of transactions; null where it is not known. The caller owns it. */
json_t *dry_run_json(const RunReport *report, size_t index);

#endif
