/* SPDX-License-Identifier: MIT */
/*
 * What a run of the tool is told: one struct, filled from four places, each stronger than the one
 * before: default, lockstep.ini, environment, flag.
 *
 * One row of settings_table() describes a setting completely: its name is the key in lockstep.ini
 * and, with "--" before it, the flag; in capitals with "_" for "-" and LOCKSTEP_ before it, the
 * variable. Help, the documents under docs/ and the nearest-name hints are made from the same rows.
 */
#ifndef LOCKSTEP_CLI_SETTINGS_H
#define LOCKSTEP_CLI_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "lint/policy.h"
#include "run/hooks.h"
#include "run/plan.h"
#include "source/substitute.h"

typedef enum SettingId {
    SETTING_URL,
    SETTING_SANDBOX,
    SETTING_SANDBOX_DIR,
    SETTING_PG_BIN,
    SETTING_ALLOW_POOLER,
    SETTING_TARGET,
    SETTING_CONFIG,
    SETTING_MIGRATIONS,
    SETTING_LAYOUT,
    SETTING_TO,
    SETTING_COUNT,
    SETTING_DRY_RUN,
    SETTING_YES,
    SETTING_ACCEPT,
    SETTING_FORGET,
    SETTING_STEPS_DONE,
    SETTING_STEPS_FAILED,
    SETTING_SUBSTITUTE,
    SETTING_SET,
    SETTING_ORDER,
    SETTING_BEFORE_RUN,
    SETTING_AFTER_RUN,
    SETTING_BEFORE_EACH,
    SETTING_AFTER_EACH,
    SETTING_HOOK_TIMEOUT,
    SETTING_MAX_FILE_SIZE,
    SETTING_CONNECT_TIMEOUT,
    SETTING_WAIT_FOR_DATABASE,
    SETTING_DATABASE_NAME,
    SETTING_SYSTEM_IDENTIFIER,
    SETTING_ROLE,
    SETTING_LOCK_TIMEOUT,
    SETTING_LOCK_BUDGET,
    SETTING_MAX_HOLD,
    SETTING_MAX_QUEUE,
    SETTING_SHOW_QUERIES,
    SETTING_OLD_SNAPSHOTS,
    SETTING_OLD_SNAPSHOT_AGE,
    SETTING_CONCURRENT_TIMEOUT,
    SETTING_CANCEL_BLOCKERS,
    SETTING_LOCK_WAIT,
    SETTING_STATEMENT_TIMEOUT,
    SETTING_HISTORY_SCHEMA,
    SETTING_JOURNAL,
    SETTING_SCHEMA,
    SETTING_PG_VERSION,
    SETTING_SINCE,
    SETTING_BASELINE,
    SETTING_WRITE_BASELINE,
    SETTING_RUNNER,
    SETTING_SPLIT_TRANSACTIONS,
    SETTING_JOBS,
    SETTING_FAIL_ON,
    SETTING_RULE,
    SETTING_EXIT_CODE,
    SETTING_FORMAT,
    SETTING_LOG_FORMAT,
    SETTING_COLOUR,
    SETTING_QUIET,
    SETTING_VERBOSE,
    SETTING_ID_COUNT
} SettingId;

/* All commands but lint write no others than the first two. */
typedef enum OutputFormat {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_SARIF,
    FORMAT_GITHUB,
    FORMAT_GITLAB,
    FORMAT_JUNIT,
    FORMAT_MARKDOWN
} OutputFormat;
typedef enum LogFormat { LOG_FORMAT_TEXT, LOG_FORMAT_JSON } LogFormat;
typedef enum ColourChoice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } ColourChoice;
typedef enum FailOn { FAIL_ON_ERROR, FAIL_ON_WARNING, FAIL_ON_NEVER } FailOn;

/* Where a value came from; a later one is stronger. */
typedef enum SettingLevel {
    LEVEL_UNSET,
    LEVEL_DEFAULT,
    LEVEL_FILE,
    LEVEL_ENVIRONMENT,
    LEVEL_FLAG
} SettingLevel;

/* Strings live in the arena given to settings_load(); NULL where nothing was said and there is no
 * default. */
