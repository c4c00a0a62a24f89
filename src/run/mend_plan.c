/* SPDX-License-Identifier: MIT */
#include "run/mend_plan.h"

#include <stdlib.h>
#include <string.h>

#include "source/version.h"

const char *
mend_kind_key(MendKind kind)
{
    static const char *const keys[] = {
        [MEND_BASELINE] = "baseline",       [MEND_ACCEPT] = "accept",
        [MEND_FORGET] = "forget",           [MEND_STEP_DONE] = "step-done",
        [MEND_STEP_FAILED] = "step-failed", [MEND_DROP_INDEX] = "drop-index",
        [MEND_FINALIZE] = "finalize"};
    return keys[kind];
}

typedef struct MendPlanner {
    Arena *arena;
    const Plan *plan;
    const History *history;
    MendReport *out;
} MendPlanner;

static const char *
label(const MendPlanner *planner, const PlanItem *item)
{
    return version_label(planner->arena, item->version_text, item->name);
}

static bool
find_item(const MendPlanner *planner, const char *version, const PlanItem **out, Error *err)
{
    size_t digits = strspn(version, "0123456789");
    const char *number = digits > 0 && version[digits] == '\0'
                             ? version_of_digits(planner->arena, version, digits)
                             : version;
    foreach (item, &planner->plan->items) {
        *out = item;
        if (strcmp(item->version, number) == 0 || strcmp(item->version_text, version) == 0)
            return true;
    }
    (void)error_set(err, ERROR_USAGE, "there is no migration with version %s", version);
    (void)error_hint(err, "List the versions with `lockstep status`.");
    return false;
}

static void
add(const MendPlanner *planner, MendKind kind, const PlanItem *item, const HistoryStep *step,
    const char *words)
{
    LIST_APPEND(planner->arena, &planner->out->mends,
                (Mend){.kind = kind,
                       .version = item->version_text,
                       .name = item->name,
                       .words = words,
                       .item = item,
                       .step = step});
}

static bool
is_half_done(const PlanItem *item)
{
    return item->state == PLAN_HALF_UP || item->state == PLAN_HALF_DOWN;
}

static bool
refuse_half_done(const MendPlanner *planner, const PlanItem *item, Error *err)
{
    (void)error_set(err, ERROR_HALF_DONE, "%s stopped half way", label(planner, item));
    return error_hint(err, "Run `lockstep %s` to finish it first.",
                      item->state == PLAN_HALF_UP ? "up" : "down");
}

/* ---- baseline */

static bool
check_is_new(const MendPlanner *planner, const MendRequest *request, Error *err)
{
    size_t rows = planner->history->rows.count;
    if (rows == 0 || request->has_history)
        return true;
    (void)error_set(err, ERROR_GATE, "the history has %zu row%s already", rows,
                    rows == 1 ? "" : "s");
    return error_hint(err, "See them with `lockstep history`; --yes records what is not applied "
                           "yet all the same.");
}

static bool
plan_baseline(const MendPlanner *planner, const MendRequest *request, Error *err)
{
    const PlanItem *last = NULL;
    if (!check_is_new(planner, request, err) || !find_item(planner, request->baseline, &last, err))
        return false;
    foreach (item, &planner->plan->items) {
        if (item > last)
            break;
        if (is_half_done(item))
            return refuse_half_done(planner, item, err);
        if (item->applied == NULL && item->migration != NULL && item->migration->up != NULL)
            add(planner, MEND_BASELINE, item, NULL,
                arena_printf(planner->arena, "record %s as applied", label(planner, item)));
    }
    return true;
}

/* ---- files */

static bool
find_applied(const MendPlanner *planner, const char *version, const PlanItem **out, Error *err)
{
    if (!find_item(planner, version, out, err))
        return false;
    if (is_half_done(*out))
        return refuse_half_done(planner, *out, err);
    return (*out)->applied != NULL ||
           error_set(err, ERROR_USAGE, "%s is not applied", label(planner, *out));
}

/* A changed way back is accepted with its file. */
static bool
plan_accept(const MendPlanner *planner, const char *version, Error *err)
{
    const PlanItem *item = NULL;
    if (!find_applied(planner, version, &item, err))
        return false;
    const char *name = label(planner, item);
    if (item->migration == NULL || item->migration->up == NULL) {
        (void)error_set(err, ERROR_USAGE, "%s has no file that could be accepted", name);
        return error_hint(err, "Where it is gone for good, say --forget %s.", version);
    }
    add(planner, MEND_ACCEPT, item, NULL,
        arena_printf(planner->arena, "take the file of %s as it is now for what was applied",
                     name));
    return true;
}

