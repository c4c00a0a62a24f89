/* SPDX-License-Identifier: MIT */
#include "cli/event_log.h"

#include <stdlib.h>
#include <time.h>

#include "cli/json.h"
#include "cli/run_json.h"

struct EventLog {
    FILE *out;
    const char *command;
    const char *run; /* NULL: not begun */
    Arena *arena;
    RunObserver observer;
};

static void
put_time(json_t *object)
{
    struct timespec now;
    struct tm utc;
    char text[40];
    char all[64];
    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &utc);
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    (void)snprintf(all, sizeof all, "%s.%03ldZ", text, now.tv_nsec / 1000000);
    json_put_text(object, "time", all);
}

static json_t *
new_event(const EventLog *log, const char *name)
{
    json_t *object = json_object();
    if (object == NULL)
        abort();
    json_put_text(object, "event", name);
    put_time(object);
    json_put_text(object, "run", log->run);
    return object;
}

/* That it cannot be written does not stop a migration that is under way. */
static void
write_event(const EventLog *log, json_t *take_event)
{
    if (json_dumpf(take_event, log->out, JSON_COMPACT) == 0)
        fputc('\n', log->out);
    (void)fflush(log->out);
    json_decref(take_event);
}

static void
put_migration(json_t *object, const MigrationEvent *migration)
{
    json_put_text(object, "version", migration->version_text);
    json_put_text(object, "name", migration->name);
    json_put_text(object, "direction", direction_words(migration->direction));
}

static void
put_statement(json_t *object, const StatementEvent *statement)
{
    put_migration(object, statement->migration);
    json_put_number(object, "statement", (long long)statement->number);
    json_put_number(object, "line", (long long)statement->line);
    json_put_text(object, "kind", statement->kind);
}

static void
put_blockers(json_t *object, const BlockerList *blockers)
{
    json_t *list = json_array();
    foreach (blocker, blockers)
        if (json_array_append_new(list, run_json_blocker(blocker)) != 0)
            abort();
    json_put(object, "blockers", list);
}

static void
run_started(void *context, const RunTarget *target, const char *run)
{
    EventLog *log = context;
    log->run = arena_strdup(log->arena, run);
    json_t *event = new_event(log, "run_started");
    json_put_text(event, "command", log->command);
    json_put(event, "target", run_json_target(target));
    write_event(log, event);
}

static void
connect_wait(void *context, const Error *reason, int64_t waited_ms)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "waiting");
    json_put_text(event, "for", "the database");
    json_put(event, "error", json_error(reason));
    json_put_number(event, "waited_ms", waited_ms);
    write_event(log, event);
}

static void
advisory_wait(void *context, const Blocker *holder, int64_t waited_ms)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "waiting");
    json_put_text(event, "for", "another lockstep");
    json_put(event, "holder", holder->pid != 0 ? run_json_blocker(holder) : NULL);
    json_put_number(event, "waited_ms", waited_ms);
    write_event(log, event);
}

static void
planned(void *context, const PlannedRunList *runs)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "planned");
    json_t *list = json_array();
    foreach (run, runs) {
        json_t *object = json_object();
        json_put_text(object, "version", run->item.version_text);
        json_put_text(object, "name", run->item.name);
        json_put_text(object, "direction", direction_words(run->direction));
        if (json_array_append_new(list, object) != 0)
            abort();
    }
    json_put(event, "migrations", list);
    write_event(log, event);
}

static void
marker_taken(void *context, const RestorePoint *marker)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "marker_taken");
    ArenaMark mark = arena_mark(log->arena);
    json_put(event, "marker", run_json_marker(restore_point_json(log->arena, marker)));
    arena_rewind(log->arena, mark);
    write_event(log, event);
}

static void
migration_started(void *context, const MigrationEvent *migration)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "migration_started");
    put_migration(event, migration);
    json_put_text(event, "file", migration->from_history ? NULL : migration->path);
    json_put_bool(event, "from_history", migration->from_history);
    json_put_text(event, "left_out", migration->left_out);
    json_put_bool(event, "resumed", migration->resumed);
    json_put_number(event, "number", (long long)migration->number);
    json_put_number(event, "total", (long long)migration->total);
    json_put_number(event, "statements", (long long)migration->statements);
    write_event(log, event);
}

