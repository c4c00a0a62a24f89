/* SPDX-License-Identifier: MIT */
#include "cli/input.h"

#include <string.h>

#include "base/log.h"
#include "cli/live_input.h"
#include "source/line_index.h"

static bool
reads_standard_input(const StringList *paths)
{
    foreach (path, paths) {
        if (strcmp(*path, "-") == 0)
            return true;
    }
    return false;
}

static bool
load_schema(const Invocation *invocation, const char *path, const SourceFile **out, Error *err)
{
    if (strcmp(path, "-") == 0 && reads_standard_input(&invocation->arguments))
        return error_set(err, ERROR_USAGE,
                         "--schema and the migrations cannot both be standard input");
    *out = source_read(invocation->arena, path, (size_t)invocation->settings->max_file_size);
    if (source_require(*out, err))
        return true;
    (void)error_hint(err, "Give --schema a readable file, as `pg_dump --schema-only` writes it.");
    return error_context(err, "--schema");
}

static bool
read_schema(const Invocation *invocation, Input *out, Error *err)
{
    const Settings *settings = invocation->settings;
    if (settings->schema == NULL)
        return true;
    out->files.left_out = settings->schema;
    if (!live_input_wanted(settings))
        return load_schema(invocation, settings->schema, &out->schema, err);
    (void)error_set(err, ERROR_USAGE, "both --url and --schema say what exists before");
    return error_hint(err, "Leave one of them out.");
}

/* Where nothing at all is left to read, the last one is the command's own error. */
static bool
say_problems(const DiscoveredFiles *files, Error *err)
{
    const bool is_all = files->migrations.count == 0 && files->problems.count > 0;
    const size_t said = files->problems.count - (is_all ? 1 : 0);
    for (size_t i = 0; i < said; i++)
        log_error(files->problems.items[i]);
    if (is_all)
        *err = *files->problems.items[said];
    return !is_all;
}

bool
input_load(const Invocation *invocation, Input *out, Error *err)
{
    Arena *arena = invocation->arena;
    const Settings *settings = invocation->settings;
    const StringList *paths = &invocation->arguments;
    const DiscoverOptions options = {.max_bytes = (size_t)settings->max_file_size,
                                     .layout = setting_layout(settings),
                                     .jobs = (size_t)settings->jobs,
                                     .variables = &settings->variables};
    StringList usual = {0};
    if (paths->count == 0) {
        LIST_APPEND(arena, &usual, settings->migrations);
        paths = &usual;
    }
    out->pg_version = (int)settings->pg_version;
    if (!read_schema(invocation, out, err))
        return false;
    discover_paths(arena, &options, paths, &out->files);
    if (!say_problems(&out->files, err) ||
        (live_input_wanted(settings) && !live_input_load(invocation, out, err)))
        return false;
    live_input_leave_out_applied(invocation, out);
    return true;
}

bool
input_is_whole(const Input *input)
{
    return input->files.problems.count == 0;
}

void
input_warn(Arena *scratch, const Input *input, const SyntaxErrorList *errors)
{
    foreach (path, &input->files.snapshots)
        log_message(LOG_LEVEL_NOTE,
                    "%s is taken for the schema that the migrations beside it make, and not for "
                    "one of them: it is read only where its path is given",
                    *path);
    if (input->files.checks.count > 0)
        log_message(LOG_LEVEL_NOTE,
                    "%s%s checks what a migration has done, and is none itself: it is left out",
                    input->files.checks.items[0],
                    input->files.checks.count > 1 ? " and each other of its kind" : "");
    if (errors->count == 0)
        return;
    const SourceFile *schema = input->schema;
    const LineIndex *lines = line_index_new(scratch, schema->text, schema->length);
    foreach (error, errors)
        log_message(LOG_LEVEL_WARNING, "%s:%zu: %s%s", schema->path,
                    line_index_position(lines, error->span.start).line, error->message,
                    error->is_connect ? "" : ": what it makes is not known");
}
