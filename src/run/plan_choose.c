/* SPDX-License-Identifier: MIT */
/* What of a plan a command runs, or why it does not. */
#include <string.h>

#include "parse/parse.h"
#include "run/plan.h"
#include "source/directive.h"
#include "source/version.h"

static const char *
label(Arena *arena, const PlanItem *item)
{
    return version_label(arena, item->version_text, item->name);
}

/* "a, b and 3 more" */
static const char *
labels_where(Arena *arena, const Plan *plan, bool (*wanted)(const PlanItem *))
{
    const size_t most = 5;
    const char *text = "";
    size_t found = 0;
    foreach (item, &plan->items) {
        if (!wanted(item))
            continue;
        if (found < most)
            text = arena_printf(arena, "%s%s%s", text, found > 0 ? ", " : "", label(arena, item));
        found++;
    }
    return found > most ? arena_printf(arena, "%s and %zu more", text, found - most) : text;
}

static bool
has_drifted(const PlanItem *item)
{
    return item->file == FILE_CHANGED;
}

static bool
is_late(const PlanItem *item)
{
    return item->out_of_order;
}

static bool
is_half_down(const PlanItem *item)
{
    return item->state == PLAN_HALF_DOWN;
}

static bool
is_half_up(const PlanItem *item)
{
    return item->state == PLAN_HALF_UP;
}

static bool
check_up(Arena *arena, const Plan *plan, OrderPolicy policy, Error *err)
{
    const char *half = labels_where(arena, plan, is_half_down);
    if (half[0] != '\0') {
        error_set(err, ERROR_HALF_DONE, "the down of %s stopped half way", half);
        return error_hint(err, "Run `lockstep down` to finish it first.");
    }
    if (plan->drifted > 0) {
        error_set(err, ERROR_DRIFT, "changed since applied: %s",
                  labels_where(arena, plan, has_drifted));
        return error_hint(err, "Put the file back as it was applied and write a new migration for "
                               "the change, or revert it with `lockstep down` and apply it again.");
    }
    if (plan->out_of_order > 0 && policy == ORDER_STRICT) {
        error_set(err, ERROR_DRIFT, "older than the newest applied migration, but not applied: %s",
                  labels_where(arena, plan, is_late));
        return error_hint(err, "Give the file a new version, apply it where it stands with "
                               "--order allow, or leave it pending with --order skip.");
    }
    return true;
}

/* The number of the item with this version, as it is written or as the history has it. */
static bool
find_target(const Plan *plan, const char *to, size_t *out, Error *err)
{
    foreach (item, &plan->items) {
        *out = (size_t)(item - plan->items.items);
        if (strcmp(item->version, to) == 0 || strcmp(item->version_text, to) == 0)
            return true;
    }
    error_set(err, ERROR_USAGE, "there is no migration with version %s", to);
    return error_hint(err, "List the versions with `lockstep status`.");
}

static bool
needs_up(const PlanItem *item, OrderPolicy policy)
{
    return item->state == PLAN_HALF_UP ||
           (item->state == PLAN_PENDING && !(item->out_of_order && policy == ORDER_SKIP));
}

static bool
can_go_down(const PlanItem *item)
{
    bool is_repeatable = item->migration != NULL && item->migration->is_repeatable;
    return item->applied != NULL && !is_repeatable;
}

bool
plan_up(Arena *arena, const Plan *plan, const char *to, size_t count, OrderPolicy policy,
        PlanOrder *out, Error *err)
{
    size_t last = plan->items.count;
    *out = (PlanOrder){0};
    if (!check_up(arena, plan, policy, err) || (to != NULL && !find_target(plan, to, &last, err)))
        return false;
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.items[i];
        if (!needs_up(item, policy) || i > last || (count != 0 && out->count >= count))
            continue;
        if (item->migration == NULL || item->migration->up == NULL) {
            error_set(err, ERROR_HALF_DONE, "%s stopped half way, but its file is gone",
                      label(arena, item));
            return error_hint(err, "Check out the version of the project that has the file.");
        }
        LIST_APPEND(arena, out, (PlanStep){i, DIRECTION_UP});
    }
    return true;
}

