/* SPDX-License-Identifier: MIT */
#include "run/verify.h"

#include <string.h>

#include "parse/parse.h"
#include "run/look.h"
#include "run/token_checksum.h"
#include "run/verify_catalog.h"
#include "source/version.h"

typedef struct VerifyLook {
    MigrationList migrations;
    const SourceFile *schema;
    RunVerify *out;
} VerifyLook;

const char *
problem_kind_key(ProblemKind kind)
{
    static const char *const keys[] = {
        [PROBLEM_FILE_CHANGED] = "file-changed",     [PROBLEM_FILE_MISSING] = "file-missing",
        [PROBLEM_FILE_LATE] = "file-late",           [PROBLEM_DOWN_CHANGED] = "down-changed",
        [PROBLEM_HALF_DONE] = "half-done",           [PROBLEM_INVALID_INDEX] = "invalid-index",
        [PROBLEM_DETACH_PENDING] = "detach-pending", [PROBLEM_SCHEMA] = "schema"};
    return keys[kind];
}

static void
add_problem(Arena *arena, RunVerify *out, ProblemKind kind, const char *version,
            const char *message)
{
    LIST_APPEND(arena, &out->problems,
                (VerifyProblem){.kind = kind, .version = version, .message = message});
}

static const char *
tokens_of(Arena *arena, const char *text)
{
    const Script *script = parse_script(arena, text, strlen(text));
    return token_checksum(arena, text, script);
}

/* Comments and white space do not matter here either. */
static bool
down_changed(Arena *arena, const PlanItem *item)
{
    const HistoryRow *applied = item->applied;
    SourceFile *down = item->migration != NULL ? item->migration->down : NULL;
    if (down == NULL || applied == NULL || applied->down_sql == NULL || down->broken != NULL ||
        strcmp(source_checksum(arena, down), applied->down_checksum) == 0)
        return false;
    return strcmp(tokens_of(arena, down->text), tokens_of(arena, applied->down_sql)) != 0;
}

static void
check_item(Arena *arena, const PlanItem *item, RunVerify *out)
{
    const char *version = item->version_text;
    const char *label = version_label(arena, version, item->name);
    if (item->file == FILE_CHANGED)
        add_problem(arena, out, PROBLEM_FILE_CHANGED, version,
                    arena_printf(arena, "%s has changed since it was applied", label));
    if (item->file == FILE_MISSING)
        add_problem(arena, out, PROBLEM_FILE_MISSING, version,
                    arena_printf(arena, "%s is applied, but its file is not there", label));
    if (item->out_of_order)
        add_problem(arena, out, PROBLEM_FILE_LATE, version,
                    arena_printf(arena, "%s is pending, but a newer one is applied", label));
    if (item->state == PLAN_HALF_UP || item->state == PLAN_HALF_DOWN)
        add_problem(arena, out, PROBLEM_HALF_DONE, version,
                    arena_printf(arena, "the %s of %s stopped half way",
                                 item->state == PLAN_HALF_UP ? "up" : "down", label));
    if (down_changed(arena, item))
        add_problem(arena, out, PROBLEM_DOWN_CHANGED, version,
                    arena_printf(arena, "the down of %s has changed since it was applied", label));
}

static bool
check_leftovers(RunSession *session, RunVerify *out, Error *err)
{
    Arena *arena = session->arena;
    LeftoverList leftovers;
    if (!facts_leftovers(arena, session->db, &leftovers, err))
        return false;
    foreach (left, &leftovers) {
        const char *message =
            left->is_index
                ? arena_printf(arena,
                               "index %s of %s is INVALID: no query uses it, and every "
                               "write pays for it",
                               left->name, left->table)
                : arena_printf(arena, "the detachment of partition %s from %s was never finished",
                               left->name, left->table);
        add_problem(arena, out, left->is_index ? PROBLEM_INVALID_INDEX : PROBLEM_DETACH_PENDING,
                    NULL, message);
    }
    return true;
}

static bool
check_catalog(RunSession *session, const VerifyLook *look, Error *err)
{
    RunVerify *out = look->out;
    CatalogVerdict verdict;
    if (!verify_catalog(session, &out->plan, look->schema, &verdict, err))
        return false;
    out->not_compared = verdict.not_compared;
    out->is_compared = verdict.not_compared == NULL;
    out->partitions = verdict.partitions;
    out->unsure_files = verdict.unsure_files;
    if (verdict.unsure_files.count > 0) {
        out->unsure = verdict.differences;
        return true;
    }
    foreach (difference, &verdict.differences)
        add_problem(session->arena, out, PROBLEM_SCHEMA, NULL, *difference);
    return true;
}

static bool
look_for_problems(RunSession *session, void *context, Error *err)
{
    const VerifyLook *look = context;
    RunVerify *out = look->out;
    Arena *arena = session->arena;
    History *history = ARENA_NEW(arena, History);
    bool is_ours = false;
    out->target = session->target;
    if (!history_load(arena, session->db, session->options->history_schema, HISTORY_DOWNS, history,
                      err) ||
        !facts_lock_holder(arena, session->db, session->advisory_key, &out->runner, &is_ours, err))
        return false;
    out->is_running = out->runner.pid != 0;
    plan_make(arena, &look->migrations, history, &out->plan);
    foreach (item, &out->plan.items)
        check_item(arena, item, out);
    return check_leftovers(session, out, err) && check_catalog(session, look, err);
}

bool
run_verify(Arena *arena, const RunOptions *options, const SourceFile *schema,
           const RunObserver *observer, RunVerify *out, Error *err)
{
    VerifyLook *look = ARENA_NEW(arena, VerifyLook);
    *out = (RunVerify){0};
    look->schema = schema;
    look->out = out;
    return look_discover(arena, options, false, NULL, &look->migrations, err) &&
           look_at(arena, options, observer, look_for_problems, look, err);
}
