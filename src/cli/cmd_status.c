/* SPDX-License-Identifier: MIT */
#include "base/table.h"
#include "base/term.h"
#include "base/wrap.h"
#include "cli/command.h"
#include "cli/connection.h"
#include "cli/json.h"
#include "cli/run_json.h"
#include "cli/run_options.h"
#include "cli/words.h"
#include "run/run.h"

static const TableColumn columns[] = {
    {.title = "version"},
    {.title = "name", .may_cut = true},
    {.title = "state"},
    {.title = "applied at (UTC)", .leave_rank = 1},
    {.title = "took", .right = true, .leave_rank = 2},
    {.title = "by", .leave_rank = 3},
};

typedef struct StateShown {
    const char *word;
    TermStyle style;
} StateShown;

static StateShown
file_shown(FileState file)
{
    switch (file) {
    case FILE_SAME:
    case FILE_REFORMATTED:
        return (StateShown){"applied", TERM_GOOD};
    case FILE_CHANGED:
        return (StateShown){"changed", TERM_ERROR};
    case FILE_MISSING:
        return (StateShown){"no file", TERM_ERROR};
    }
    abort();
}

static StateShown
state_shown(const PlanItem *item)
{
    switch (item->state) {
    case PLAN_PENDING:
        return item->out_of_order ? (StateShown){"too late", TERM_ERROR}
                                  : (StateShown){"pending", TERM_WARNING};
    case PLAN_APPLIED:
        return file_shown(item->file);
    case PLAN_HALF_UP:
        return (StateShown){"half applied", TERM_ERROR};
    case PLAN_HALF_DOWN:
        return (StateShown){"half reverted", TERM_ERROR};
    }
    abort();
}

static void
write_table(const Invocation *invocation, const Plan *plan)
{
    Arena *arena = invocation->arena;
    Table *table = table_new(arena, columns, sizeof columns / sizeof *columns);
    foreach (item, &plan->items) {
        const HistoryRow *applied = item->applied;
        StateShown state = state_shown(item);
        table_add(arena, table, item->version_text, TERM_PLAIN);
        table_add(arena, table, item->name, TERM_PLAIN);
        table_add(arena, table, state.word, state.style);
        table_add(arena, table, applied ? words_time(arena, applied->finished_at, false) : "",
                  TERM_PLAIN);
        table_add(arena, table, applied ? words_elapsed(arena, applied->duration_ms) : "",
                  TERM_PLAIN);
        table_add(arena, table, applied ? applied->applied_by : "", TERM_PLAIN);
    }
    command_write_table(invocation, table);
}

/* What a state of the table means, and what to do about it; said once for all migrations that are
 * in it. */
static void
write_remarks(const Invocation *invocation, const Plan *plan)
{
    const struct {
        size_t count;
        const char *noun;
        const char *remark;
    } remarks[] = {
        {plan->half_done,    "migration",         "stopped half way; run the same command again to go on"},
        {plan->drifted,      "applied file",
         "changed since it was applied; bring the old text back and write a new migration"               },
        {plan->missing,      "applied migration", "without its file: another branch, or deleted"         },
        {plan->out_of_order, "pending migration",
         "older than one that is applied; renumber it, or pass --order allow to up"                      },
        {plan->reformatted,  "applied file",      "changed in comments or white space only: no harm"     },
    };
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        if (remarks[i].count == 0)
            continue;
        const char *remark = arena_printf(
            invocation->arena, "%s %s",
            words_count(invocation->arena, remarks[i].count, remarks[i].noun), remarks[i].remark);
        wrap_text(invocation->out, remark, 0, 2, invocation->width);
    }
}

static void
write_text(const Invocation *invocation, const RunStatus *status)
{
    FILE *out = invocation->out;
    fprintf(out, "%s (PostgreSQL %s)\n", status->target.label, status->target.server_version);
    if (status->is_running)
        fprintf(out, "another lockstep is at work here: %s\n",
                words_blocker(invocation->arena, &status->runner));
    if (status->plan.items.count == 0) {
        fputs("no migrations, neither as files nor in the history\n", out);
        return;
    }
    fputc('\n', out);
    write_table(invocation, &status->plan);
    fprintf(out, "\n%zu applied, %zu pending\n", status->plan.applied, status->plan.pending);
    write_remarks(invocation, &status->plan);
}

static void
write_json(const Invocation *invocation, const RunStatus *status)
{
    const Plan *plan = &status->plan;
    json_t *result = json_result();
    json_put(result, "target", run_json_target(&status->target));
    json_put_bool(result, "has_history", status->has_history);
    json_put(result, "runner", status->is_running ? run_json_blocker(&status->runner) : NULL);
    json_t *summary = json_object();
    json_put_number(summary, "applied", (long long)plan->applied);
    json_put_number(summary, "pending", (long long)plan->pending);
    json_put_number(summary, "half_done", (long long)plan->half_done);
    json_put_number(summary, "changed", (long long)plan->drifted);
    json_put_number(summary, "missing", (long long)plan->missing);
    json_put_number(summary, "out_of_order", (long long)plan->out_of_order);
    json_put_number(summary, "reformatted", (long long)plan->reformatted);
    json_put(result, "summary", summary);
    json_t *list = json_array();
    foreach (item, &plan->items) {
        if (json_array_append_new(list, run_json_plan_item(item)) != 0)
            abort();
    }
    json_put(result, "migrations", list);
    json_write(invocation->out, result);
}

static ExitStatus
exit_code(const Plan *plan)
{
    if (plan->half_done > 0)
        return EXIT_HALF_DONE;
    if (plan->drifted + plan->missing + plan->out_of_order > 0)
        return EXIT_DRIFT;
    return plan->pending > 0 ? EXIT_PENDING : EXIT_DONE;
}

bool
cmd_status(Invocation *invocation, Error *err)
{
    const Settings *settings = invocation->settings;
    Connection connection;
    if (!connection_choose(invocation, false, &connection, err))
        return false;

    RunOptions options = run_options_of(invocation, &connection);
    RunStatus status = {0};
    if (!run_status(invocation->arena, &options, NULL, &status, err))
        return false;

    if (settings->format == FORMAT_JSON)
        write_json(invocation, &status);
    else
        write_text(invocation, &status);
    if (settings->exit_code)
        invocation->status = exit_code(&status.plan);
    return true;
}
