/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/input.h"
#include "lint/lint.h"
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

static bool
has_failed(const LintResult *result, FailOn fail_on)
{
    switch (fail_on) {
    case FAIL_ON_ERROR:
        return result->count[SEVERITY_ERROR] > 0;
    case FAIL_ON_WARNING:
        return result->count[SEVERITY_ERROR] + result->count[SEVERITY_WARNING] > 0;
    case FAIL_ON_NEVER:
        return false;
    }
    abort();
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
                           .policy = &settings->policy};
    LintResult result = {0};
    lint_run(arena, &options, &input.files, &result);
    input_warn(arena, &input, &result.schema_errors);

    const char *format = setting_choice_word(SETTING_FORMAT, (int)settings->format);
    ReportStyle style = {.colour = invocation->colour, .width = invocation->width};
    report_find(format)->write(invocation->out, arena, &result, style);
    if (is_incomplete(&result))
        invocation->status = EXIT_USAGE;
    else if (has_failed(&result, settings->fail_on))
        invocation->status = EXIT_FINDINGS;
    return true;
}
