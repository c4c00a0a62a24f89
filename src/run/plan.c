/* SPDX-License-Identifier: MIT */
#include "run/plan.h"

#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "run/token_checksum.h"
#include "source/directive.h"
#include "source/version.h"

const char *
plan_state_words(PlanState state)
{
    static const char *const words[] = {"pending", "applied", "stopped half way",
                                        "reverted half way"};
    return words[state];
}

const char *
file_state_words(FileState state)
{
    static const char *const words[] = {"unchanged", "reformatted since it was applied",
                                        "changed since it was applied", "missing"};
    return words[state];
}

static bool
compare_file(Arena *arena, const Migration *migration, const HistoryRow *applied, FileState *out,
             Error *err)
{
    *out = FILE_SAME;
    if (migration == NULL || migration->up == NULL) {
        *out = applied != NULL ? FILE_MISSING : FILE_SAME;
        return true;
    }
    if (!source_require(migration->up, err))
        return false;
    if (applied == NULL || strcmp(source_checksum(arena, migration->up), applied->checksum) == 0)
        return true;
    const SourceFile *up = migration->up;
    const Script *script = parse_script(arena, up->text, up->length);
    const char *tokens = token_checksum(arena, up->text, script);
    bool same = script->errors.count == 0 && strcmp(tokens, applied->token_checksum) == 0;
    *out = same ? FILE_REFORMATTED : FILE_CHANGED;
    return true;
}

/* An attempt is half done when one of its steps is through, or may be. */
static PlanState
state_of(const History *history, const char *version, const HistoryRow *applied)
{
    PlanState state = applied != NULL ? PLAN_APPLIED : PLAN_PENDING;
    for (size_t i = 0; i < history->open_steps.count; i++) {
        const HistoryStep *step = &history->open_steps.items[i];
        if (strcmp(step->version, version) == 0 && step->state != STEP_FAILED)
            state = step->is_down ? PLAN_HALF_DOWN : PLAN_HALF_UP;
    }
    return state;
}

static bool
is_repeatable(const PlanItem *item)
{
    return item->migration != NULL && item->migration->is_repeatable;
}

static bool
add_item(Arena *arena, const char *version, const Migration *migration, const History *history,
         Plan *plan, Error *err)
{
    const HistoryRow *applied = history_find_applied(history, version);
    const HistoryRow *last = history_find_last(history, version);
    PlanState state = state_of(history, version, applied);
    /* A file that was reverted and deleted is history, and no more. */
    if (migration == NULL && state == PLAN_PENDING)
        return true;
    PlanItem item = {.version = version,
                     .migration = migration,
                     .state = state,
                     .applied = applied,
                     .last = last};
    item.version_text = migration != NULL ? migration->version_text : version;
    item.name = migration != NULL ? migration->name : last != NULL ? last->name : "";
    item.has_down = (migration != NULL && migration->down != NULL) ||
                    (applied != NULL && applied->down_sql != NULL);
    if (!compare_file(arena, migration, applied, &item.file, err))
        return false;
    if (is_repeatable(&item) && item.state == PLAN_APPLIED && item.file == FILE_CHANGED) {
        item.state = PLAN_PENDING;
        item.file = FILE_SAME;
    }
    LIST_APPEND(arena, &plan->items, item);
    return true;
}

/* All versions, each one once. */
typedef struct VersionOrder {
    Arena *arena;
    const MigrationList *migrations;
    LIST(const char *) versions;
} VersionOrder;

/* The number of the first one that comes after `version`, or of the one that it is itself. */
static size_t
place_of(const VersionOrder *order, const char *version, size_t previous, bool *known)
{
    size_t place = order->versions.count;
    bool is_number = strspn(version, "0123456789") > 0;
    *known = true;
    for (size_t i = 0; i < order->versions.count; i++) {
        const char *other = order->versions.items[i];
        if (strcmp(other, version) == 0)
            return i;
        bool comparable = is_number && strspn(other, "0123456789") > 0;
        if (comparable && place == order->versions.count && version_compare(other, version) > 0)
            place = i;
    }
    *known = false;
    return is_number ? place : previous;
}

