/* SPDX-License-Identifier: MIT */
#include "run/plan.h"

#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "run/token_checksum.h"
#include "source/version.h"

#define uthash_malloc(size) arena_alloc(order->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#include <uthash.h>

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

static FileState
compare_file(Arena *arena, const Migration *migration, const HistoryRow *applied)
{
    if (migration == NULL || migration->up == NULL)
        return applied != NULL ? FILE_MISSING : FILE_SAME;
    if (applied == NULL || strcmp(source_checksum(arena, migration->up), applied->checksum) == 0)
        return FILE_SAME;
    const SourceFile *up = migration->up;
    const Script *script = parse_script(arena, up->text, up->length);
    const char *tokens = token_checksum(arena, up->text, script);
    bool same = script->errors.count == 0 && strcmp(tokens, applied->token_checksum) == 0;
    return same ? FILE_REFORMATTED : FILE_CHANGED;
}

static bool
is_repeatable(const PlanItem *item)
{
    return item->migration != NULL && item->migration->is_repeatable;
}

/* A version, once, in a chain that goes in the order of the plan. */
typedef struct VersionNode {
    const char *version;
    const Migration *migration; /* NULL: no file */
    const HistoryStep *open;    /* the newest step that is through, or may be */
    struct VersionNode *next;
    UT_hash_handle hh;
} VersionNode;

typedef struct VersionOrder {
    Arena *arena;
    VersionNode *known; /* by version */
    VersionNode head;   /* before the first one */
} VersionOrder;

static VersionNode *
find_version(const VersionOrder *order, const char *version)
{
    VersionNode *node = NULL;
    HASH_FIND_STR(order->known, version, node);
    return node;
}

static VersionNode *
insert_after(VersionOrder *order, VersionNode *previous, const char *version)
{
    VersionNode *node = ARENA_NEW(order->arena, VersionNode);
    node->version = version;
    node->next = previous->next;
    previous->next = node;
    HASH_ADD_KEYPTR(hh, order->known, version, strlen(version), node);
    return node;
}

static bool
is_number(const char *version)
{
    return strspn(version, "0123456789") > 0;
}

static int
compare_versions(const void *left, const void *right)
{
    return version_compare(*(const char *const *)left, *(const char *const *)right);
}

/* What has no file stands in front of the first file with a greater number. */
static void
insert_numbers(VersionOrder *order, StringList *versions)
{
    VersionNode *previous = &order->head;
    if (versions->count > 1)
        qsort(versions->items, versions->count, sizeof *versions->items, compare_versions);
    foreach (version, versions) {
        if (find_version(order, *version) != NULL)
            continue;
        while (previous->next != NULL && (!is_number(previous->next->version) ||
                                          version_compare(previous->next->version, *version) <= 0))
            previous = previous->next;
        previous = insert_after(order, previous, *version);
    }
}

/* What has neither file nor number stands behind what was recorded before it. */
static VersionNode *
insert_name(VersionOrder *order, VersionNode *previous, const char *version)
{
    VersionNode *node = find_version(order, version);
    return node != NULL ? node : insert_after(order, previous, version);
}

static void
find_order(VersionOrder *order, const MigrationList *migrations, const History *history)
{
    StringList numbers = {0};
    VersionNode *previous = &order->head;
    foreach (migration, migrations) {
        previous = insert_after(order, previous, migration->version);
        previous->migration = migration;
    }
    foreach (row, &history->rows)
        if (row->kind != HISTORY_MEND && is_number(row->version) &&
            find_version(order, row->version) == NULL)
            LIST_APPEND(order->arena, &numbers, row->version);
    foreach (step, &history->open_steps)
        if (is_number(step->version) && find_version(order, step->version) == NULL)
            LIST_APPEND(order->arena, &numbers, step->version);
    insert_numbers(order, &numbers);
    previous = &order->head;
    foreach (row, &history->rows)
        if (row->kind != HISTORY_MEND)
            previous = insert_name(order, previous, row->version);
    foreach (step, &history->open_steps) {
        previous = insert_name(order, previous, step->version);
        if (step->state != STEP_FAILED)
            previous->open = step;
    }
}

/* An attempt is half done when one of its steps is through, or may be. */
static PlanState
state_of(const VersionNode *node, const HistoryRow *applied)
{
    if (node->open != NULL)
        return node->open->is_down ? PLAN_HALF_DOWN : PLAN_HALF_UP;
    return applied != NULL ? PLAN_APPLIED : PLAN_PENDING;
}

static void
add_item(Arena *arena, const VersionNode *node, VersionRows rows, Plan *plan)
{
    const Migration *migration = node->migration;
    PlanState state = state_of(node, rows.applied);
    /* A file that was reverted and deleted is history, and no more. */
    if (migration == NULL && state == PLAN_PENDING)
        return;
    PlanItem item = {.version = node->version,
                     .migration = migration,
                     .state = state,
                     .applied = rows.applied,
                     .last = rows.last};
    item.version_text = migration != NULL ? migration->version_text : node->version;
    item.name = migration != NULL ? migration->name : rows.last != NULL ? rows.last->name : "";
    item.has_down = (migration != NULL && migration->down != NULL) ||
                    (rows.applied != NULL && rows.applied->down_sql != NULL);
    item.file = compare_file(arena, migration, rows.applied);
    if (is_repeatable(&item) && item.state == PLAN_APPLIED && item.file == FILE_CHANGED) {
        item.state = PLAN_PENDING;
        item.file = FILE_SAME;
    }
    LIST_APPEND(arena, &plan->items, item);
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

void
plan_make(Arena *arena, const MigrationList *migrations, const History *history, Plan *out)
{
    *out = (Plan){0};
    VersionOrder order = {.arena = arena};
    const HistoryIndex *rows = history_index(arena, history);
    find_order(&order, migrations, history);
    for (const VersionNode *node = order.head.next; node != NULL; node = node->next)
        add_item(arena, node, history_index_find(rows, node->version), out);
    count_items(out);
}
