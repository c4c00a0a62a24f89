/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include <inttypes.h>
#include <string.h>
#include <version.h>

#include "base/duration.h"
#include "base/term.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "db/client.h"

/* Where the second column begins. */
#define COMMAND_COLUMN 21
#define FLAG_COLUMN 27

static void
write_title(const Invocation *invocation, const char *title)
{
    fprintf(invocation->out, "\n%s%s%s\n", term_style(invocation->colour, TERM_BOLD), title,
            term_style(invocation->colour, TERM_PLAIN));
}

/* Two columns; a first one that is too wide gets a line of its own. */
static void
write_pair(FILE *out, const char *left, const char *right, int column)
{
    int used = fprintf(out, "  %s", left);
    used = 2 + (int)utf8_width(left, (size_t)used - 2);
    if (used + 2 > column)
        fprintf(out, "\n%*s", column, "");
    else
        fprintf(out, "%*s", column - used, "");
    wrap_text(out, right, column, column, HELP_WIDTH);
}

static void
write_commands(Invocation *invocation)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    for (int group = COMMANDS_WRITE; group <= COMMANDS_TOOL; group++) {
        write_title(invocation, command_group_title((CommandGroup)group));
        for (size_t i = 0; i < count; i++) {
            if ((int)commands[i].group != group || commands[i].hidden)
                continue;
            const char *arguments =
                strlen(commands[i].arguments) > 9 ? "ACTION" : commands[i].arguments;
            const char *left =
                arena_printf(invocation->arena, "%s %s", commands[i].name, arguments);
            write_pair(invocation->out, left, commands[i].summary, COMMAND_COLUMN);
        }
    }
}

static void
write_examples(const Invocation *invocation, const Example *examples, size_t count)
{
    write_title(invocation, "Examples");
    for (size_t i = 0; i < count && examples[i].line != NULL; i++) {
        fprintf(invocation->out, "  %s%s%s\n", term_style(invocation->colour, TERM_CODE),
                examples[i].line, term_style(invocation->colour, TERM_PLAIN));
        fputs("      ", invocation->out);
        wrap_text(invocation->out, examples[i].purpose, 6, 6, HELP_WIDTH);
    }
}

void
help_overview(Invocation *invocation)
{
    static const Example examples[] = {
        {"lockstep new add_customer_email",         "begin a migration: two files under migrations/"},
        {"lockstep lint",                           "what would it block?"                          },
        {"lockstep up --sandbox",                   "try it on a private PostgreSQL"                },
        {"lockstep up --url postgresql://db1/shop", "apply it"                                      }
    };

    fprintf(invocation->out, "lockstep %s: change the schema of a live PostgreSQL database\n",
            LOCKSTEP_VERSION);
    fputs("without making the application wait.\n\nUsage: lockstep COMMAND [OPTION…] "
          "[ARGUMENT…]\n",
          invocation->out);
    write_commands(invocation);
    write_examples(invocation, examples, sizeof examples / sizeof *examples);
    fputc('\n', invocation->out);
    wrap_text(
        invocation->out,
        "`lockstep help COMMAND` shows all options of a command. Each option can also be set "
        "in the environment or in lockstep.ini: --lock-timeout 2s is LOCKSTEP_LOCK_TIMEOUT=2s "
        "and lock-timeout = 2s. A flag is stronger than the environment, the environment "
        "stronger than the file.",
        0, 0, HELP_WIDTH);
}

const char *
help_flag(Arena *arena, const Setting *setting)
{
    const char *letter = "";
    if (setting->letter != 0)
        letter = arena_printf(arena, "-%c, ", setting->letter);
    return arena_printf(arena, "%s--%s%s%s", letter, setting->name,
                        setting->value != NULL ? " " : "",
                        setting->value != NULL ? setting->value : "");
}

static const char *
range_words(Arena *arena, const Setting *setting, int used_by)
{
    if (setting->choices != NULL) {
        const char *list = setting->choices[0];
        for (size_t i = 1; i < setting_choices_for(setting, used_by); i++)
            list = arena_printf(arena, "%s, %s", list, setting->choices[i]);
        return arena_printf(arena, "; one of %s", list);
    }
    if (setting->type == TYPE_NUMBER && setting->initial != NULL)
        return arena_printf(arena, "; %" PRId64 " to %" PRId64, setting->least, setting->most);
    return "";
}

const char *
help_meaning(Arena *arena, const Setting *setting, int used_by)
{
    return arena_printf(arena, "%s%s", setting->help, range_words(arena, setting, used_by));
}

const char *
help_setting(Arena *arena, const Setting *setting, int used_by)
{
    const char *meaning = help_meaning(arena, setting, used_by);
    if (setting->initial == NULL || setting->type == TYPE_SWITCH)
        return meaning;
    return arena_printf(arena, "%s (default: %s)", meaning, setting->initial);
}

static void
write_options(Invocation *invocation, const Command *command)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        bool has_title = false;
        for (int id = 0; id < SETTING_ID_COUNT; id++) {
            const Setting *setting = &settings_table()[id];
            if ((int)setting->group != group || !(setting->used_by & command->bit))
                continue;
            if (!has_title)
                write_title(invocation, setting_group_title((SettingGroup)group));
            has_title = true;
            write_pair(invocation->out, help_flag(invocation->arena, setting),
                       help_setting(invocation->arena, setting, (int)command->bit), FLAG_COLUMN);
        }
    }
}

static void
write_statuses(const Invocation *invocation, const Command *command)
{
    size_t count = 0;
    const ExitMeaning *meanings = exit_meanings(&count);
    write_title(invocation, "Exit status");
    for (size_t i = 0; i < count; i++) {
        if (!(meanings[i].used_by & command->bit))
            continue;
        fprintf(invocation->out, "  %-5d", (int)meanings[i].status);
        wrap_text(invocation->out, meanings[i].meaning, 7, 7, HELP_WIDTH);
    }
}

void
help_command(Invocation *invocation, const Command *command)
{
    FILE *out = invocation->out;
    fprintf(out, "lockstep %s: ", command->name);
    wrap_text(out, command->summary, (int)strlen(command->name) + 11, 4, HELP_WIDTH);
    fprintf(out, "\nUsage: lockstep %s [OPTION…]%s%s\n\n", command->name,
            command->arguments[0] != '\0' ? " " : "", command->arguments);
    wrap_text(out, command->description, 0, 0, HELP_WIDTH);
    write_options(invocation, command);
    if (command->examples[0].line != NULL)
        write_examples(invocation, command->examples, MAX_EXAMPLES);
    write_statuses(invocation, command);
}

void
help_version(Arena *arena, FILE *out)
{
    fprintf(out, "lockstep %s\nSQL grammar of PostgreSQL %s\nlibpq %s\n", LOCKSTEP_VERSION,
            LOCKSTEP_GRAMMAR_MAJOR, db_client_version(arena));
}

bool
cmd_help(Invocation *invocation, Error *err)
{
    if (invocation->arguments.count == 0) {
        help_overview(invocation);
        return true;
    }
    const char *name = invocation->arguments.items[0];
    const Command *command = command_find(name);
    if (command == NULL)
        return command_unknown(invocation->arena, name, err);
    help_command(invocation, command);
    return true;
}