/* What has no file stands where its number says; a name without one, behind what was recorded
 * before it. Returns the place behind it. */
static size_t
insert_version(VersionOrder *order, const char *version, size_t previous)
{
    bool known = false;
    size_t place = place_of(order, version, previous, &known);
    if (known)
        return place + 1;
    LIST_APPEND(order->arena, &order->versions, version);
    for (size_t i = order->versions.count - 1; i > place; i--)
        order->versions.items[i] = order->versions.items[i - 1];
    order->versions.items[place] = version;
    return place + 1;
}

static void
find_order(VersionOrder *order, const History *history)
{
    foreach (migration, order->migrations)
        LIST_APPEND(order->arena, &order->versions, migration->version);
    size_t place = 0;
    foreach (row, &history->rows)
        place = insert_version(order, row->version, place);
    foreach (step, &history->open_steps)
        place = insert_version(order, step->version, place);
}

static const Migration *
find_migration(const MigrationList *migrations, const char *version)
{
    foreach (migration, migrations)
        if (strcmp(migration->version, version) == 0)
            return migration;
    return NULL;
}

static void
count_items(Plan *plan)
{
    size_t newest = 0;
    for (size_t i = 0; i < plan->items.count; i++)
        if (plan->items.items[i].state == PLAN_APPLIED && !is_repeatable(&plan->items.items[i]))
            newest = i;
    for (size_t i = 0; i < plan->items.count; i++) {
        PlanItem *item = &plan->items.items[i];
        bool is_up = item->state == PLAN_APPLIED || item->state == PLAN_HALF_DOWN;
        item->out_of_order = item->state == PLAN_PENDING && i < newest;
        plan->pending += !is_up;
        plan->applied += is_up;
        plan->half_done += item->state == PLAN_HALF_UP || item->state == PLAN_HALF_DOWN;
        plan->out_of_order += item->out_of_order;
        plan->drifted += item->file == FILE_CHANGED;
        plan->missing += item->file == FILE_MISSING;
        plan->reformatted += item->file == FILE_REFORMATTED;
    }
}

bool
plan_make(Arena *arena, const MigrationList *migrations, const History *history, Plan *out,
          Error *err)
{
    *out = (Plan){0};
    VersionOrder order = {.arena = arena, .migrations = migrations};
    find_order(&order, history);
    foreach (version, &order.versions) {
        if (!add_item(arena, *version, find_migration(migrations, *version), history, out, err))
            return false;
    }
    count_items(out);
    return true;
}

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
check_up(Arena *arena, const Plan *plan, bool allow_out_of_order, Error *err)
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
    if (plan->out_of_order > 0 && !allow_out_of_order) {
        error_set(err, ERROR_DRIFT, "older than the newest applied migration, but not applied: %s",
                  labels_where(arena, plan, is_late));
        return error_hint(err, "Give the file a new version, or apply it where it stands with "
                               "--allow-out-of-order.");
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

bool
plan_up(Arena *arena, const Plan *plan, const char *to, size_t count, bool allow_out_of_order,
        PlanOrder *out, Error *err)
{
    size_t last = plan->items.count;
    *out = (PlanOrder){0};
    if (!check_up(arena, plan, allow_out_of_order, err) ||
        (to != NULL && !find_target(plan, to, &last, err)))
        return false;
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.items[i];
        bool wanted = item->state == PLAN_PENDING || item->state == PLAN_HALF_UP;
        if (!wanted || i > last || (count != 0 && out->count >= count))
            continue;
        if (item->migration == NULL || item->migration->up == NULL) {
            error_set(err, ERROR_HALF_DONE, "%s stopped half way, but its file is gone",
                      label(arena, item));
            return error_hint(err, "Check out the version of the project that has the file.");
        }
        LIST_APPEND(arena, out, i);
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
        if (item->applied == NULL || is_repeatable(item))
            continue;
        if (!item->has_down)
            return refuse_down(arena, item, err);
        LIST_APPEND(arena, out, i - 1);
    }
    return true;
}
