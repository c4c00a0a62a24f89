/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "cli/docs.h"
#include "cli/help.h"
#include "lint/input_findings.h"

/* In a table cell, "|" would begin the next one. */
static void
write_cell(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '|')
            fputc('\\', out);
        fputc(*c, out);
    }
}

static void
write_sentence(FILE *out, const char *text)
{
    fprintf(out, "%c%s.\n", toupper((unsigned char)text[0]), text + 1);
}

static void
write_used_settings(FILE *out, const Command *command)
{
    fputs("Options:", out);
    const char *separator = " ";
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (!(setting->used_by & command->bit))
            continue;
        fprintf(out, "%s[`--%s`](settings.md#%s)", separator, setting->name, setting->name);
        separator = ",\n";
    }
    fputs("\n\n", out);
}

void
docs_command(FILE *out, const Command *command)
{
    fprintf(out, "\n## lockstep %s\n\n", command->name);
    write_sentence(out, command->summary);
    fprintf(out, "\n```\nlockstep %s [OPTION…]%s%s\n```\n\n%s\n\n", command->name,
            command->arguments[0] != '\0' ? " " : "", command->arguments, command->description);
    write_used_settings(out, command);
    fputs("| example | |\n|---|---|\n", out);
    for (size_t i = 0; i < MAX_EXAMPLES && command->examples[i].line != NULL; i++) {
        fputs("| `", out);
        write_cell(out, command->examples[i].line);
        fprintf(out, "` | %s |\n", command->examples[i].purpose);
    }
}

static void
write_users(FILE *out, int used_by)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    int visible = 0;
    for (size_t i = 0; i < count; i++)
        visible |= commands[i].hidden ? 0 : (int)commands[i].bit;
    if ((used_by & visible) == visible) {
        fputs("all", out);
        return;
    }
    const char *separator = "";
    for (size_t i = 0; i < count; i++) {
        if (commands[i].hidden || !(used_by & commands[i].bit))
            continue;
        fprintf(out, "%s`%s`", separator, commands[i].name);
        separator = ", ";
    }
}

void
docs_exit_statuses(FILE *out)
{
    size_t count = 0;
    const ExitMeaning *meanings = exit_meanings(&count);
    fputs("\n## Exit status\n\n| status | meaning | commands |\n|---|---|---|\n", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "| %d | %s | ", (int)meanings[i].status, meanings[i].meaning);
        write_users(out, meanings[i].used_by);
        fputs(" |\n", out);
    }
}

static void
write_places(Arena *arena, FILE *out, const Setting *setting)
{
    fprintf(out, "- flag: `%s`", help_flag(arena, setting));
    if (setting->type == TYPE_SWITCH && setting->places != PLACE_FLAG)
        fprintf(out, ", `--no-%s`", setting->name);
    if (setting->rest_used_by != 0) {
        fprintf(out, "\n- all but %s and %s are for: ", setting->choices[0], setting->choices[1]);
        write_users(out, setting->rest_used_by);
    }
    if (setting->places & PLACE_ENVIRONMENT) {
        fprintf(out, "\n- environment: `%s`", setting_variable(arena, setting));
        if (setting->variable != NULL)
            fprintf(out, ", else `%s`", setting->variable);
    }
    if (setting->places & PLACE_FILE)
        fprintf(out, "\n- lockstep.ini: `%s`", setting->name);
    if (setting->places & PLACE_TARGET)
        fprintf(out, "\n- lockstep.ini: `%s`, in a section `[target NAME]` only", setting->name);
    if (setting->initial != NULL)
        fprintf(out, "\n- default: `%s`", setting->initial);
    fputs("\n- used by: ", out);
    write_users(out, setting->used_by);
    fputc('\n', out);
}

void
docs_setting_group(Arena *arena, FILE *out, SettingGroup group)
{
    fprintf(out, "\n## %s\n", setting_group_title(group));
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (setting->group != group)
            continue;
        fprintf(out, "\n### %s\n\n", setting->name);
        write_sentence(out, help_meaning(arena, setting, CMD_ALL));
        fputc('\n', out);
        write_places(arena, out, setting);
    }
}

void
docs_rule(Arena *arena, FILE *out, const Rule *rule)
{
    const RuleNumber *number = &rule->number;
    fprintf(out, "\n## %s\n\n%s (%s).\n\n%s", rule->id, rule->name, severity_words(rule->severity),
            rule->why);
    if (rule->lock != LOCK_NONE)
        fprintf(out, " The lock is %s, which blocks %s.", lock_words(rule->lock),
                lock_blocks(rule->lock));
    fprintf(out, "\n\nInstead of\n\n```sql\n%s\n```\n\n%s\n\n```sql\n%s\n```\n", rule->bad,
            rule->instead, rule->good);
    if (number->name != NULL)
        fprintf(out,
                "\n`%s` in `[rule %s]` of lockstep.ini, or `--rule %s.%s=VALUE`: the most %s "
                "(default %s; from %s to %s).\n",
                number->name, rule->id, rule->id, number->name, number->what,
                rule_number_text(arena, number, number->initial),
                rule_number_text(arena, number, number->least),
                rule_number_text(arena, number, number->most));
}

void
docs_input_findings(FILE *out)
{
    size_t count = 0;
    const InputFinding *findings = input_findings(&count);
    fputs("\n# About the files themselves\n", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "\n## %s\n\n", findings[i].id);
        fprintf(out, "%s (%s).\n\n", findings[i].name, severity_words(findings[i].severity));
        fprintf(out, "%s %s\n", findings[i].why, findings[i].instead);
    }
}
