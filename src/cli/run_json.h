/* SPDX-License-Identifier: MIT */
/* What the runner hands out, as JSON: the same words in up, down, status and history. */
#ifndef LOCKSTEP_CLI_RUN_JSON_H
#define LOCKSTEP_CLI_RUN_JSON_H

#include <jansson.h>

#include "lockstep/arena.h"

#include "run/run.h"

/* The caller owns each of these. Versions are strings, because programs may round large numbers. */
json_t *run_json_target(const RunTarget *target);
json_t *run_json_plan_item(const PlanItem *item);
json_t *run_json_result(const MigrationResult *result);
json_t *run_json_blocker(const Blocker *blocker);
json_t *run_json_cancelled(const CancelledSessionList *list);
json_t *run_json_failed_attempts(const FailedAttemptList *attempts);
json_t *run_json_history_row(const HistoryRow *row);

/* From restore_point_json(); null where the text is NULL or no JSON. */
json_t *run_json_marker(const char *text);

#endif
