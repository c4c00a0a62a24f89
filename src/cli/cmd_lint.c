/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/input.h"
#include "lint/lint.h"
#include "report/baseline.h"
#include "report/report.h"
#include "source/git_since.h"

static const char *
today(Arena *arena)
{
    time_t now = time(NULL);
    struct tm utc;
    char text[16];
    if (gmtime_r(&now, &utc) == NULL || strftime(text, sizeof text, "%Y-%m-%d", &utc) == 0)
        return "1970-01-01";
    return arena_strdup(arena, text);
}

static Severity
least_that_fails(FailOn fail_on)
{
    switch (fail_on) {
    case FAIL_ON_ERROR:
        return SEVERITY_ERROR;
    case FAIL_ON_WARNING:
        return SEVERITY_WARNING;
    case FAIL_ON_NEVER:
        return SEVERITY_OFF;
    }
    abort();
}

static bool
has_failed(const LintResult *result, Severity least)
{
    size_t count = 0;
    for (int severity = SEVERITY_ERROR; least != SEVERITY_OFF && severity >= (int)least; severity--)
        count += result->count[severity];
    return count > 0;
}

/* A file that nobody could look into: whatever the others hold, the answer is not whole. */
static bool
is_incomplete(const LintResult *result)
{
    foreach (finding, &result->findings) {
        if (strcmp(finding->rule, FINDING_UNREADABLE_FILE) == 0)
            return true;
    }
    return false;
}

static void
write_report(const Invocation *invocation, const Input *input, const LintResult *result)
{
    Arena *arena = invocation->arena;
    const Settings *settings = invocation->settings;
    const ReportFormat *format =
        report_find(setting_choice_word(SETTING_FORMAT, (int)settings->format));
    Report report = {
        .result = result,
        .directory = file_current_directory(arena),
        .fails_at = least_that_fails(settings->fail_on),
        .style = {.colour = invocation->colour, .width = invocation->width}
    };
    report.root = file_above_with(arena, report.directory, ".git");
    ExplainResult explained;
    if (format->wants_effects) {
        const ReadingOptions options = {.pg_version = input->pg_version,
                                        .schema = input->schema,
                                        .runner = runner_find(runner_names[settings->runner]),
                                        .split_transactions = settings->split_transactions};
        explain_run(arena, &options, &input->files, &explained);
        report.explained = &explained;
    }
    format->write(invocation->out, arena, &report);
}

static bool
apply_baseline(Arena *arena, const Settings *settings, LintResult *result, Error *err)
{
    const char *written = settings->write_baseline;
    const char *path = written != NULL ? written : settings->baseline;
    BaselineEntryList stale = {0};
    if (path == NULL)
        return true;
    if ((written != NULL && !baseline_write(arena, written, result, err)) ||
        !baseline_apply(arena, path, result, &stale, err))
        return false;
    foreach (entry, &stale)
        log_message(LOG_LEVEL_WARNING, "%s: %s in %s occurs no more: write the baseline anew", path,
                    entry->rule, entry->file);
    return true;
}

/* Not silently: the same files may be run by lockstep by now. */
static void
suggest_runner(const Settings *settings, const StringList *layouts)
{
    if (settings->level[SETTING_RUNNER] > LEVEL_DEFAULT)
        return;
    foreach (layout, layouts) {
        if (runner_is_ours(runner_find(*layout)))
            continue;
        log_message(
            LOG_LEVEL_NOTE,
            "these files look like %s's, and are judged as `up` of lockstep would run them: "
            "--runner %s judges them by its habits, --runner lockstep says that this is "
            "meant",
            *layout, *layout);
        return;
    }
}

bool
cmd_lint(Invocation *invocation, Error *err)
{
    Arena *arena = invocation->arena;
    const Settings *settings = invocation->settings;
    Input input = {0};
    if (!input_load(invocation, &input, err) ||
        (settings->since != NULL && !git_since(arena, settings->since, &input.files, err)))
        return false;
    LintOptions options = {.pg_version = input.pg_version,
                           .today = today(arena),
                           .schema = input.schema,
                           .policy = &settings->policy,
                           .runner = runner_find(runner_names[settings->runner]),
                           .split_transactions = settings->split_transactions,
                           .jobs = (size_t)settings->jobs};
    LintResult result = {0};
    lint_run(arena, &options, &input.files, &result);
    input_warn(arena, &input, &result.schema_errors);
    suggest_runner(settings, &input.files.layouts);
    if (!apply_baseline(arena, settings, &result, err))
        return false;

    write_report(invocation, &input, &result);
    if (is_incomplete(&result) || !input_is_whole(&input))
        invocation->status = EXIT_USAGE;
    else if (has_failed(&result, least_that_fails(settings->fail_on)))
        invocation->status = EXIT_FINDINGS;
    return true;
}
