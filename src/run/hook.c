/* SPDX-License-Identifier: MIT */
#include "run/hook.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "db/interrupt.h"
#include "parse/parse.h"
#include "run/child.h"
#include "source/line_index.h"
#include "source/segment.h"
#include "source/version.h"

const char *
hook_moment_words(HookMoment moment)
{
    static const char *const words[HOOK_MOMENT_COUNT] = {"before-run", "before-each", "after-each",
                                                         "after-run"};
    return words[moment];
}

const char *
hook_words(Arena *arena, const Hook *hook)
{
    return arena_printf(arena, "%s:%s", hook->kind == HOOK_SQL ? "sql" : "command", hook->path);
}

/* ---- SQL */

typedef struct HookScript {
    SourceFile *file;
    const Script *script;
} HookScript;

static const char *
place(Arena *arena, const HookScript *hook, size_t offset)
{
    Position at = line_index_position(source_lines(arena, hook->file), offset);
    return arena_printf(arena, "%s:%zu:%zu", hook->file->path, at.line, at.column);
}

static bool
refuse(Arena *arena, const HookScript *hook, size_t offset, const char *why, Error *err)
{
    return error_set(err, ERROR_USAGE, "%s: %s", place(arena, hook, offset), why);
}

static bool
read_script(Arena *arena, const RunOptions *options, const char *path, HookScript *out, Error *err)
{
    const char *problem = NULL;
    size_t problem_at = 0;
    *out = (HookScript){.file = source_read(arena, path, options->max_bytes)};
    if (!source_require(out->file, err))
        return false;
    out->script = parse_script(arena, out->file->text, out->file->length);
    if (out->script->errors.count > 0)
        return refuse(arena, out, out->script->errors.items[0].span.start,
                      out->script->errors.items[0].message, err);
    const SegmentList segments = segment_script(arena, out->script, false, &problem, &problem_at);
    const StatementList *statements = &out->script->statements;
    if (problem != NULL)
        return refuse(arena, out, statements->items[problem_at].span.start, problem, err);
    foreach (segment, &segments)
        if (segments.count > 1 || !segment->in_transaction)
            return refuse(arena, out, statements->items[segment->first].span.start,
                          "a hook is one transaction, and this statement cannot be in it", err);
    foreach (statement, statements)
        if (statement->copy_data.end > statement->copy_data.start)
            return refuse(arena, out, statement->span.start, "a hook has no data of COPY", err);
    return true;
}

static bool
send_statements(RunSession *session, const HookScript *hook, Error *err)
{
    foreach (statement, &hook->script->statements) {
        const char *sql = arena_strndup(session->arena, hook->file->text + statement->span.start,
                                        statement->span.end - statement->span.start);
        if (!db_execute(session->db, sql, err))
            return error_context(err, "%s", place(session->arena, hook, statement->span.start));
    }
    return true;
}

/* Of each statement; 0: none. */
static int64_t
sql_timeout(const RunOptions *options)
{
    int64_t of_hooks = options->hook_timeout_ms;
    int64_t of_all = options->statement_timeout_ms;
    return of_all != 0 && (of_hooks == 0 || of_all < of_hooks) ? of_all : of_hooks;
}

static bool
run_sql(RunSession *session, const Hook *hook, Error *err)
{
    HookScript script;
    Error ignored;
    const char *begin = arena_printf(
        session->arena,
        "BEGIN; SET LOCAL lock_timeout = %" PRId64 "; SET LOCAL statement_timeout = %" PRId64,
        session->options->lock_timeout_ms, sql_timeout(session->options));
    session_expect(session, 0);
    session->is_clean = false;
    bool ok = read_script(session->arena, session->options, hook->path, &script, err) &&
              db_execute(session->db, begin, err) && send_statements(session, &script, err) &&
              db_execute(session->db, "COMMIT", err);
    if (!ok && !db_is_lost(session->db) && db_in_transaction(session->db))
        (void)!db_execute(session->db, "ROLLBACK", &ignored);
    session_expect(session, SESSION_ANSWER_MS);
    return ok;
}

/* ---- programs */

static void
add_fact(Arena *arena, StringList *list, const char *name, const char *value)
{
    if (value != NULL)
        LIST_APPEND(arena, list, arena_printf(arena, "LOCKSTEP_HOOK_%s=%s", name, value));
}

