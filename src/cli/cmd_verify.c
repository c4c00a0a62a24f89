/* SPDX-License-Identifier: MIT */
#include "base/term.h"
#include "base/wrap.h"
#include "cli/command.h"
#include "cli/connection.h"
#include "cli/json.h"
#include "cli/run_json.h"
#include "cli/run_options.h"
#include "cli/words.h"
#include "run/verify.h"

/* What to do about each kind; said once for all problems of it. */
static const char *
way_out(ProblemKind kind)
{
    switch (kind) {
    case PROBLEM_FILE_CHANGED:
        return "put the file back as it was applied, or accept it as it is with `lockstep repair "
               "--accept VERSION`";
    case PROBLEM_FILE_MISSING:
        return "check out the version of the project that has the file; where it is gone for good, "
               "`lockstep repair --forget VERSION`";
    case PROBLEM_FILE_LATE:
        return "give it a new version, or apply it where it stands with `lockstep up --order "
               "allow`";
    case PROBLEM_DOWN_CHANGED:
        return "nothing, where the new way back is the better one: `lockstep repair --accept "
               "VERSION` stores it";
    case PROBLEM_HALF_DONE:
        return "run `lockstep up` or `lockstep down` again to go on where it stopped";
    case PROBLEM_INVALID_INDEX:
        return "`lockstep repair` drops it; build it again with CREATE INDEX CONCURRENTLY";
    case PROBLEM_DETACH_PENDING:
        return "run ALTER TABLE … DETACH PARTITION … FINALIZE";
    case PROBLEM_SCHEMA:
        return "undo what was done by hand, or write a migration that makes it so";
    }
    abort();
}

static void
write_list(const Invocation *invocation, const StringList *list)
{
    foreach (text, list)
        wrap_text(invocation->out, arena_printf(invocation->arena, "  %s", *text), 0, 4,
                  invocation->width);
}

static void
write_problems(const Invocation *invocation, const RunVerify *result)
{
    FILE *out = invocation->out;
    for (ProblemKind kind = PROBLEM_FILE_CHANGED; kind <= PROBLEM_SCHEMA; kind++) {
        bool any = false;
        foreach (problem, &result->problems) {
            if (problem->kind != kind)
                continue;
            const char *line =
                arena_printf(invocation->arena, "%s%s%s: %s",
                             term_style(invocation->colour, TERM_ERROR), problem_kind_key(kind),
                             term_style(invocation->colour, TERM_PLAIN), problem->message);
            wrap_text(out, line, 0, 2, invocation->width);
            any = true;
        }
        if (any)
            wrap_text(out, arena_printf(invocation->arena, "  to do: %s", way_out(kind)), 0, 4,
                      invocation->width);
    }
}

static void
write_unsure(const Invocation *invocation, const RunVerify *result)
{
    FILE *out = invocation->out;
    if (result->not_compared != NULL)
        wrap_text(out,
                  arena_printf(invocation->arena, "the catalog was not compared with the files: %s",
                               result->not_compared),
                  0, 2, invocation->width);
    if (result->unsure.count > 0) {
        fputs("these differ, which may be the work of code that cannot be foreseen:\n", out);
        write_list(invocation, &result->unsure);
        fputs("the code is in\n", out);
        write_list(invocation, &result->unsure_files);
    }
    if (result->partitions > 0)
        fprintf(out, "%s that no migration makes: left to the application\n",
                words_count(invocation->arena, result->partitions, "partition"));
}

static void
write_text(const Invocation *invocation, const RunVerify *result)
{
    FILE *out = invocation->out;
    fprintf(out, "%s (PostgreSQL %s)\n", result->target.label, result->target.server_version);
    if (result->is_running)
        fprintf(out, "another lockstep is at work here, and what it does now may show: %s\n",
                words_blocker(invocation->arena, &result->runner));
    write_problems(invocation, result);
    write_unsure(invocation, result);
    if (result->problems.count > 0)
        fprintf(out, "%s\n", words_count(invocation->arena, result->problems.count, "problem"));
    else
        fprintf(out, "files%s agree: %zu applied, %zu pending\n",
                result->is_compared ? ", history and catalog" : " and history",
                result->plan.applied, result->plan.pending);
}

static json_t *
list_json(const StringList *list)
{
    json_t *array = json_array();
    foreach (text, list)
        if (json_array_append_new(array, json_string(*text)) != 0)
            abort();
    return array;
}

static json_t *
problems_json(const RunVerify *result)
{
    json_t *list = json_array();
    foreach (problem, &result->problems) {
        json_t *object = json_object();
        json_put_text(object, "kind", problem_kind_key(problem->kind));
        json_put_text(object, "version", problem->version);
        json_put_text(object, "message", problem->message);
        if (json_array_append_new(list, object) != 0)
            abort();
    }
    return list;
}

static void
write_json(const Invocation *invocation, const RunVerify *result)
{
    json_t *object = json_result();
    json_put(object, "target", run_json_target(&result->target));
    json_put(object, "running", result->is_running ? run_json_blocker(&result->runner) : NULL);
    json_put_bool(object, "agrees", result->problems.count == 0);
    json_put_number(object, "applied", (long long)result->plan.applied);
    json_put_number(object, "pending", (long long)result->plan.pending);
    json_put(object, "problems", problems_json(result));
    json_put_bool(object, "catalog_compared", result->is_compared);
    json_put_text(object, "not_compared", result->not_compared);
    json_put(object, "unsure", list_json(&result->unsure));
    json_put(object, "unsure_files", list_json(&result->unsure_files));
    json_put_number(object, "partitions", (long long)result->partitions);
    json_write(invocation->out, object);
}

bool
cmd_verify(Invocation *invocation, Error *err)
{
    const Settings *settings = invocation->settings;
    Connection connection;
    RunVerify result;
    const SourceFile *schema = NULL;
    if (!connection_choose(invocation, false, &connection, err))
        return false;
    if (settings->schema != NULL) {
        schema = source_read(invocation->arena, settings->schema, (size_t)settings->max_file_size);
        if (!source_require(schema, err))
            return false;
    }
    RunOptions options = run_options_of(invocation, &connection);
    if (!run_verify(invocation->arena, &options, schema, NULL, &result, err))
        return false;
    if (settings->format == FORMAT_JSON)
        write_json(invocation, &result);
    else
        write_text(invocation, &result);
    if (result.problems.count > 0)
        invocation->status = EXIT_DRIFT;
    return true;
}