static bool
plan_forget(const MendPlanner *planner, const char *version, Error *err)
{
    const PlanItem *item = NULL;
    if (!find_applied(planner, version, &item, err))
        return false;
    const char *name = label(planner, item);
    if (item->file != FILE_MISSING) {
        (void)error_set(err, ERROR_USAGE, "%s has a file", name);
        return error_hint(err, "Revert it with `lockstep down`, or delete the file first.");
    }
    add(planner, MEND_FORGET, item, NULL,
        arena_printf(planner->arena, "record %s as not applied; what it did stays", name));
    return true;
}

/* ---- steps */

/* "7:3": the version may hold colons of its own. */
static bool
parse_step(const MendPlanner *planner, const char *text, const char **version, size_t *position,
           Error *err)
{
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    unsigned long number = colon != NULL ? strtoul(colon + 1, &end, 10) : 0;
    if (number == 0 || *end != '\0') {
        (void)error_set(err, ERROR_USAGE, "\"%s\" is not a step", text);
        (void)error_hint(err, "Write VERSION:STEP, such as 20260301120000:2.");
        return false;
    }
    *version = arena_strndup(planner->arena, text, (size_t)(colon - text));
    *position = number;
    return true;
}

static const HistoryStep *
find_running(const MendPlanner *planner, const PlanItem *item, size_t position)
{
    const HistoryStep *found = NULL;
    foreach (step, &planner->history->open_steps)
        if (step->state == STEP_RUNNING && step->position == position &&
            strcmp(step->version, item->version) == 0)
            found = step;
    return found;
}

static bool
plan_step(const MendPlanner *planner, const char *text, MendKind kind, Error *err)
{
    const char *version = NULL;
    size_t position = 0;
    const PlanItem *item = NULL;
    if (!parse_step(planner, text, &version, &position, err) ||
        !find_item(planner, version, &item, err))
        return false;
    const HistoryStep *step = find_running(planner, item, position);
    if (step == NULL) {
        (void)error_set(err, ERROR_USAGE, "%s has no step %zu of which the end is not known",
                        label(planner, item), position);
        return error_hint(err, "`lockstep repair --dry-run` lists those that have one.");
    }
    add(planner, kind, item, step,
        arena_printf(planner->arena, "record step %zu of the %s of %s as %s", position,
                     step->is_down ? "down" : "up", label(planner, item),
                     kind == MEND_STEP_DONE ? "done" : "failed, without effect"));
    return true;
}

static bool
is_decided(const MendPlanner *planner, const HistoryStep *step)
{
    foreach (mend, &planner->out->mends)
        if (mend->step == step)
            return true;
    return false;
}

/* `up` looks at the catalog first, and mostly that tells. */
static void
list_undecided(const MendPlanner *planner)
{
    foreach (step, &planner->history->open_steps) {
        if (step->state != STEP_RUNNING || is_decided(planner, step))
            continue;
        LIST_APPEND(
            planner->arena, &planner->out->undecided,
            arena_printf(planner->arena,
                         "nobody saw the end of step %zu of version %s: the next `lockstep "
                         "%s` asks the catalog; where that does not tell, say --done %s:%zu "
                         "or --failed %s:%zu",
                         step->position, step->version, step->is_down ? "down" : "up",
                         step->version, step->position, step->version, step->position));
    }
}

static void
plan_leftovers(const MendPlanner *planner, const LeftoverList *leftovers)
{
    foreach (left, leftovers) {
        const char *words =
            left->is_index
                ? arena_printf(planner->arena, "drop index %s of %s, which is INVALID", left->name,
                               left->table)
                : arena_printf(planner->arena, "finish the detachment of partition %s from %s",
                               left->name, left->table);
        LIST_APPEND(planner->arena, &planner->out->mends,
                    (Mend){.kind = left->is_index ? MEND_DROP_INDEX : MEND_FINALIZE,
                           .name = left->name,
                           .words = words,
                           .leftover = left});
    }
}

static bool
plan_each(const MendPlanner *planner, const StringList *texts, MendKind kind, Error *err)
{
    foreach (text, texts) {
        bool ok = kind == MEND_ACCEPT   ? plan_accept(planner, *text, err)
                  : kind == MEND_FORGET ? plan_forget(planner, *text, err)
                                        : plan_step(planner, *text, kind, err);
        if (!ok)
            return false;
    }
    return true;
}

bool
mend_plan(Arena *arena, const MendRequest *request, const Plan *plan, const History *history,
          const LeftoverList *leftovers, MendReport *out, Error *err)
{
    const MendPlanner planner = {.arena = arena, .plan = plan, .history = history, .out = out};
    if ((request->baseline != NULL && !plan_baseline(&planner, request, err)) ||
        !plan_each(&planner, &request->accept, MEND_ACCEPT, err) ||
        !plan_each(&planner, &request->forget, MEND_FORGET, err) ||
        !plan_each(&planner, &request->steps_done, MEND_STEP_DONE, err) ||
        !plan_each(&planner, &request->steps_failed, MEND_STEP_FAILED, err))
        return false;
    if (request->leftovers) {
        plan_leftovers(&planner, leftovers);
        list_undecided(&planner);
    }
    return true;
}