/* No password is in any of these. */
static StringList
environment_of(const RunSession *session, HookMoment moment, const HookFacts *facts)
{
    Arena *arena = session->arena;
    const MigrationEvent *migration = facts->migration;
    StringList list = {0};
    add_fact(arena, &list, "MOMENT", hook_moment_words(moment));
    add_fact(arena, &list, "COMMAND", session->options->command);
    add_fact(arena, &list, "RUN", session->run);
    add_fact(arena, &list, "TARGET", session->target.label);
    add_fact(arena, &list, "DATABASE", session->target.database);
    add_fact(arena, &list, "USER", session->target.user);
    add_fact(arena, &list, "PLANNED", arena_printf(arena, "%zu", facts->planned));
    add_fact(arena, &list, "DONE", arena_printf(arena, "%zu", facts->done));
    add_fact(arena, &list, "VERSION_APPLIED", facts->last_applied);
    add_fact(arena, &list, "OUTCOME", facts->outcome);
    if (migration != NULL) {
        add_fact(arena, &list, "VERSION", migration->version_text);
        add_fact(arena, &list, "NAME", migration->name);
        add_fact(arena, &list, "DIRECTION", direction_words(migration->direction));
    }
    return list;
}

static bool
run_command(RunSession *session, const Hook *hook, HookMoment moment, const HookFacts *facts,
            Error *err)
{
    const StringList environment = environment_of(session, moment, facts);
    const char *arguments[] = {hook->path, NULL};
    ChildResult result;
    int64_t within = session->options->hook_timeout_ms;
    if (!child_run_here(session->arena, arguments, &environment, within, &result, err))
        return false;
    if (result.status == 0 && !result.timed_out)
        return true;
    char limit[DURATION_SIZE];
    if (result.timed_out)
        (void)error_set(err, ERROR_GATE, "%s was not through within hook-timeout (%s)", hook->path,
                        duration_print((long)within, limit));
    else
        (void)error_set(err, ERROR_GATE, "%s ended with status %d", hook->path, result.status);
    if (result.output[0] != '\0')
        (void)error_detail(err, "%s", result.output);
    return false;
}

/* ---- all */

bool
hook_check_all(const RunSession *session, Error *err)
{
    for (HookMoment moment = HOOK_BEFORE_RUN; moment < HOOK_MOMENT_COUNT; moment++) {
        foreach (hook, &session->options->hooks.at[moment]) {
            HookScript script;
            bool ok = hook->kind == HOOK_COMMAND
                          ? child_can_run(hook->path, err)
                          : read_script(session->arena, session->options, hook->path, &script, err);
            if (!ok)
                return error_context(err, "%s", hook_moment_words(moment));
        }
    }
    return true;
}

bool
hook_run_all(RunSession *session, HookMoment moment, const HookFacts *facts, Error *err)
{
    foreach (hook, &session->options->hooks.at[moment]) {
        bool ok = hook->kind == HOOK_SQL ? run_sql(session, hook, err)
                                         : run_command(session, hook, moment, facts, err);
        if (ok)
            continue;
        (void)!interrupt_check(err);
        if (err->kind != ERROR_INTERRUPTED && err->kind != ERROR_TERMINATED)
            err->kind = ERROR_GATE;
        return error_context(err, "%s", hook_moment_words(moment));
    }
    return true;
}

void
hook_finish(RunSession *session, const HookFacts *facts, bool succeeded)
{
    foreach (hook, &session->options->hooks.at[HOOK_AFTER_RUN]) {
        Error problem = {0};
        if (hook->kind == HOOK_SQL && (!succeeded || db_is_lost(session->db)))
            continue;
        bool ok = hook->kind == HOOK_SQL
                      ? run_sql(session, hook, &problem)
                      : run_command(session, hook, HOOK_AFTER_RUN, facts, &problem);
        if (!ok && session->observer.notice != NULL)
            session->observer.notice(
                session->observer.context, "WARNING",
                arena_printf(session->arena, "after-run: %s%s%s", problem.message,
                             problem.detail[0] != '\0' ? ": " : "", problem.detail));
    }
}
