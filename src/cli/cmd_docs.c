/* SPDX-License-Identifier: MIT */
/* The documents under docs/, from the same tables as the help. */
#include <string.h>
#include <version.h>

#include "cli/command.h"
#include "cli/docs.h"
#include "cli/rule_document.h"
#include "lint/lint.h"

static const char made_from[] =
    "<!-- Made by scripts/docs from the program's own tables; do not edit. -->\n";

static void
write_commands(Arena *arena, FILE *out)
{
    (void)arena;
    size_t count = 0;
    const Command *commands = commands_table(&count);
    fprintf(out, "# Commands\n\n%s\n", made_from);
    fputs("| command | what it does |\n|---|---|\n", out);
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden)
            fprintf(out, "| [`%s`](#lockstep-%s) | %s |\n", commands[i].name, commands[i].name,
                    commands[i].summary);
    }
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden)
            docs_command(out, &commands[i]);
    }
    docs_exit_statuses(out);
}

static void
write_settings(Arena *arena, FILE *out)
{
    fprintf(out, "# Settings\n\n%s\n", made_from);
    fputs(
        "Each setting has one name. `lock-timeout` is `--lock-timeout 2s` on the command line,\n"
        "`LOCKSTEP_LOCK_TIMEOUT=2s` in the environment and `lock-timeout = 2s` in "
        "`lockstep.ini`.\n"
        "A flag is stronger than the environment, the environment is stronger than the file, and\n"
        "the file is stronger than the default. A variable that is empty counts as not set. A "
        "switch\n"
        "is turned off by `--no-NAME`, or by the value `false`.\n\n"
        "`lockstep.ini` is read from the current directory, or from where `--config` says. What "
        "stands\n"
        "before the first section is for all; `[target NAME]` is used with `--target NAME`. "
        "Paths in it\n"
        "are relative to its directory. A line has at most 198 bytes.\n\n"
        "`[rule RULE]` says how grave the findings of one rule are (`severity`: off, info, warning "
        "or\n"
        "error), and in which files they count: only where a pattern of `paths` fits, and not "
        "where "
        "one\n"
        "of `except` does. Patterns are parted by commas; `*` stands for a run of characters in a "
        "name,\n"
        "`**` for one that crosses slashes, and a pattern may fit the end of a path from any slash "
        "on.\nSome rules have a threshold too; [rules.md](rules.md) names its key.\n\n"
        "`[variables]` gives the values of the variables that `substitute` names, one a line, and\n"
        "`[variables NAME]` those of one target, which are stronger.\n\n"
        "```ini\nmigrations = db/migrations\nsubstitute = SCHEMA\n\n[target production]\n"
        "url = postgresql://db1/shop\nlock-timeout = 500ms\n\n"
        "[variables]\nSCHEMA = shop_test\n\n[variables production]\nSCHEMA = shop\n\n"
        "[rule missing-down]\nseverity = off\n\n"
        "[rule reindex-blocks]\nexcept = migrations/2019*, legacy/**\n\n"
        "[rule unbatched-write]\nrows = 5000\n```\n\n"
        "Durations are written as `500ms`, `2s`, `10min`, `1h`, `1d` or `0`, sizes as `64MB`.\n",
        out);
    for (int group = 0; group < GROUP_COUNT; group++)
        docs_setting_group(arena, out, (SettingGroup)group);
}

static void
write_rule_table(FILE *out, RuleTheme theme)
{
    if (!rule_theme_is_used(theme))
        return;
    fprintf(out, "**%s**\n\n| rule | severity | what hurts |\n|---|---|---|\n",
            rule_theme_title(theme));
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (rule_theme(all_rules[i]) == theme)
            fprintf(out, "| [`%s`](#%s) | %s | %s |\n", all_rules[i]->id, all_rules[i]->id,
                    severity_words(all_rules[i]->severity), all_rules[i]->name);
    }
    fputc('\n', out);
}

static void
write_rules(Arena *arena, FILE *out)
{
    fprintf(out, "# Rules\n\n%s\n", made_from);
    for (int theme = 0; theme < THEME_COUNT; theme++)
        write_rule_table(out, (RuleTheme)theme);
    for (size_t i = 0; all_rules[i] != NULL; i++)
        docs_rule(arena, out, all_rules[i]);
    docs_input_findings(out);
}

static const struct {
    const char *name;
    void (*write)(Arena *arena, FILE *out);
} documents[] = {
    {"commands", write_commands},
    {"settings", write_settings},
    {"rules",    write_rules   },
    {"man",      docs_man_page },
};

bool
cmd_docs(Invocation *invocation, Error *err)
{
    const char *name = invocation->arguments.items[0];
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        if (strcmp(documents[i].name, name) != 0)
            continue;
        documents[i].write(invocation->arena, invocation->out);
        return true;
    }
    return error_set(err, ERROR_USAGE, "there is no document %s", name);
}
