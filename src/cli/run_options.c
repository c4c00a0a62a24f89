/* SPDX-License-Identifier: MIT */
#include "cli/run_options.h"

RunOptions
run_options_of(const Invocation *invocation, const Connection *connection)
{
    const Settings *settings = invocation->settings;
    RunOptions options = run_options_default();
    options.conninfo = connection->conninfo;
    options.directory = settings->migrations;
    options.layout = setting_layout(settings);
    options.variables = &settings->variables;
    options.max_bytes = (size_t)settings->max_file_size;
    options.history_schema = settings->history_schema;
    options.journal_path = settings->journal;
    options.command = invocation->command->name;
    options.connect_timeout_ms = settings->connect_timeout_ms;
    options.wait_for_database_ms = settings->wait_for_database_ms;
    options.database_name = settings->database_name;
    options.system_identifier = settings->system_identifier;
    options.role = settings->role;
    options.lock_timeout_ms = settings->lock_timeout_ms;
    options.statement_timeout_ms = settings->statement_timeout_ms;
    options.max_hold_ms = settings->max_hold_ms;
    /* Nobody else is at work there. */
    if (connection->is_sandbox && settings->level[SETTING_MAX_HOLD] <= LEVEL_DEFAULT)
        options.max_hold_ms = 0;
    options.max_queue = settings->max_queue;
    options.old_snapshots = (OldSnapshots)settings->old_snapshots;
    options.old_snapshot_age_ms = settings->old_snapshot_age_ms;
    options.concurrent_timeout_ms = settings->concurrent_timeout_ms;
    options.show_queries = settings->show_queries;
    options.allow_pooler = settings->allow_pooler;
    options.lock_wait_ms = settings->lock_wait_ms;
    options.retry_budget_ms = settings->lock_budget_ms;
    options.order = settings->order;
    options.hooks = settings->hooks;
    options.hook_timeout_ms = settings->hook_timeout_ms;
    options.dry_run = settings->dry_run;
    options.count = (size_t)settings->count;
    return options;
}
