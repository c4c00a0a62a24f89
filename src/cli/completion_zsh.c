/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/completion.h"

#define ESCAPED_QUOTE "'\\''"

/* In a specification of _arguments, ":" and brackets are signs; in a list of _describe ":" is. */
static const char *
escape(Arena *arena, const char *text)
{
    char *escaped = ARENA_ARRAY(arena, char, 2 * strlen(text) + 1);
    size_t length = 0;
    for (; *text != '\0'; text++) {
        if (strchr("[]:\\", *text) != NULL)
            escaped[length++] = '\\';
        escaped[length++] = *text;
    }
    return escaped;
}

static void
write_quoted(FILE *out, const char *text)
{
    fputs("            ", out);
    completion_quote(out, text, ESCAPED_QUOTE);
    fputs(" \\\n", out);
}

static const char *
value_action(Arena *arena, const Setting *setting, int bit)
{
    const char *choices = completion_choices(arena, setting, bit);
    if (choices != NULL)
        return arena_printf(arena, "(%s)", choices);
    if (completion_is_directory(setting))
        return "_files -/";
    return completion_is_file(setting) ? "_files" : "";
}

static void
write_setting(Arena *arena, FILE *out, const Setting *setting, int bit)
{
    const char *help = escape(arena, completion_help(arena, setting->help));
    const char *value = "";
    if (setting->type != TYPE_SWITCH)
        value = arena_printf(arena, ":%s:%s", setting->value, value_action(arena, setting, bit));
    const char *sign = setting->type == TYPE_SWITCH ? "" : "=";
    write_quoted(out, arena_printf(arena, "--%s%s[%s]%s", setting->name, sign, help, value));
    if (setting->letter != 0)
        write_quoted(out, arena_printf(arena, "-%c[%s]%s", setting->letter, help, value));
    if (completion_has_no(setting))
        write_quoted(out, arena_printf(arena, "--no-%s[not\\: %s]", setting->name, help));
}

static const char *
argument_action(Arena *arena, const Command *command)
{
    const char *actions = completion_actions(arena, command);
    if (actions != NULL)
        return arena_printf(arena, "1:action:(%s)", actions);
    if (command->completes & COMPLETES_COMMANDS)
        return arena_printf(arena, "1:command:(%s)", completion_commands(arena, CMD_ALL));
    if (command->completes & COMPLETES_RULES)
        return arena_printf(arena, "*:path or rule:{_files; compadd %s}", completion_rules(arena));
    return command->completes & COMPLETES_PATHS ? "*:path:_files" : "*: :";
}

static void
write_command(Arena *arena, FILE *out, const Command *command)
{
    fprintf(out, "        %s)\n            _arguments \\\n", command->name);
    write_quoted(out, "--help[tell more about it]");
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        if (settings_table()[id].used_by & command->bit)
            write_setting(arena, out, &settings_table()[id], (int)command->bit);
    }
    fputs("            ", out);
    completion_quote(out, argument_action(arena, command), ESCAPED_QUOTE);
    fputs(" ;;\n", out);
}

void
completion_zsh(Arena *arena, FILE *out)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    fputs("#compdef lockstep\n"
          "# Completion for zsh, made by `lockstep completion zsh`; do not edit.\n"
          "_lockstep() {\n"
          "    local curcontext=$curcontext state line\n"
          "    local -a commands\n"
          "    typeset -A opt_args\n"
          "    commands=(\n",
          out);
    for (size_t i = 0; i < count; i++) {
        if (commands[i].hidden)
            continue;
        fputs("        ", out);
        completion_quote(
            out, arena_printf(arena, "%s:%s", commands[i].name, escape(arena, commands[i].summary)),
            ESCAPED_QUOTE);
        fputc('\n', out);
    }
    fputs("    )\n"
          "    _arguments -C '--help[tell more]' '--version[tell the version]' \\\n"
          "        '1: :->command' '*:: :->argument'\n"
          "    case $state in\n"
          "    command) _describe -t commands command commands ;;\n"
          "    argument)\n"
          "        case $words[1] in\n",
          out);
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden)
            write_command(arena, out, &commands[i]);
    }
    fputs("        esac ;;\n"
          "    esac\n"
          "}\n"
          "if [ \"$funcstack[1]\" = _lockstep ]; then\n"
          "    _lockstep \"$@\"\n"
          "else\n"
          "    compdef _lockstep lockstep\n"
          "fi\n",
          out);
}
