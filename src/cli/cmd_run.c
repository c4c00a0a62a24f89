/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "base/duration.h"
#include "base/term.h"
#include "cli/command.h"
#include "cli/connection.h"
#include "cli/dry_run.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/run_json.h"
#include "cli/words.h"
#include "journal/journal.h"
#include "run/run.h"
#include "source/version.h"

typedef struct RunCommand {
    Invocation *invocation;
    Direction direction;
    const char *journal; /* where it is; NULL where nobody knows */
    RunReport report;
    int64_t elapsed_ms;
} RunCommand;

/* Zero is before the first migration: a place to go down to only. */
static bool
parse_target(const RunCommand *run, const char *text, const char **out, Error *err)
{
    size_t digits = strspn(text, "0123456789");
    *out = digits > 0 && text[digits] == '\0'
               ? version_of_digits(run->invocation->arena, text, digits)
               : text;
    if (strcmp(*out, "0") != 0 || run->direction == DIRECTION_DOWN)
        return true;
    (void)error_set(err, ERROR_USAGE, "--to: there is no migration with version 0");
    return error_hint(err, "Write the version to stop after; `lockstep down --to 0` reverts all.");
}

static bool
make_options(const RunCommand *run, const Connection *connection, RunOptions *out, Error *err)
{
    const Settings *settings = run->invocation->settings;
    *out = run_options_default();
    out->conninfo = connection->conninfo;
    out->directory = settings->migrations;
    out->layout = setting_layout(settings);
    out->max_bytes = (size_t)settings->max_file_size;
    out->history_schema = settings->history_schema;
    out->journal_path = settings->journal;
    out->command = run->invocation->command->name;
    out->connect_timeout_ms = settings->connect_timeout_ms;
    out->lock_timeout_ms = settings->lock_timeout_ms;
    out->statement_timeout_ms = settings->statement_timeout_ms;
    out->lock_wait_ms = settings->lock_wait_ms;
    out->retry_budget_ms = settings->lock_budget_ms;
    out->allow_out_of_order = settings->allow_out_of_order;
    out->dry_run = settings->dry_run;
    out->count = (size_t)settings->count;
    return settings->to == NULL || parse_target(run, settings->to, &out->to, err);
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
count_done(const MigrationResultList *results)
{
    size_t done = 0;
    foreach (result, results)
        done += result->done;
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

static void
write_dry_run(const RunCommand *run)
{
    const RunReport *report = &run->report;
    Arena *arena = run->invocation->arena;
    FILE *out = run->invocation->out;
    if (report->planned.count == 0) {
        fprintf(out, "nothing would be %s\n", past_word(run->direction));
        return;
    }
    fprintf(out, "would be %s, in this order:\n", past_word(run->direction));
    for (size_t i = 0; i < report->planned.count; i++) {
        const PlanItem *item = &report->planned.items[i];
        fprintf(out, "  %s\n", version_label(arena, item->version_text, item->name));
        dry_run_write(out, arena, report, i);
    }
    fprintf(out, "%s; nothing was written\n",
            words_count(arena, report->planned.count, "migration"));
}

static const char *
why_nothing(const RunCommand *run)
{
    Arena *arena = run->invocation->arena;
    const char *to = run->invocation->settings->to;
    switch (run->direction) {
    case DIRECTION_UP:
        return to == NULL ? "no migration is pending"
                          : arena_printf(arena, "no migration up to %s is pending", to);
    case DIRECTION_DOWN:
        return to == NULL ? "no migration is applied"
                          : arena_printf(arena, "no migration newer than %s is applied", to);
    }
    abort();
}

static void
write_text(const RunCommand *run)
{
    const RunReport *report = &run->report;
    Arena *arena = run->invocation->arena;
    FILE *out = run->invocation->out;
    size_t done = count_done(&report->migrations);
    if (run->invocation->settings->dry_run) {
        write_dry_run(run);
        return;
    }
    if (done == 0)
        fprintf(out, "nothing to do: %s", why_nothing(run));
    else
        fprintf(out, "%s %s in %s", past_word(run->direction),
                words_count(arena, done, "migration"), words_elapsed(arena, run->elapsed_ms));
    if (report->pending_after > 0)
        fprintf(out, "; %zu pending", report->pending_after);
    fputc('\n', out);
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
        json_t *item = run_json_plan_item(&report->planned.items[i]);
        json_put(item, "transactions", dry_run_json(report, i));
        if (json_array_append_new(list, item) != 0)
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

static void
write_json(const RunCommand *run, const Error *err)
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
    json_put(result, "migrations", results_json(&report->migrations));
    json_put_number(result, "pending_after", (long long)report->pending_after);
    json_put_number(result, "duration_ms", run->elapsed_ms);
    json_put(result, "error", json_error(err));
    json_write(run->invocation->out, result);
}

/* The error says what happened to the migration at hand; this says what became of the others, and
 * of one that was interrupted. */
static void
tell_what_is_done(const RunCommand *run, Error *err)
{
    const Invocation *invocation = run->invocation;
    size_t done = count_done(&run->report.migrations);
    size_t planned = run->report.planned.count;
    if (planned > 0 && !invocation->settings->dry_run && !invocation->settings->quiet)
        fprintf(invocation->messages, "%s %zu of %s\n", past_word(run->direction), done,
                words_count(invocation->arena, planned, "migration"));

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
    if (run->invocation->settings->format == FORMAT_JSON)
        write_json(run, err);
    else if (succeeded)
        write_text(run);
    return succeeded;
}

static bool
run_migrations(Invocation *invocation, Direction direction, Error *err)
{
    Arena *arena = invocation->arena;
    RunCommand run = {.invocation = invocation, .direction = direction};
    Connection connection;
    RunOptions options;
    bool may_create = direction == DIRECTION_UP && !invocation->settings->dry_run;
    if (!connection_choose(invocation, may_create, &connection, err) ||
        !make_options(&run, &connection, &options, err))
        return false;

    run.journal = options.journal_path != NULL ? options.journal_path : journal_default_path(arena);
    Progress *progress = start_progress(&run, &connection);
    const RunObserver *observer = progress_observer(progress);
    int64_t started = duration_clock_ms();
    bool succeeded = direction == DIRECTION_UP
                         ? run_up(arena, &options, observer, &run.report, err)
                         : run_down(arena, &options, observer, &run.report, err);
    run.elapsed_ms = duration_clock_ms() - started;
    progress_finish(progress);
    return finish(&run, succeeded, err);
}

bool
cmd_up(Invocation *invocation, Error *err)
{
    return run_migrations(invocation, DIRECTION_UP, err);
}

bool
cmd_down(Invocation *invocation, Error *err)
{
    return run_migrations(invocation, DIRECTION_DOWN, err);
}
