/* SPDX-License-Identifier: MIT */
#include "run/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "run/token_checksum.h"
#include "source/directive.h"

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
state_of(const History *history, int64_t version, const HistoryRow *applied)
{
    PlanState state = applied != NULL ? PLAN_APPLIED : PLAN_PENDING;
    for (size_t i = 0; i < history->open_steps.count; i++) {
        const HistoryStep *step = &history->open_steps.items[i];
        if (step->version == version && step->state != STEP_FAILED)
            state = step->is_down ? PLAN_HALF_DOWN : PLAN_HALF_UP;
    }
    return state;
}

static bool
add_item(Arena *arena, int64_t version, const Migration *migration, const History *history,
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
    item.version_text =
        migration != NULL ? migration->version_text : arena_printf(arena, "%" PRId64, version);
    item.name = migration != NULL ? migration->name : last != NULL ? last->name : "";
    item.has_down = (migration != NULL && migration->down != NULL) ||
                    (applied != NULL && applied->down_sql != NULL);
    if (!compare_file(arena, migration, applied, &item.file, err))
        return false;
    LIST_APPEND(arena, &plan->items, item);
    return true;
}

static const Migration *
find_migration(const MigrationList *migrations, int64_t version)
{
    for (size_t i = 0; i < migrations->count; i++)
        if (migrations->items[i].version == version)
            return &migrations->items[i];
    return NULL;
}

typedef LIST(int64_t) VersionList;

static int
compare_versions(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static VersionList
all_versions(Arena *arena, const MigrationList *migrations, const History *history)
{
    VersionList versions = {0};
    for (size_t i = 0; i < migrations->count; i++)
        LIST_APPEND(arena, &versions, migrations->items[i].version);
    for (size_t i = 0; i < history->rows.count; i++)
        LIST_APPEND(arena, &versions, history->rows.items[i].version);
    for (size_t i = 0; i < history->open_steps.count; i++)
        LIST_APPEND(arena, &versions, history->open_steps.items[i].version);
    if (versions.count > 0)
        qsort(versions.items, versions.count, sizeof versions.items[0], compare_versions);
    return versions;
}

static void
count_items(Plan *plan)
{
    int64_t newest = 0;
    for (size_t i = 0; i < plan->items.count; i++)
        if (plan->items.items[i].state == PLAN_APPLIED)
            newest = plan->items.items[i].version;
    for (size_t i = 0; i < plan->items.count; i++) {
        PlanItem *item = &plan->items.items[i];
        bool is_up = item->state == PLAN_APPLIED || item->state == PLAN_HALF_DOWN;
        item->out_of_order = item->state == PLAN_PENDING && item->version < newest;
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
    VersionList versions = all_versions(arena, migrations, history);
    for (size_t i = 0; i < versions.count; i++) {
        int64_t version = versions.items[i];
        if (i > 0 && version == versions.items[i - 1])
            continue;
        if (!add_item(arena, version, find_migration(migrations, version), history, out, err))
            return false;
    }
    count_items(out);
    return true;
}

static const char *
label(Arena *arena, const PlanItem *item)
{
    return arena_printf(arena, "%s_%s", item->version_text, item->name);
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

static const PlanItem *
find_item(const Plan *plan, int64_t version)
{
    foreach (item, &plan->items)
        if (item->version == version)
            return item;
    return NULL;
}

static bool
check_target(const Plan *plan, int64_t to, Error *err)
{
    if (to == 0 || find_item(plan, to) != NULL)
        return true;
    error_set(err, ERROR_USAGE, "there is no migration with version %" PRId64, to);
    return error_hint(err, "List the versions with `lockstep status`.");
}

bool
plan_up(Arena *arena, const Plan *plan, int64_t to, size_t count, bool allow_out_of_order,
        PlanOrder *out, Error *err)
{
    *out = (PlanOrder){0};
    if (!check_up(arena, plan, allow_out_of_order, err) || !check_target(plan, to, err))
        return false;
    for (size_t i = 0; i < plan->items.count; i++) {
        const PlanItem *item = &plan->items.items[i];
        bool wanted = item->state == PLAN_PENDING || item->state == PLAN_HALF_UP;
        if (!wanted || (to != 0 && item->version > to) || (count != 0 && out->count >= count))
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
plan_down(Arena *arena, const Plan *plan, size_t count, bool to_set, int64_t to, PlanOrder *out,
          Error *err)
{
    *out = (PlanOrder){0};
    const char *half = labels_where(arena, plan, is_half_up);
    if (half[0] != '\0') {
        error_set(err, ERROR_HALF_DONE, "%s stopped half way", half);
        return error_hint(err, "Run `lockstep up` to finish it first.");
    }
    if (to_set && !check_target(plan, to, err))
        return false;
    size_t limit = to_set ? SIZE_MAX : count > 0 ? count : 1;
    for (size_t i = plan->items.count; i > 0 && out->count < limit; i--) {
        const PlanItem *item = &plan->items.items[i - 1];
        if (item->applied == NULL || (to_set && item->version <= to))
            continue;
        if (!item->has_down)
            return refuse_down(arena, item, err);
        LIST_APPEND(arena, out, i - 1);
    }
    return true;
}