typedef struct Settings {
    const char *url;
    const char *sandbox_dir;
    const char *pg_bin;
    const char *target;
    const char *config;
    const char *migrations;
    int layout; /* SETTING_LAYOUT's choice; 0: as recognised */
    const char *to;
    const char *cancel_blockers;
    const char *history_schema;
    const char *journal;
    const char *schema;
    const char *since;
    const char *baseline;
    const char *write_baseline;
    int64_t count; /* 0: not said */
    int64_t jobs;  /* likewise */
    int64_t max_file_size;
    int64_t pg_version;
    int64_t connect_timeout_ms;
    int64_t wait_for_database_ms;
    const char *database_name;
    const char *system_identifier;
    const char *role;
    int64_t lock_timeout_ms;
    int64_t lock_budget_ms;
    int64_t max_hold_ms;
    int64_t max_queue;
    int64_t old_snapshot_age_ms;
    int64_t concurrent_timeout_ms;
    int64_t lock_wait_ms;
    int64_t statement_timeout_ms;
    OutputFormat format;
    LogFormat log_format;
    ColourChoice colour;
    FailOn fail_on;
    unsigned int old_snapshots;  /* an OldSnapshots (run/run.h) */
    StringList substitute;       /* names */
    StringList set;              /* "NAME=VALUE" */
    StringList file_variables;   /* the same, of the section [variables] … */
    StringList target_variables; /* … and of [variables TARGET], which is stronger */
    VariableList variables; /* those names with their values; of a command that reads migrations */
    OrderPolicy order;
    Hooks hooks;
    int64_t hook_timeout_ms;
    unsigned int runner; /* index in runner_names */
    LintPolicy policy;   /* of --rule and of the sections [rule ID] */
    bool sandbox;
    bool allow_pooler;
    bool dry_run;
    bool show_queries;
    bool yes;
    StringList accept; /* versions */
    StringList forget;
    StringList steps_done; /* "VERSION:STEP" */
    StringList steps_failed;
    bool exit_code;
    bool split_transactions;
    bool quiet;
    bool verbose;
    const char *directory; /* while a file is read: that of the file; else NULL */
    SettingLevel level[SETTING_ID_COUNT];
} Settings;

typedef enum SettingType {
    TYPE_TEXT,     /* const char * */
    TYPE_PATH,     /* const char *; in lockstep.ini relative to that file's directory */
    TYPE_DURATION, /* int64_t, milliseconds */
    TYPE_NUMBER,   /* int64_t, between `least` and `most` */
    TYPE_SIZE,     /* int64_t, bytes */
    TYPE_SWITCH,   /* bool */
    TYPE_CHOICE,   /* enum, in the order of `choices` */
    TYPE_LIST,     /* StringList: values parted by commas; those of several flags are added up */
    TYPE_PAIRS,    /* StringList: each flag one "NAME=VALUE" */
    TYPE_HOOKS,    /* HookList: the same, each "sql:PATH" or "command:PATH"; paths as TYPE_PATH */
    TYPE_RULE      /* LintPolicy, which each value adds to */
} SettingType;

/* Which commands use a setting: one bit each. */
typedef enum CommandBit {
    CMD_NEW = 1 << 0,
    CMD_LINT = 1 << 1,
    CMD_EXPLAIN = 1 << 2,
    CMD_RULES = 1 << 3,
    CMD_UP = 1 << 4,
    CMD_DOWN = 1 << 5,
    CMD_STATUS = 1 << 6,
    CMD_HISTORY = 1 << 7,
    CMD_SANDBOX = 1 << 8,
    CMD_HELP = 1 << 9,
    CMD_DOCS = 1 << 10,
    CMD_PITR = 1 << 11,
    CMD_COMPLETION = 1 << 12,
    CMD_REDO = 1 << 13,
    CMD_GOTO = 1 << 14,
    CMD_VERIFY = 1 << 15,
    CMD_BASELINE = 1 << 16,
    CMD_REPAIR = 1 << 17,
    CMD_MEND = CMD_BASELINE | CMD_REPAIR, /* write to the history without running a migration */
    CMD_CHANGE = CMD_UP | CMD_DOWN | CMD_REDO | CMD_GOTO,
    CMD_FILES =
        CMD_CHANGE | CMD_MEND | CMD_STATUS | CMD_VERIFY, /* need a database and the migrations */
    CMD_DATABASE = CMD_FILES | CMD_HISTORY,
    CMD_READING = CMD_LINT | CMD_EXPLAIN,
    CMD_ALL = (1 << 18) - 1
} CommandBit;