static void
statement_started(void *context, const StatementEvent *statement)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "statement_started");
    put_statement(event, statement);
    json_put_text(event, "words", statement->words);
    json_put_bool(event, "in_transaction", statement->in_transaction);
    json_put_bool(event, "skipped", statement->skipped);
    write_event(log, event);
}

static void
statement_finished(void *context, const StatementEvent *statement, int64_t duration_ms)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "statement_finished");
    put_statement(event, statement);
    json_put_number(event, "duration_ms", duration_ms);
    write_event(log, event);
}

static void
lock_waiting(void *context, const StatementEvent *statement, const BlockerList *blockers)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "lock_waiting");
    put_statement(event, statement);
    put_blockers(event, blockers);
    write_event(log, event);
}

static void
old_transactions(void *context, const StatementEvent *statement, const BlockerList *blockers,
                 bool waits)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "old_transactions");
    put_statement(event, statement);
    json_put_bool(event, "waits", waits);
    put_blockers(event, blockers);
    write_event(log, event);
}

static void
progressed(void *context, const StatementEvent *statement, const BuildProgress *progress)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "progress");
    put_statement(event, statement);
    json_put_text(event, "phase", progress->phase);
    json_put(event, "percent", progress->percent >= 0 ? json_integer(progress->percent) : NULL);
    json_put(event, "awaited_pid",
             progress->awaited_pid != 0 ? json_integer(progress->awaited_pid) : NULL);
    write_event(log, event);
}

static void
session_cancelled(void *context, const CancelledSession *cancelled)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "session_cancelled");
    json_put_text(event, "how", cancelled->how);
    json_put(event, "session", run_json_blocker(&cancelled->blocker));
    write_event(log, event);
}

static void
retry_scheduled(void *context, const RetryEvent *retry)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "retry");
    put_migration(event, retry->migration);
    json_put_number(event, "attempt", (long long)retry->attempt);
    json_put(event, "error", json_error(retry->error));
    put_blockers(event, &retry->blockers);
    json_put_number(event, "queued", retry->queued);
    json_put_number(event, "queued_ms", retry->queued_ms);
    json_put_number(event, "pause_ms", retry->pause_ms);
    json_put_bool(event, "until_gone", retry->until_gone);
    json_put_number(event, "left_ms", retry->left_ms);
    write_event(log, event);
}

static void
notice(void *context, const char *severity, const char *message)
{
    const EventLog *log = context;
    json_t *event = new_event(log, "notice");
    json_put_text(event, "severity", severity);
    json_put_text(event, "message", message);
    write_event(log, event);
}

static void
migration_finished(void *context, const MigrationResult *result, const Error *error)
{
    static const Error none = {0};
    const EventLog *log = context;
    json_t *event = new_event(log, "migration_finished");
    json_t *members = run_json_result(result);
    if (json_object_update(event, members) != 0)
        abort();
    json_decref(members);
    json_put(event, "error", json_error(error != NULL ? error : &none));
    write_event(log, event);
}

EventLog *
event_log_new(Arena *arena, FILE *out, const char *command)
{
    EventLog *log = ARENA_NEW(arena, EventLog);
    *log = (EventLog){.out = out, .command = command, .arena = arena};
    log->observer = (RunObserver){.context = log,
                                  .run_started = run_started,
                                  .connect_wait = connect_wait,
                                  .advisory_wait = advisory_wait,
                                  .planned = planned,
                                  .marker_taken = marker_taken,
                                  .migration_started = migration_started,
                                  .statement_started = statement_started,
                                  .lock_waiting = lock_waiting,
                                  .old_transactions = old_transactions,
                                  .progressed = progressed,
                                  .session_cancelled = session_cancelled,
                                  .statement_finished = statement_finished,
                                  .retry_scheduled = retry_scheduled,
                                  .notice = notice,
                                  .migration_finished = migration_finished};
    return log;
}

const RunObserver *
event_log_observer(const EventLog *log)
{
    return &log->observer;
}

void
event_log_finish(EventLog *log, json_t *take_result)
{
    json_t *event = new_event(log, "run_finished");
    /* The result's "run" is the same one. */
    if (json_object_update_missing(event, take_result) != 0)
        abort();
    json_decref(take_result);
    write_event(log, event);
}