/* Why there is no way back, in the author's words where they gave any. */
static bool
refuse_down(Arena *arena, const PlanItem *item, Error *err)
{
    error_set(err, ERROR_USAGE, "%s cannot be reverted: it has no down file", label(arena, item));
    if (item->migration != NULL && item->migration->up != NULL) {
        const SourceFile *up = item->migration->up;
        const Script *script = parse_script(arena, up->text, up->length);
        DirectiveList directives = directive_scan(arena, up->text, script);
        foreach (directive, &directives) {
            if (directive->kind != DIRECTIVE_IRREVERSIBLE)
                continue;
            error_set(err, ERROR_USAGE, "%s is declared irreversible: %s", label(arena, item),
                      directive->reason != NULL ? directive->reason : "no reason given");
            return error_hint(err, "Restore the database to the marker that was taken before it.");
        }
    }
    return error_hint(err, "Write its .down.sql, or restore the database to the marker that was "
                           "taken before it.");
}

bool
plan_down(Arena *arena, const Plan *plan, size_t count, const char *to, PlanOrder *out, Error *err)
{
    *out = (PlanOrder){0};
    const char *half = labels_where(arena, plan, is_half_up);
    if (half[0] != '\0') {
        error_set(err, ERROR_HALF_DONE, "%s stopped half way", half);
        return error_hint(err, "Run `lockstep up` to finish it first.");
    }
    size_t stays = 0; /* so many from the first one on */
    if (to != NULL && strcmp(to, "0") != 0) {
        if (!find_target(plan, to, &stays, err))
            return false;
        stays++;
    }
    size_t limit = to != NULL ? SIZE_MAX : count > 0 ? count : 1;
    for (size_t i = plan->items.count; i > stays && out->count < limit; i--) {
        const PlanItem *item = &plan->items.items[i - 1];
        if (!can_go_down(item))
            continue;
        if (!item->has_down)
            return refuse_down(arena, item, err);
        LIST_APPEND(arena, out, (PlanStep){i - 1, DIRECTION_DOWN});
    }
    return true;
}

static bool
refuse_redo(Arena *arena, const PlanItem *item, Error *err)
{
    (void)error_set(err, ERROR_USAGE, "%s cannot be applied again: its file is gone",
                    label(arena, item));
    return error_hint(err, "Check out the version of the project that has the file, or only "
                           "revert it with `lockstep down`.");
}

/* A plan in which those that are redone have no file that could have changed. */
static bool
check_others(Arena *arena, const Plan *plan, const PlanOrder *redone, Error *err)
{
    Plan others = *plan;
    others.items.items = ARENA_ARRAY(arena, PlanItem, plan->items.count);
    memcpy(others.items.items, plan->items.items, plan->items.count * sizeof(PlanItem));
    foreach (step, redone) {
        PlanItem *item = &others.items.items[step->item];
        others.drifted -= item->file == FILE_CHANGED;
        item->file = FILE_SAME;
        item->state = PLAN_PENDING;
    }
    return check_up(arena, &others, ORDER_SKIP, err);
}

bool
plan_redo(Arena *arena, const Plan *plan, size_t count, PlanOrder *out, Error *err)
{
    if (!plan_down(arena, plan, count, NULL, out, err) || !check_others(arena, plan, out, err))
        return false;
    for (size_t i = out->count; i > 0; i--) {
        PlanStep step = {out->items[i - 1].item, DIRECTION_UP};
        const PlanItem *item = &plan->items.items[step.item];
        if (item->migration == NULL || item->migration->up == NULL)
            return refuse_redo(arena, item, err);
        LIST_APPEND(arena, out, step);
    }
    return true;
}

bool
plan_goto(Arena *arena, const Plan *plan, const char *to, OrderPolicy policy, PlanOrder *out,
          Error *err)
{
    bool is_start = strcmp(to, "0") == 0;
    size_t last = 0;
    const PlanItem *too_far = NULL;
    const PlanItem *wanting = NULL;
    if (!is_start && !find_target(plan, to, &last, err))
        return false;
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.items[i];
        bool stays = !is_start && i <= last;
        if (!stays && can_go_down(item))
            too_far = item;
        if (stays && wanting == NULL && needs_up(item, policy))
            wanting = item;
    }
    if (too_far == NULL && !is_start)
        return plan_up(arena, plan, to, 0, policy, out, err);
    if (wanting == NULL)
        return plan_down(arena, plan, 0, to, out, err);
    (void)error_set(err, ERROR_USAGE,
                    "the way to %s is neither up nor down: %s is applied, %s is not", to,
                    label(arena, too_far), label(arena, wanting));
    return error_hint(err, "Run `lockstep down --to %s` and then `lockstep up --to %s`.", to, to);
}