/* Where a setting may stand. */
typedef enum SettingPlace {
    PLACE_FLAG = 1 << 0,
    PLACE_ENVIRONMENT = 1 << 1,
    PLACE_FILE = 1 << 2,
    PLACE_TARGET = 1 << 3, /* a section [target NAME] of the file */
    PLACE_ANY = PLACE_FLAG | PLACE_ENVIRONMENT | PLACE_FILE
} SettingPlace;

typedef enum SettingGroup {
    GROUP_DATABASE,
    GROUP_MIGRATIONS,
    GROUP_WAITING,
    GROUP_HOOKS,
    GROUP_RECORDS,
    GROUP_LINT,
    GROUP_OUTPUT,
    GROUP_COUNT
} SettingGroup;

typedef struct Setting {
    const char *name;
    char letter; /* short flag, or 0 */
    SettingType type;
    SettingGroup group;
    size_t at; /* offset in Settings */
    int used_by;
    int places;
    const char *initial;  /* default as it would be written; NULL: none */
    const char *variable; /* a variable known beside LOCKSTEP_…, weaker than that one; or NULL */
    const char *value;    /* what the value is called in help: "DURATION"; NULL for switches */
    const char *const *choices; /* NULL-terminated */
    size_t common;              /* the choices behind so many are for `rest_used_by` only; 0: all
                                   choices are for all */
    int rest_used_by;
    int64_t least;
    int64_t most;     /* of a text: bytes, 0 for no limit */
    bool is_secret;   /* the value may hold a password: it is never shown */
    const char *help; /* a sentence without capital and full stop */
} Setting;

/* SETTING_ID_COUNT rows, indexed by SettingId. */
const Setting *settings_table(void);

/* "Database and connection" */
const char *setting_group_title(SettingGroup group);

/* "LOCKSTEP_LOCK_TIMEOUT" */
const char *setting_variable(Arena *arena, const Setting *setting);

/* How many of its choices, from the first on, are for a command of these bits. */
size_t setting_choices_for(const Setting *setting, int used_by);

/* The word of a choice: "json". */
const char *setting_choice_word(SettingId id, int value);

/* The name of the layout that --layout asks for; NULL for "auto". */
const char *setting_layout(const Settings *settings);

/* A flag as it was given: --no-NAME gives the value "false". */
typedef struct FlagValue {
    SettingId id;
    const char *value;
    const char *flag; /* as in messages: "--lock-timeout" */
} FlagValue;

typedef LIST(FlagValue) FlagList;

/*
 * Fills `out` from all four places. `environment` is a NULL-terminated list of NAME=value;
 * `directory` is where lockstep.ini is looked for. Fails (ERROR_USAGE) for a value that does not
 * fit its type, an unknown key, section or target, or a file that cannot be read; the message says
 * where the value came from.
 */
bool settings_load(Arena *arena, const FlagList *flags, char *const *environment,
                   const char *directory, Settings *out, Error *err) MUST_USE;

/* The values of the variables that `substitute` names: of --set, else of LOCKSTEP_VAR_NAME. Fails
 * (ERROR_USAGE) for a name without a value, and for a value that no name asks for. */
bool settings_resolve_variables(Arena *arena, Settings *settings, Error *err) MUST_USE;

/* ---- the four steps; for settings_*.c and the tests */

/* Parses a value and stores it. `where` names the place in messages: "--to", "lockstep.ini:3: to".
 */
bool setting_store(Arena *arena, Settings *settings, SettingId id, const char *value,
                   SettingLevel level, const char *where, Error *err) MUST_USE;

/* The setting of this name, or SETTING_ID_COUNT. */
SettingId setting_find(const char *name);

/* A hint that names the nearest setting which may stand in `place`; the prefix ("--", "") is put
 * before it. No hint where none is near. */
void setting_hint_nearest(Arena *arena, const char *name, SettingPlace place, const char *prefix,
                          Error *err);

/* Reads the keys before the first section, those of [target `target`] where it is not NULL, and all
 * sections [rule ID]. A file that does not exist is an error only where `must_exist`. */
bool settings_read_file(Arena *arena, const char *path, bool must_exist, const char *target,
                        Settings *out, Error *err) MUST_USE;

bool settings_read_environment(Arena *arena, char *const *environment, Settings *out,
                               Error *err) MUST_USE;

#endif
