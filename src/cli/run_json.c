/* SPDX-License-Identifier: MIT */
#include "cli/run_json.h"

#include "cli/json.h"
#include "report/json_value.h"

json_t *
run_json_target(const RunTarget *target)
{
    json_t *object = json_object();
    json_put_text(object, "label", target->label);
    json_put_text(object, "host", target->host);
    json_put_text(object, "port", target->port);
    json_put_text(object, "database", target->database);
    json_put_text(object, "user", target->user);
    json_put_text(object, "server_version", target->server_version);
    json_put_text(object, "history_schema", target->history_schema);
    return object;
}

static const char *
text_or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NULL;
}

static const char *
plan_state_key(PlanState state)
{
    switch (state) {
    case PLAN_PENDING:
        return "pending";
    case PLAN_APPLIED:
        return "applied";
    case PLAN_HALF_UP:
        return "half_applied";
    case PLAN_HALF_DOWN:
        return "half_reverted";
    }
    abort();
}

static const char *
file_state_key(FileState state)
{
    switch (state) {
    case FILE_SAME:
        return "same";
    case FILE_REFORMATTED:
        return "reformatted";
    case FILE_CHANGED:
        return "changed";
    case FILE_MISSING:
        return "missing";
    }
    abort();
}

json_t *
run_json_plan_item(const PlanItem *item)
{
    const HistoryRow *applied = item->applied;
    json_t *object = json_object();
    json_put_text(object, "version", item->version_text);
    json_put_text(object, "name", item->name);
    json_put_text(object, "state", plan_state_key(item->state));
    json_put_text(object, "file", file_state_key(item->file));
    json_put_bool(object, "out_of_order", item->out_of_order);
    json_put_bool(object, "has_down", item->has_down);
    json_put_text(object, "applied_at", applied != NULL ? applied->finished_at : NULL);
    json_put_text(object, "applied_by", applied != NULL ? applied->applied_by : NULL);
    json_put(object, "duration_ms", applied != NULL ? json_integer(applied->duration_ms) : NULL);
    return object;
}

json_t *
run_json_result(const MigrationResult *result)
{
    json_t *object = json_object();
    json_put_text(object, "version", result->version_text);
    json_put_text(object, "name", result->name);
    json_put_text(object, "direction", direction_words(result->direction));
    json_put_bool(object, "done", result->done);
    json_put_bool(object, "from_history", result->from_history);
    json_put_number(object, "duration_ms", result->duration_ms);
    json_put_number(object, "attempts", (long long)result->attempts);
    json_put(object, "failed_attempts", run_json_failed_attempts(&result->failed_attempts));
    return object;
}

static json_t *
failed_attempt_json(const FailedAttempt *attempt)
{
    json_t *object = json_object();
    json_put_text(object, "message", attempt->message);
    json_put_text(object, "sqlstate", attempt->sqlstate[0] != '\0' ? attempt->sqlstate : NULL);
    json_t *blockers = json_array();
    foreach (blocker, &attempt->blockers)
        json_append(blockers, run_json_blocker(blocker));
    json_put(object, "blockers", blockers);
    json_put_number(object, "queued", attempt->queued);
    json_put_number(object, "queued_ms", attempt->queued_ms);
    return object;
}

json_t *
run_json_failed_attempts(const FailedAttemptList *attempts)
{
    json_t *list = json_array();
    foreach (attempt, attempts)
        json_append(list, failed_attempt_json(attempt));
    return list;
}

json_t *
run_json_cancelled(const CancelledSessionList *list)
{
    json_t *array = json_array();
    foreach (cancelled, list) {
        json_t *object = run_json_blocker(&cancelled->blocker);
        json_put_text(object, "how", cancelled->how);
        json_append(array, object);
    }
    return array;
}

json_t *
run_json_blocker(const Blocker *blocker)
{
    json_t *object = json_object();
    json_put_number(object, "pid", blocker->pid);
    json_put_text(object, "application", blocker->application);
    json_put_text(object, "user", blocker->user);
    json_put_text(object, "address", text_or_null(blocker->address));
    json_put_text(object, "state", blocker->state);
    json_put_text(object, "backend", text_or_null(blocker->backend));
    json_put_bool(object, "prevents_wraparound", blocker->is_wraparound);
    json_put_text(object, "wait_event", text_or_null(blocker->wait_event));
    json_put_text(object, "query", text_or_null(blocker->query));
    json_put(object, "age_ms", blocker->age_ms >= 0 ? json_integer(blocker->age_ms) : NULL);
    return object;
}

json_t *
run_json_history_row(const HistoryRow *row)
{
    json_t *object = json_object();
    json_put_number(object, "id", row->id);
    json_put_text(object, "attempt", row->attempt);
    json_put_text(object, "run", row->run);
    json_put_text(object, "version", row->version);
    json_put_text(object, "name", row->name);
    json_put_text(object, "kind", history_kind_words(row->kind));
    json_put_text(object, "direction", row->is_down ? "down" : "up");
    json_put_text(object, "outcome", attempt_outcome_words(row->outcome));
    json_put_text(object, "started_at", row->started_at);
    json_put_text(object, "finished_at", row->finished_at);
    json_put_number(object, "duration_ms", row->duration_ms);
    json_put_text(object, "applied_by", row->applied_by);
    json_put_text(object, "client", row->client);
    json_put_text(object, "tool_version", row->tool_version);
    json_put_text(object, "checksum", row->checksum);
    json_put_bool(object, "has_down", row->down_sql != NULL);
    json_put_text(object, "sqlstate", row->sqlstate);
    json_put_text(object, "error", row->error);
    json_put(object, "marker", run_json_marker(row->marker));
    return object;
}

json_t *
run_json_marker(const char *text)
{
    return text == NULL ? json_null() : json_loads(text, 0, NULL);
}
