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
#include "source/version.h"

static const TableColumn columns[] = {
    {.title = "when (UTC)"},
    {.title = "way"},
    {.title = "version"},
    {.title = "name", .may_cut = true},
    {.title = "outcome"},
    {.title = "took", .right = true},
    {.title = "by", .leave_rank = 2},
    {.title = "run", .leave_rank = 1},
};

static TermStyle
outcome_style(AttemptOutcome outcome)
{
    switch (outcome) {
    case ATTEMPT_DONE:
        return TERM_GOOD;
    case ATTEMPT_FAILED:
        return TERM_ERROR;
    case ATTEMPT_STOPPED:
        return TERM_WARNING;
    }
    abort();
}

static const char *
way(const HistoryRow *row)
{
    if (row->kind != HISTORY_RUN)
        return history_kind_words(row->kind);
    return row->is_down ? "down" : "up";
}

/* The newest `count` rows, in order; 0: all. */
static HistoryRowList
newest(const HistoryRowList *rows, size_t count)
{
    HistoryRowList list = *rows;
    if (count > 0 && count < list.count) {
        list.items += list.count - count;
        list.count = count;
    }
    return list;
}

static void
write_failures(const Invocation *invocation, const HistoryRowList *rows)
{
    foreach (row, rows) {
        if (row->error == NULL)
            continue;
        fprintf(invocation->out,
                "\n%s %s %s: ", words_time(invocation->arena, row->started_at, true), way(row),
                version_label(invocation->arena, row->version, row->name));
        fprintf(invocation->out, "%s%s%s\n    ", attempt_outcome_words(row->outcome),
                row->sqlstate != NULL ? ", SQLSTATE " : "",
                row->sqlstate != NULL ? row->sqlstate : "");
        wrap_text(invocation->out, row->error, 4, 4, invocation->width);
    }
}

static void
write_text(const Invocation *invocation, const RunTarget *target, const HistoryRowList *rows)
{
    Arena *arena = invocation->arena;
    FILE *out = invocation->out;
    fprintf(out, "%s (PostgreSQL %s)\n", target->label, target->server_version);
    if (rows->count == 0) {
        fputs("nothing was ever applied here\n", out);
        return;
    }
    Table *table = table_new(arena, columns, sizeof columns / sizeof *columns);
    foreach (row, rows) {
        table_add(arena, table, words_time(arena, row->started_at, true), TERM_PLAIN);
        table_add(arena, table, way(row), TERM_PLAIN);
        table_add(arena, table, row->version, TERM_PLAIN);
        table_add(arena, table, row->name, TERM_PLAIN);
        table_add(arena, table, attempt_outcome_words(row->outcome), outcome_style(row->outcome));
        table_add(arena, table, words_elapsed(arena, row->duration_ms), TERM_PLAIN);
        table_add(arena, table, row->applied_by, TERM_PLAIN);
        table_add(arena, table, row->run, TERM_PLAIN);
    }
    fputc('\n', out);
    command_write_table(invocation, table);
    write_failures(invocation, rows);
}

static void
write_json(const Invocation *invocation, const RunTarget *target, const HistoryRowList *rows)
{
    json_t *result = json_result();
    json_put(result, "target", run_json_target(target));
    json_t *list = json_array();
    foreach (row, rows) {
        if (json_array_append_new(list, run_json_history_row(row)) != 0)
            abort();
    }
    json_put(result, "attempts", list);
    json_write(invocation->out, result);
}

bool
cmd_history(Invocation *invocation, Error *err)
{
    const Settings *settings = invocation->settings;
    Connection connection;
    if (!connection_choose(invocation, false, &connection, err))
        return false;

    RunOptions options = run_options_of(invocation, &connection);
    RunTarget target = {0};
    History history = {0};
    if (!run_history(invocation->arena, &options, NULL, &target, &history, err))
        return false;

    HistoryRowList rows = newest(&history.rows, (size_t)settings->count);
    if (settings->format == FORMAT_JSON)
        write_json(invocation, &target, &rows);
    else
        write_text(invocation, &target, &rows);
    return true;
}
