/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

#include <errno.h>
#include <string.h>

#include "base/duration.h"
#include "base/term.h"
#include "cli/cancel_order.h"
#include "cli/command.h"
#include "cli/connection.h"
#include "cli/dry_run.h"
#include "cli/event_log.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/run_json.h"
#include "cli/run_options.h"
#include "cli/words.h"
#include "journal/journal.h"
#include "run/run.h"
#include "source/version.h"

typedef struct RunCommand {
    Invocation *invocation;
    const RunVerb *verb;
    const char *to;      /* as written, or NULL */
    const char *journal; /* where it is; NULL where nobody knows */
    RunReport report;
    int64_t elapsed_ms;
    EventLog *log; /* NULL: progress is told to people */
} RunCommand;

/* Zero is before the first migration: a place to go down to only. */
static bool
parse_version(const RunCommand *run, const char **out, Error *err)
{
    const char *text = run->to;
    size_t digits = strspn(text, "0123456789");
    *out = digits > 0 && text[digits] == '\0'
               ? version_of_digits(run->invocation->arena, text, digits)
               : text;
    if (strcmp(*out, "0") != 0 || run->verb->can_go_to_zero)
        return true;
    (void)error_set(err, ERROR_USAGE, "--to: there is no migration with version 0");
    return error_hint(err, "Write the version to stop after; `lockstep down --to 0` reverts all.");
}

/* A terminal that is not told otherwise shows UTF-8 today; a locale that is set to something else
 * is believed. */
static bool
speaks_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
    }
    return false;
}

static Progress *
start_progress(const RunCommand *run, const Connection *connection)
{
    const Invocation *invocation = run->invocation;
    FILE *out = invocation->messages;
    const char *term = getenv("TERM");
    bool live = term_is_terminal(out) && term != NULL && strcmp(term, "dumb") != 0;
    ProgressStyle style = {.live = live,
                           .colour = term_has_colour(out),
                           .unicode = live && speaks_utf8(),
                           .quiet = invocation->settings->quiet,
                           .verbose = invocation->settings->verbose,
                           .sandbox = connection->is_sandbox,
                           .width = term_width(out),
                           .journal = run->journal};
    return progress_new(invocation->arena, out, style);
}

static size_t
count_done(const MigrationResultList *results, Direction direction)
{
    size_t done = 0;
    foreach (result, results)
        done += result->done && result->direction == direction;
    return done;
}

static const char *
past_word(Direction direction)
{
    switch (direction) {
    case DIRECTION_UP:
        return "applied";
    case DIRECTION_DOWN:
        return "reverted";
    }
    abort();
}

static size_t
count_planned(const RunCommand *run, Direction direction)
{
    size_t count = 0;
    foreach (planned, &run->report.planned)
        count += planned->direction == direction;
    return count;
}

/* "applied", or "run down and up" for both. */
static const char *
dry_run_word(const RunCommand *run)
{
    bool down = count_planned(run, DIRECTION_DOWN) > 0;
    if (down && count_planned(run, DIRECTION_UP) > 0)
        return "run";
    return past_word(down ? DIRECTION_DOWN : DIRECTION_UP);
}

static void
write_late(const RunCommand *run)
{
    if (run->report.left_late > 0)
        fprintf(run->invocation->out,
                "%s older than the newest applied one, left pending by --order skip\n",
                words_count(run->invocation->arena, run->report.left_late, "migration"));
}

static void
write_dry_run(const RunCommand *run)
{
    const RunReport *report = &run->report;
    Arena *arena = run->invocation->arena;
    FILE *out = run->invocation->out;
    const char *word = dry_run_word(run);
    bool both = strcmp(word, "run") == 0;
    if (report->planned.count == 0) {
        fprintf(out, "nothing would be %s\n", run->verb->dry_word);
        write_late(run);
        return;
    }
    fprintf(out, "would be %s, in this order:\n\n", word);
    dry_run_write(run->invocation, report, both);
    fputc('\n', out);
    write_late(run);
    fprintf(out, "%s; nothing was written\n",
            words_count(arena, report->planned.count, both ? "step" : "migration"));
}

/* "reverted 2 migrations and applied 2", of what was planned where that is said too. */
static const char *
what_is_done(const RunCommand *run, bool with_planned)
{
    static const Direction order[] = {DIRECTION_DOWN, DIRECTION_UP};
    Arena *arena = run->invocation->arena;
    const char *text = "";
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        size_t planned = count_planned(run, order[i]);
        size_t done = count_done(&run->report.migrations, order[i]);
        if (planned == 0)
            continue;
        const char *count = words_count(arena, with_planned ? planned : done, "migration");
        if (with_planned)
            count = arena_printf(arena, "%zu of %s", done, count);
        text = arena_printf(arena, "%s%s%s %s", text, text[0] != '\0' ? " and " : "",
                            past_word(order[i]), count);
    }
    return text;
}

static const char *
why_nothing(const RunCommand *run)
{
    const RunVerb *verb = run->verb;
    if (run->to == NULL)
        return verb->nothing;
    return arena_printf(run->invocation->arena, "%s%s%s", verb->nothing_before_to, run->to,
                        verb->nothing_behind_to);
}

