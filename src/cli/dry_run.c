/* SPDX-License-Identifier: MIT */
#include "cli/dry_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/table.h"
#include "cli/json.h"
#include "cli/words.h"
#include "report/json_value.h"
#include "source/version.h"

enum { LINE, STATEMENT, CLASS, RELATION, LOCK_TIMEOUT, STATEMENT_TIMEOUT, COLUMNS };

static const TableColumn columns[COLUMNS] = {
    [LINE] = {"  line",            true,  false, 0},
    [STATEMENT] = {"statement",         false, false, 0},
    [CLASS] = {"lock",              false, false, 0},
    [RELATION] = {"on",                false, true,  0},
    [LOCK_TIMEOUT] = {"lock timeout",      false, false, 0},
    [STATEMENT_TIMEOUT] = {"statement timeout", false, false, 1},
};

/* "2s" */
static const char *
timeout_words(Arena *arena, int64_t ms)
{
    char text[DURATION_SIZE];
    return ms == 0 ? "none" : arena_strdup(arena, duration_print((long)ms, text));
}

/* "250ms to 2s" where the first attempt waits less long. */
static const char *
lock_timeout_words(Arena *arena, const PlannedStatement *statement)
{
    const char *longest = timeout_words(arena, statement->lock_timeout_ms);
    if (statement->first_lock_timeout_ms == statement->lock_timeout_ms)
        return longest;
    return arena_printf(arena, "%s to %s", timeout_words(arena, statement->first_lock_timeout_ms),
                        longest);
}

/* The lock that stops others; in parentheses how the statement goes along with them. */
static const char *
class_words(Arena *arena, const TimeoutClass *class)
{
    const char *kind = timeout_kind_words(class->kind);
    const char *words = class->relation != NULL       ? lock_words(class->level)
                        : class->kind == TIMEOUT_NONE ? ""
                                                      : arena_printf(arena, "(%s)", kind);
    return class->is_unsure ? arena_printf(arena, "%s + unknown", words) : words;
}

static void
add_statement(Arena *arena, Table *table, const PlannedStatement *statement)
{
    const StatementEvent *event = &statement->event;
    const char *const cells[COLUMNS] = {
        [LINE] = arena_printf(arena, "%zu", event->line),
        [STATEMENT] = event->kind,
        [CLASS] = class_words(arena, &event->class),
        [RELATION] = event->class.relation,
        [LOCK_TIMEOUT] = lock_timeout_words(arena, statement),
        [STATEMENT_TIMEOUT] = timeout_words(arena, statement->statement_timeout_ms),
    };
    const bool stops = event->class.kind == TIMEOUT_STRONG;
    for (size_t column = 0; column < table->count; column++)
        table_add(arena, table, cells[column],
                  stops && column == CLASS ? TERM_WARNING : TERM_PLAIN);
}

static void
add_beginning(Arena *arena, Table *table, const PlannedStatement *first)
{
    const bool alone = first->transaction == 0;
    const char *how = alone ? "  by itself, outside of a transaction" : "  in one transaction";
    const bool holds_nothing = alone && first->event.class.kind == TIMEOUT_CONCURRENT;
    if (first->max_hold_ms != 0 && !holds_nothing)
        how = arena_printf(arena, "%s, max-hold %s", how, timeout_words(arena, first->max_hold_ms));
    table_add_heading(arena, table, how, TERM_DIM);
}

static bool
begins_transaction(const PlannedStatementList *list, size_t i)
{
    const PlannedStatement *statement = &list->items[i];
    return i == 0 || statement->transaction == 0 ||
           statement->transaction != list->items[i - 1].transaction;
}

static bool
has_statement_timeout(const RunReport *report)
{
    foreach (list, &report->statements) {
        foreach (statement, list)
            if (statement->statement_timeout_ms != 0)
                return true;
    }
    return false;
}

static void
add_migration(Arena *arena, Table *table, const RunReport *report, size_t index)
{
    const PlannedStatementList *list = &report->statements.items[index];
    for (size_t i = 0; i < list->count; i++) {
        if (begins_transaction(list, i))
            add_beginning(arena, table, &list->items[i]);
        add_statement(arena, table, &list->items[i]);
    }
}

/* One a line, in the order in which they run. */
static void
write_hooks(const Invocation *invocation)
{
    bool any = false;
    for (HookMoment moment = 0; moment < HOOK_MOMENT_COUNT; moment++) {
        foreach (hook, &invocation->settings->hooks.at[moment]) {
            fprintf(invocation->out, "%s%-11s  %s\n", any ? "  " : "\nwith these hooks:\n  ",
                    hook_moment_words(moment), hook_words(invocation->arena, hook));
            any = true;
        }
    }
}

void
dry_run_write(const Invocation *invocation, const RunReport *report, bool with_direction)
{
    Arena *arena = invocation->arena;
    const size_t wanted = has_statement_timeout(report) ? COLUMNS : COLUMNS - 1;
    Table *table = table_new(arena, columns, wanted);
    for (size_t i = 0; i < report->planned.count; i++) {
        const PlannedRun *planned = &report->planned.items[i];
        const char *title = version_label(arena, planned->item.version_text, planned->item.name);
        if (with_direction)
            title = arena_printf(arena, "%s %s", direction_words(planned->direction), title);
        table_add_heading(arena, table, title, TERM_BOLD);
        if (i < report->statements.count)
            add_migration(arena, table, report, i);
    }
    command_write_table(invocation, table);
    write_hooks(invocation);
}

static json_t *
statement_json(const PlannedStatement *statement)
{
    const StatementEvent *event = &statement->event;
    const TimeoutClass *class = &event->class;
    json_t *object = json_object();
    json_put_number(object, "statement", (long long)event->number);
    json_put_number(object, "line", (long long)event->line);
    json_put_text(object, "kind", event->kind);
    json_put_text(object, "class", timeout_kind_words(class->kind));
    json_put_bool(object, "known", !class->is_unsure);
    json_put_text(object, "relation", class->relation);
    json_put_text(object, "lock", class->relation != NULL ? lock_mode(class->level) : NULL);
    json_put_number(object, "first_lock_timeout_ms", statement->first_lock_timeout_ms);
    json_put_number(object, "lock_timeout_ms", statement->lock_timeout_ms);
    json_put_number(object, "statement_timeout_ms", statement->statement_timeout_ms);
    return object;
}

json_t *
dry_run_hooks_json(const Invocation *invocation)
{
    json_t *list = json_array();
    for (HookMoment moment = HOOK_BEFORE_RUN; moment < HOOK_MOMENT_COUNT; moment++) {
        foreach (hook, &invocation->settings->hooks.at[moment]) {
            json_t *object = json_object();
            json_put_text(object, "moment", hook_moment_words(moment));
            json_put_text(object, "hook", hook_words(invocation->arena, hook));
            json_append(list, object);
        }
    }
    return list;
}

json_t *
dry_run_json(const RunReport *report, size_t index)
{
    if (index >= report->statements.count)
        return NULL;
    const PlannedStatementList *list = &report->statements.items[index];
    json_t *transactions = json_array();
    json_t *statements = NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (begins_transaction(list, i)) {
            json_t *transaction = json_object();
            statements = json_array();
            json_put_bool(transaction, "in_transaction", list->items[i].transaction != 0);
            json_put_number(transaction, "max_hold_ms", list->items[i].max_hold_ms);
            json_put(transaction, "statements", statements);
            json_append(transactions, transaction);
        }
        json_append(statements, statement_json(&list->items[i]));
    }
    return transactions;
}
