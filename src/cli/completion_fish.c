/* SPDX-License-Identifier: MIT */
#include "cli/completion.h"

/* How fish writes a quote within quotes. */
#define ESCAPED_QUOTE "\\'"

static void
write_line(Arena *arena, FILE *out, int bits, const char *what, const char *words,
           const char *description)
{
    fputs("complete -c lockstep -n ", out);
    completion_quote(
        out,
        arena_printf(arena, "__fish_seen_subcommand_from %s", completion_commands(arena, bits)),
        ESCAPED_QUOTE);
    fputs(what, out);
    if (words != NULL) {
        fputs(" -a ", out);
        completion_quote(out, words, ESCAPED_QUOTE);
    }
    if (description != NULL) {
        fputs(" -d ", out);
        completion_quote(out, description, ESCAPED_QUOTE);
    }
    fputc('\n', out);
}

static const char *
flag_words(Arena *arena, const Setting *setting)
{
    const char *letter = "";
    if (setting->letter != 0)
        letter = arena_printf(arena, " -s %c", setting->letter);
    const char *value = setting->type == TYPE_PATH ? " -r -F" : " -x";
    if (setting->type == TYPE_SWITCH)
        value = "";
    return arena_printf(arena, " -l %s%s%s", setting->name, letter, value);
}

static void
write_setting(Arena *arena, FILE *out, const Setting *setting)
{
    const char *help = completion_help(arena, setting->help);
    const char *flag = flag_words(arena, setting);
    int rest = setting->used_by & setting->rest_used_by;
    int common = setting->used_by & ~rest;
    if (completion_commands(arena, common)[0] != '\0')
        write_line(arena, out, common, flag, completion_choices(arena, setting, 0), help);
    if (rest != 0)
        write_line(arena, out, rest, flag, completion_choices(arena, setting, rest), help);
    if (completion_has_no(setting))
        write_line(arena, out, setting->used_by, arena_printf(arena, " -l no-%s", setting->name),
                   NULL, arena_printf(arena, "not: %s", help));
}

static void
write_command(Arena *arena, FILE *out, const Command *command)
{
    fputs("complete -c lockstep -n __fish_use_subcommand -a ", out);
    completion_quote(out, command->name, ESCAPED_QUOTE);
    fputs(" -d ", out);
    completion_quote(out, command->summary, ESCAPED_QUOTE);
    fputc('\n', out);
    int bit = (int)command->bit;
    const char *actions = completion_actions(arena, command);
    if (actions != NULL)
        write_line(arena, out, bit, "", actions, NULL);
    if (command->completes & COMPLETES_PATHS)
        write_line(arena, out, bit, " -F", NULL, NULL);
    if (command->completes & COMPLETES_RULES)
        write_line(arena, out, bit, "", completion_rules(arena), "rule");
    if (command->completes & COMPLETES_COMMANDS)
        write_line(arena, out, bit, "", completion_commands(arena, CMD_ALL), "command");
}

void
completion_fish(Arena *arena, FILE *out)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    fputs("# Completion for fish, made by `lockstep completion fish`; do not edit.\n"
          "complete -c lockstep -f\n"
          "complete -c lockstep -l help -d 'tell more about it'\n"
          "complete -c lockstep -n __fish_use_subcommand -l version -d 'tell the version'\n",
          out);
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden)
            write_command(arena, out, &commands[i]);
    }
    for (int id = 0; id < SETTING_ID_COUNT; id++)
        write_setting(arena, out, &settings_table()[id]);
}
