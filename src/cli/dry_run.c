/* SPDX-License-Identifier: MIT */
#include "cli/dry_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "cli/json.h"
#include "cli/words.h"
#include "report/json_value.h"

/* "lock timeout 2s" */
static const char *
timeout_words(Arena *arena, const char *what, int64_t ms)
{
    char text[DURATION_SIZE];
    return ms == 0 ? arena_printf(arena, "no %s", what)
                   : arena_printf(arena, "%s %s", what, duration_print((long)ms, text));
}

/* "strong: ACCESS EXCLUSIVE on public.orders" */
static const char *
class_words(Arena *arena, const TimeoutClass *class)
{
    const char *kind = timeout_kind_words(class->kind);
    if (class->relation != NULL)
        kind = arena_printf(arena, "%s: %s on %s", kind, lock_words(class->level), class->relation);
    return class->is_unsure ? arena_printf(arena, "%s, and what cannot be told", kind) : kind;
}

static void
write_statement(FILE *out, Arena *arena, const PlannedStatement *statement)
{
    const StatementEvent *event = &statement->event;
    const char *limit = "";
    if (statement->statement_timeout_ms != 0)
        limit = arena_printf(
            arena, ", %s",
            timeout_words(arena, "statement timeout", statement->statement_timeout_ms));
    fprintf(out, "      line %zu %s (%s; %s%s)\n", event->line, event->kind,
            class_words(arena, &event->class),
            timeout_words(arena, "lock timeout", statement->lock_timeout_ms), limit);
}

static void
write_beginning(FILE *out, Arena *arena, const PlannedStatement *first)
{
    const char *how =
        first->transaction != 0 ? "in one transaction" : "by itself, outside of a transaction";
    if (first->transaction == 0 && first->event.class.kind == TIMEOUT_CONCURRENT)
        fprintf(out, "    %s\n", how);
    else
        fprintf(out, "    %s, %s\n", how, timeout_words(arena, "max-hold", first->max_hold_ms));
}

static bool
begins_transaction(const PlannedStatementList *list, size_t i)
{
    const PlannedStatement *statement = &list->items[i];
    return i == 0 || statement->transaction == 0 ||
           statement->transaction != list->items[i - 1].transaction;
}

void
dry_run_write(FILE *out, Arena *arena, const RunReport *report, size_t index)
{
    if (index >= report->statements.count)
        return;
    const PlannedStatementList *list = &report->statements.items[index];
    ArenaMark mark = arena_mark(arena);
    for (size_t i = 0; i < list->count; i++) {
        if (begins_transaction(list, i))
            write_beginning(out, arena, &list->items[i]);
        write_statement(out, arena, &list->items[i]);
    }
    arena_rewind(arena, mark);
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
    json_put_number(object, "lock_timeout_ms", statement->lock_timeout_ms);
    json_put_number(object, "statement_timeout_ms", statement->statement_timeout_ms);
    return object;
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
