/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/explain_report.h"
#include "cli/input.h"
#include "cli/rule_document.h"
#include "lint/explain.h"

static bool
is_path(const char *argument)
{
    return strcmp(argument, "-") == 0 || access(argument, F_OK) == 0;
}

/* Only one argument can be the id of a rule; where a file has its name, it is the file. */
static const char *
wanted_rule(const StringList *arguments)
{
    const char *only = arguments->count == 1 ? arguments->items[0] : NULL;
    bool like_path = only == NULL || strchr(only, '/') != NULL || strchr(only, '.') != NULL;
    return like_path || is_path(only) ? NULL : only;
}

static bool
is_incomplete(const ExplainResult *result)
{
    foreach (file, &result->files) {
        if (file->source->broken != NULL)
            return true;
    }
    return false;
}

static bool
explain_files(Invocation *invocation, Error *err)
{
    Arena *arena = invocation->arena;
    Input input = {0};
    if (!input_load(invocation, &input, err))
        return false;
    const ReadingOptions options = {.pg_version = input.pg_version, .schema = input.schema};
    ExplainResult result;
    explain_run(arena, &options, &input.files, &result);
    input_warn(arena, &input, &result.schema_errors);

    if (invocation->settings->format == FORMAT_JSON)
        explain_json(invocation->out, &result);
    else
        explain_text(invocation->out, &result, invocation->colour, invocation->width);
    if (is_incomplete(&result) || !input_is_whole(&input))
        invocation->status = EXIT_USAGE;
    return true;
}

bool
cmd_explain(Invocation *invocation, Error *err)
{
    const char *id = wanted_rule(&invocation->arguments);
    if (id == NULL)
        return explain_files(invocation, err);
    if (!rule_document_find(id))
        return rule_document_unknown(invocation->arena, id, err);
    rule_document_write(invocation, id);
    return true;
}