static void
write_text(const RunCommand *run)
{
    const RunReport *report = &run->report;
    Arena *arena = run->invocation->arena;
    FILE *out = run->invocation->out;
    if (run->invocation->settings->dry_run) {
        write_dry_run(run);
        return;
    }
    if (report->migrations.count == 0)
        fprintf(out, "nothing to do: %s", why_nothing(run));
    else
        fprintf(out, "%s in %s", what_is_done(run, false), words_elapsed(arena, run->elapsed_ms));
    if (report->pending_after > 0)
        fprintf(out, "; %zu pending", report->pending_after);
    fputc('\n', out);
    write_late(run);
    if (report->reformatted > 0)
        fprintf(out, "%s changed in comments or white space only since they were applied\n",
                words_count(arena, report->reformatted, "file"));
    if (report->missing > 0)
        fprintf(out, "%s without its file: another branch, or deleted\n",
                words_count(arena, report->missing, "applied migration"));
}

static json_t *
planned_json(const RunReport *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->planned.count; i++) {
        const PlannedRun *planned = &report->planned.items[i];
        json_t *object = run_json_plan_item(&planned->item);
        json_put_text(object, "direction", direction_words(planned->direction));
        json_put(object, "transactions", dry_run_json(report, i));
        if (json_array_append_new(list, object) != 0)
            abort();
    }
    return list;
}

static json_t *
results_json(const MigrationResultList *results)
{
    json_t *list = json_array();
    foreach (result, results) {
        if (json_array_append_new(list, run_json_result(result)) != 0)
            abort();
    }
    return list;
}

static json_t *
report_json(const RunCommand *run, const Error *err)
{
    const RunReport *report = &run->report;
    json_t *result = json_result();
    json_put_text(result, "command", run->invocation->command->name);
    json_put_text(result, "run", report->run);
    json_put_bool(result, "dry_run", run->invocation->settings->dry_run);
    json_put(result, "target",
             report->target.label != NULL ? run_json_target(&report->target) : NULL);
    const char *marker = NULL;
    if (report->has_marker)
        marker = restore_point_json(run->invocation->arena, &report->marker);
    json_put(result, "marker", run_json_marker(marker));
    json_put_text(result, "journal", run->journal);
    json_put(result, "planned", planned_json(report));
    if (run->invocation->settings->dry_run)
        json_put(result, "hooks", dry_run_hooks_json(run->invocation));
    json_put(result, "migrations", results_json(&report->migrations));
    json_put(result, "cancelled_sessions", run_json_cancelled(&report->cancelled));
    json_put_number(result, "pending_after", (long long)report->pending_after);
    json_put_number(result, "left_late", (long long)report->left_late);
    json_put_number(result, "duration_ms", run->elapsed_ms);
    json_put(result, "error", json_error(err));
    return result;
}

/* The error says what happened to the migration at hand; this says what became of the others, and
 * of one that was interrupted. */
static void
tell_what_is_done(const RunCommand *run, Error *err)
{
    const Invocation *invocation = run->invocation;
    size_t planned = run->report.planned.count;
    if (planned > 0 && !invocation->settings->dry_run && !invocation->settings->quiet &&
        run->log == NULL)
        fprintf(invocation->messages, "%s\n", what_is_done(run, true));

    bool interrupted = err->kind == ERROR_INTERRUPTED || err->kind == ERROR_TERMINATED;
    if (!interrupted || err->hint[0] != '\0' || invocation->settings->dry_run)
        return;
    (void)error_detail(err, planned == 0
                                ? "nothing was begun"
                                : "nothing is half done: what was under way was rolled back");
    (void)error_hint(err, "Run `lockstep %s` again to go on, or `lockstep status` to look.",
                     invocation->command->name);
}

static bool
finish(RunCommand *run, bool succeeded, Error *err)
{
    if (!succeeded)
        tell_what_is_done(run, err);
    if (run->log != NULL) {
        event_log_finish(run->log, report_json(run, err));
        run->invocation->error_is_told = true;
    }
    if (run->invocation->settings->format == FORMAT_JSON)
        json_write(run->invocation->out, report_json(run, err));
    else if (succeeded)
        write_text(run);
    return succeeded;
}

bool
run_command(Invocation *invocation, const RunVerb *verb, const char *to, Error *err)
{
    RunCommand run = {.invocation = invocation, .verb = verb, .to = to};
    Connection connection;
    const char *version = NULL;
    bool may_create = verb->may_create_sandbox && !invocation->settings->dry_run;
    if ((to != NULL && !parse_version(&run, &version, err)) ||
        !connection_choose(invocation, may_create, &connection, err))
        return false;

    RunOptions options = run_options_of(invocation, &connection);
    options.to = version;
    if (!cancel_order_parse(invocation->arena, invocation->settings->cancel_blockers, &options,
                            err))
        return false;
    run.journal = options.journal_path != NULL ? options.journal_path
                                               : journal_default_path(invocation->arena);
    Progress *progress = start_progress(&run, &connection);
    const RunObserver *observer = progress_observer(progress);
    if (invocation->settings->log_format == LOG_FORMAT_JSON) {
        run.log = event_log_new(invocation->arena, invocation->messages, invocation->command->name);
        observer = event_log_observer(run.log);
    }
    int64_t started = duration_clock_ms();
    bool succeeded = verb->run(invocation->arena, &options, observer, &run.report, err);
    run.elapsed_ms = duration_clock_ms() - started;
    progress_finish(progress);
    return finish(&run, succeeded, err);
}
