/* SPDX-License-Identifier: MIT */
#include "cli/settings.h"
#include "lint/runner.h"

static const char *const format_choices[] = {"text",   "json",  "sarif",    "github",
                                             "gitlab", "junit", "markdown", NULL};
static const char *const layout_choices[] = {"auto",
#define LAYOUT(symbol, name) name,
#include "source/layouts.def"
#undef LAYOUT
                                             NULL};
static const char *const colour_choices[] = {"auto", "always", "never", NULL};
static const char *const log_format_choices[] = {"text", "json", NULL};
static const char *const order_choices[] = {"strict", "allow", "skip", NULL};
static const char *const fail_on_choices[] = {"error", "warning", "never", NULL};

static const char *const old_snapshots_choices[] = {"wait", "proceed", "stop", NULL};

#define AT(field) offsetof(Settings, field)
#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)
#define MEGABYTE ((int64_t)1024 * 1024)

static const Setting table[SETTING_ID_COUNT] = {
    [SETTING_URL] =
        {.name = "url",
                       .type = TYPE_TEXT,
                       .group = GROUP_DATABASE,
                       .at = AT(url),
                       .used_by = CMD_DATABASE | CMD_READING,
                       .places = PLACE_ANY,
                       .variable = "DATABASE_URL",
                       .value = "URL",
                       .is_secret = true,
                       .help = "database to work on, as libpq takes it: postgresql://… or key=value "
                 "pairs. A password is better kept in ~/.pgpass or PGPASSWORD: "
                 "command lines can be read by others. lint and explain take it only as a flag: "
                 "they then start from that database's catalog"},
    [SETTING_SANDBOX] = {.name = "sandbox",
                       .type = TYPE_SWITCH,
                       .group = GROUP_DATABASE,
                       .at = AT(sandbox),
                       .used_by = CMD_DATABASE,
                       .places = PLACE_ANY,
                       .initial = "false",
                       .help = "work on the private PostgreSQL under .lockstep/, which is "
                                 "created and started where needed"},
    [SETTING_SANDBOX_DIR] = {.name = "sandbox-dir",
                       .type = TYPE_PATH,
                       .group = GROUP_DATABASE,
                       .at = AT(sandbox_dir),
                       .used_by = CMD_DATABASE | CMD_SANDBOX,
                       .places = PLACE_ANY,
                       .initial = ".",
                       .value = "DIRECTORY",
                       .help = "directory that .lockstep/ stands in"},
    [SETTING_PG_BIN] = {.name = "pg-bin",
                       .type = TYPE_PATH,
                       .group = GROUP_DATABASE,
                       .at = AT(pg_bin),
                       .used_by = CMD_DATABASE | CMD_SANDBOX,
                       .places = PLACE_ANY,
                       .value = "DIRECTORY",
                       .help = "where initdb and postgres are, for the sandbox; looked for where "
                                "not given"},
    [SETTING_CONNECT_TIMEOUT] = {.name = "connect-timeout",
                       .type = TYPE_DURATION,
                       .group = GROUP_DATABASE,
                       .at = AT(connect_timeout_ms),
                       .used_by = CMD_DATABASE | CMD_READING,
                       .places = PLACE_ANY,
                       .initial = "10s",
                       .value = "DURATION",
                       .most = DAY_MS,
                       .help = "give up connecting after this long"},
    [SETTING_ALLOW_POOLER] =
        {.name = "allow-pooler",
                       .type = TYPE_SWITCH,
                       .group = GROUP_DATABASE,
                       .at = AT(allow_pooler),
                       .used_by = CMD_CHANGE,
                       .places = PLACE_ANY,
                       .initial = "false",
                       .help = "work through a connection pooler such as PgBouncer, with files that "
                 "are one transaction and leave nothing in the session; all others are "
                 "refused before anything is changed"},
    [SETTING_TARGET] = {.name = "target",
                       .type = TYPE_TEXT,
                       .group = GROUP_DATABASE,
                       .at = AT(target),
                       .used_by = CMD_ALL,
                       .places = PLACE_FLAG | PLACE_ENVIRONMENT,
                       .value = "NAME",
                       .help = "use the settings in section [target NAME] of lockstep.ini too"},
    [SETTING_CONFIG] = {.name = "config",
                       .type = TYPE_PATH,
                       .group = GROUP_DATABASE,
                       .at = AT(config),
                       .used_by = CMD_ALL,
                       .places = PLACE_FLAG | PLACE_ENVIRONMENT,
                       .value = "FILE",
                       .help = "read settings from FILE; without it from lockstep.ini, if the "
                                "current directory has one"},
    [SETTING_MIGRATIONS] = {.name = "migrations",
                       .type = TYPE_PATH,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(migrations),
                       .used_by = CMD_NEW | CMD_READING | CMD_FILES,
                       .places = PLACE_ANY,
                       .initial = "migrations",
                       .value = "DIRECTORY",
                       .help = "where the migrations are"},
    [SETTING_LAYOUT] = {.name = "layout",
                       .type = TYPE_CHOICE,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(layout),
                       .used_by = CMD_READING | CMD_FILES,
                       .places = PLACE_ANY,
                       .initial = "auto",
                       .choices = layout_choices,
                       .value = "NAME",
                       .help =
                            "which tool's files the migrations are (--format is about the output); "
                            "auto tells it from names and contents"},
    [SETTING_TO] = {.name = "to",
                       .type = TYPE_TEXT,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(to),
                       .used_by = CMD_UP | CMD_DOWN,
                       .places = PLACE_FLAG,
                       .value = "VERSION",
                       .help = "up: stop after this version. down: revert all that is newer than it; "
                            "0 reverts everything"},
    [SETTING_COUNT] = {.name = "count",
                       .letter = 'n',
                       .type = TYPE_NUMBER,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(count),
                       .used_by = CMD_UP | CMD_DOWN | CMD_REDO | CMD_HISTORY,
                       .places = PLACE_FLAG,
                       .value = "N",
                       .least = 1,
                       .most = 1000000,
                       .help = "at most so many; without it up takes all, down and redo one, "
                               "and history shows every attempt"},
    [SETTING_DRY_RUN] = {.name = "dry-run",
                       .type = TYPE_SWITCH,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(dry_run),
                       .used_by = CMD_CHANGE | CMD_MEND,
                       .places = PLACE_FLAG,
                       .initial = "false",
                       .help =
                             "only say what would be done; the session is read-only, so nothing "
                             "can be written"},
    [SETTING_ORDER] = {.name = "order",
                       .type = TYPE_CHOICE,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(order),
                       .used_by = CMD_UP | CMD_GOTO,
                       .places = PLACE_ANY,
                       .initial = "strict",
                       .value = "POLICY",
                       .choices = order_choices,
                       .help =
                           "what to do with pending files that are older than the newest applied "
                           "migration: strict refuses to go on, allow applies them, skip leaves "
                           "them pending and says so"},
#include "cli/settings_runner.def"
    [SETTING_MAX_FILE_SIZE] = {.name = "max-file-size",
                       .type = TYPE_SIZE,
                       .group = GROUP_MIGRATIONS,
                       .at = AT(max_file_size),
                       .used_by = CMD_READING | CMD_FILES,
                       .places = PLACE_ANY,
                       .initial = "64MB",
                       .value = "SIZE",
                       .least = 1,
                       .most = 1024 * MEGABYTE,
                       .help = "refuse files that are larger"},
    [SETTING_LOCK_TIMEOUT] = {.name = "lock-timeout",
                       .type = TYPE_DURATION,
                       .group = GROUP_WAITING,
                       .at = AT(lock_timeout_ms),
                       .used_by = CMD_CHANGE | CMD_MEND,
                       .places = PLACE_ANY,
                       .initial = "2s",
                       .value = "DURATION",
                       .most = DAY_MS,
                       .help = "wait at most this long for a lock on a table, then let "
                                      "others through and try again; the first attempts wait "
                                      "for an eighth of it, at least 250ms; 0 waits for ever"},
    [SETTING_LOCK_BUDGET] = {.name = "lock-budget",
                       .type = TYPE_DURATION,
                       .group = GROUP_WAITING,
                       .at = AT(lock_budget_ms),
                       .used_by = CMD_CHANGE,
                       .places = PLACE_ANY,
                       .initial = "10min",
                       .value = "DURATION",
                       .most = 24 * DAY_MS,
                       .help = "go on trying for this long with each migration, then give up "
                                     "(exit status 4)"},
#include "cli/settings_waiting.def"
    [SETTING_LOCK_WAIT] = {.name = "lock-wait",
                       .type = TYPE_DURATION,
                       .group = GROUP_WAITING,
                       .at = AT(lock_wait_ms),
                       .used_by = CMD_CHANGE | CMD_MEND,
                       .places = PLACE_ANY,
                       .initial = "60s",
                       .value = "DURATION",
                       .most = 24 * DAY_MS,
                       .help = "wait this long for another lockstep that works on the same "
                                   "database"},
    [SETTING_STATEMENT_TIMEOUT] = {.name = "statement-timeout",
                       .type = TYPE_DURATION,
                       .group = GROUP_WAITING,
                       .at = AT(statement_timeout_ms),
                       .used_by = CMD_CHANGE | CMD_MEND,
                       .places = PLACE_ANY,
                       .initial = "0",
                       .value = "DURATION",
                       .most = 24 * DAY_MS,
                       .help = "cancel a statement that runs longer; 0 lets it run"},
    [SETTING_HISTORY_SCHEMA] = {.name = "history-schema",
                       .type = TYPE_TEXT,
                       .group = GROUP_RECORDS,
                       .at = AT(history_schema),
                       .used_by = CMD_DATABASE | CMD_READING,
                       .places = PLACE_ANY,
                       .initial = "lockstep",
                       .value = "NAME",
                       .most = 63,
                       .help = "schema in the database that holds the history"},
    [SETTING_JOURNAL] = {.name = "journal",
                       .type = TYPE_PATH,
                       .group = GROUP_RECORDS,
                       .at = AT(journal),
                       .used_by = CMD_CHANGE | CMD_MEND | CMD_PITR,
                       .places = PLACE_ANY,
                       .value = "FILE",
                       .help = "where runs and restore markers are kept outside the database; "
                                 "without it lockstep/journal.db under XDG_STATE_HOME, which is "
                                 "~/.local/state where not set"},
    [SETTING_SCHEMA] = {.name = "schema",
                       .type = TYPE_PATH,
                       .group = GROUP_LINT,
                       .at = AT(schema),
                       .used_by = CMD_READING | CMD_VERIFY,
                       .places = PLACE_ANY,
                       .value = "FILE",
                       .help =
                            "what exists before the first migration, as `pg_dump --schema-only` "
                            "or any SQL says it: its tables are populated, and nothing in it is "
                            "reported"},
    [SETTING_PG_VERSION] =
        {.name = "pg-version",
                       .type = TYPE_NUMBER,
                       .group = GROUP_LINT,
                       .at = AT(pg_version),
                       .used_by = CMD_READING,
                       .places = PLACE_ANY,
                       .initial = "17",
                       .value = "N",
                       .least = 14,
                       .most = 18,
                       .help = "judge as this major version of PostgreSQL would behave; with --url that of the "
                 "server, where not given"},
    [SETTING_SINCE] =
        {.name = "since",
                       .type = TYPE_TEXT,
                       .group = GROUP_LINT,
                       .at = AT(since),
                       .used_by = CMD_LINT,
                       .places = PLACE_FLAG | PLACE_ENVIRONMENT,
                       .value = "REF",
                       .help = "report only files that this commit, branch or tag of git does not have, or "
                 "has with other text; the others are replayed all the same"},
    [SETTING_BASELINE] =
        {.name = "baseline",
                       .type = TYPE_PATH,
                       .group = GROUP_LINT,
                       .at = AT(baseline),
                       .used_by = CMD_LINT,
                       .places = PLACE_ANY,
                       .value = "FILE",
                       .help = "count only findings that this file does not have; --write-baseline writes it"},
    [SETTING_WRITE_BASELINE] =
        {.name = "write-baseline",
                       .type = TYPE_PATH,
                       .group = GROUP_LINT,
                       .at = AT(write_baseline),
                       .used_by = CMD_LINT,
                       .places = PLACE_FLAG,
                       .value = "FILE",
                       .help = "write what is found into FILE, to be the baseline from now on; what it says "
                 "of files that are not read this time stays"},
    [SETTING_RUNNER] = {.name = "runner",
                       .type = TYPE_CHOICE,
                       .group = GROUP_LINT,
                       .at = AT(runner),
                       .used_by = CMD_LINT,
                       .places = PLACE_ANY,
                       .initial = "lockstep",
                       .value = "NAME",
                       .choices = runner_names,
                       .help = "judge as if this tool ran the files: which of them it puts into a "
                                "transaction, and whether it sets a lock_timeout"},
    [SETTING_SPLIT_TRANSACTIONS] =
        {.name = "split-transactions",
                       .type = TYPE_SWITCH,
                       .group = GROUP_LINT,
                       .at = AT(split_transactions),
                       .used_by = CMD_LINT,
                       .places = PLACE_ANY,
                       .initial = "false",
                       .help = "take each block between BEGIN and COMMIT for a deploy of its own, as the "
                 "SQL that Alembic prints of several migrations has it"},
    [SETTING_JOBS] = {.name = "jobs",
                       .letter = 'j',
                       .type = TYPE_NUMBER,
                       .group = GROUP_LINT,
                       .at = AT(jobs),
                       .used_by = CMD_LINT,
                       .places = PLACE_ANY,
                       .value = "N",
                       .least = 1,
                       .most = 64,
                       .help = "judge so many histories at a time; without it as many as there are "
                              "processors, and a few small ones one after the other"},
    [SETTING_FAIL_ON] = {.name = "fail-on",
                       .type = TYPE_CHOICE,
                       .group = GROUP_LINT,
                       .at = AT(fail_on),
                       .used_by = CMD_LINT,
                       .places = PLACE_ANY,
                       .initial = "error",
                       .value = "SEVERITY",
                       .choices = fail_on_choices,
                       .help = "the least severity that makes the exit status 1"},
    [SETTING_RULE] =
        {.name = "rule",
                       .type = TYPE_RULE,
                       .group = GROUP_LINT,
                       .at = AT(policy),
                       .used_by = CMD_LINT | CMD_RULES,
                       .places = PLACE_FLAG,
                       .value = "RULE=SEVERITY",
                       .help =
             "how grave the findings of a rule are: off, info, warning or error; "
             "RULE.KEY=VALUE says another key of the section [rule RULE] that lockstep.ini has for "
             "it, such as unbatched-write.rows=5000. May be given several times"},
    [SETTING_EXIT_CODE] = {.name = "exit-code",
                       .type = TYPE_SWITCH,
                       .group = GROUP_OUTPUT,
                       .at = AT(exit_code),
                       .used_by = CMD_STATUS,
                       .places = PLACE_FLAG,
                       .initial = "false",
                       .help = "make the exit status 8 when migrations are pending, 6 when one "
                                   "is half done, 7 when files and history disagree"},
    [SETTING_FORMAT] = {.name = "format",
                       .type = TYPE_CHOICE,
                       .group = GROUP_OUTPUT,
                       .at = AT(format),
                       .used_by = CMD_ALL & ~(CMD_HELP | CMD_DOCS | CMD_COMPLETION),
                       .places = PLACE_ANY,
                       .initial = "text",
                       .value = "FORMAT",
                       .choices = format_choices,
                       .common = 2,
                       .rest_used_by = CMD_LINT,
                       .help = "what the result on standard output is written in"},
    [SETTING_COLOUR] = {.name = "color",
                       .type = TYPE_CHOICE,
                       .group = GROUP_OUTPUT,
                       .at = AT(colour),
                       .used_by = CMD_ALL,
                       .places = PLACE_ANY,
                       .initial = "auto",
                       .value = "WHEN",
                       .choices = colour_choices,
                       .help = "auto: on a terminal, unless NO_COLOR is set"},
    [SETTING_QUIET] = {.name = "quiet",
                       .letter = 'q',
                       .type = TYPE_SWITCH,
                       .group = GROUP_OUTPUT,
                       .at = AT(quiet),
                       .used_by = CMD_ALL,
                       .places = PLACE_ANY,
                       .initial = "false",
                       .help = "no progress, only results and errors"},
    [SETTING_VERBOSE] = {.name = "verbose",
                       .letter = 'v',
                       .type = TYPE_SWITCH,
                       .group = GROUP_OUTPUT,
                       .at = AT(verbose),
                       .used_by = CMD_CHANGE,
                       .places = PLACE_ANY,
                       .initial = "false",
                       .help = "also show each statement as it starts, with its line"},
};

const Setting *
settings_table(void)
{
    return table;
}

const char *
setting_group_title(SettingGroup group)
{
    switch (group) {
    case GROUP_DATABASE:
        return "Database and settings file";
    case GROUP_MIGRATIONS:
        return "Migrations";
    case GROUP_HOOKS:
        return "Hooks";
    case GROUP_WAITING:
        return "Waiting";
    case GROUP_RECORDS:
        return "Records";
    case GROUP_LINT:
        return "Findings";
    case GROUP_OUTPUT:
        return "Output";
    case GROUP_COUNT:
        break;
    }
    return "";
}

size_t
setting_choices_for(const Setting *setting, int used_by)
{
    size_t count = setting->common;
    bool has_all = count == 0 || used_by & setting->rest_used_by;
    while (has_all && setting->choices[count] != NULL)
        count++;
    return count;
}

const char *
setting_choice_word(SettingId id, int value)
{
    return table[id].choices[value];
}

const char *
setting_layout(const Settings *settings)
{
    return settings->layout == 0 ? NULL : setting_choice_word(SETTING_LAYOUT, settings->layout);
}
