/* SPDX-License-Identifier: MIT */
#include "cli/completion.h"

/* Needs nothing of the package bash-completion. Bash parts a word at "=", so --flag=value is three
 * words. */
static const char beginning[] =
    "# Completion for bash, made by `lockstep completion bash`; do not edit.\n"
    "_lockstep() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} flag= command= words= paths= i=1 found\n"
    "    COMPREPLY=()\n"
    "    while ((i < COMP_CWORD)); do\n"
    "        case ${COMP_WORDS[i]} in\n";

static const char after_flags[] = ")\n"
                                  "            flag=${COMP_WORDS[i]}\n"
                                  "            [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i++))\n"
                                  "            ((i++))\n"
                                  "            ((i < COMP_CWORD)) && flag=\n"
                                  "            ;;\n"
                                  "        -*) ;;\n"
                                  "        *) [[ $command ]] || command=${COMP_WORDS[i]} ;;\n"
                                  "        esac\n"
                                  "        ((i++))\n"
                                  "    done\n"
                                  "    [[ $word == '=' && $flag ]] && word=\n";

static const char end[] = "    while IFS= read -r found; do\n"
                          "        COMPREPLY+=(\"$found\")\n"
                          "    done < <(compgen -W \"$words\" -- \"$word\")\n"
                          "    [[ $paths ]] || return 0\n"
                          "    compopt -o filenames 2>/dev/null\n"
                          "    while IFS= read -r found; do\n"
                          "        COMPREPLY+=(\"$found\")\n"
                          "    done < <(compgen \"$paths\" -- \"$word\")\n"
                          "}\n"
                          "complete -F _lockstep lockstep\n";

static void
write_flags_with_values(FILE *out)
{
    const char *separator = "        ";
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (setting->type == TYPE_SWITCH)
            continue;
        fprintf(out, "%s--%s", separator, setting->name);
        separator = " | ";
        if (setting->letter != 0)
            fprintf(out, " | -%c", setting->letter);
    }
}

static void
write_choices(Arena *arena, FILE *out, const Setting *setting)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    const char *common = completion_choices(arena, setting, 0);
    for (size_t i = 0; i < count; i++) {
        if (setting->rest_used_by & commands[i].bit)
            fprintf(out, "        %s--%s) words='%s' ;;\n", commands[i].name, setting->name,
                    completion_choices(arena, setting, commands[i].bit));
    }
    fprintf(out, "        *--%s) words='%s' ;;\n", setting->name, common);
}

static void
write_values(Arena *arena, FILE *out)
{
    fputs("    if [[ $flag ]]; then\n        case $command$flag in\n", out);
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (setting->choices != NULL)
            write_choices(arena, out, setting);
        else if (setting->type == TYPE_PATH)
            fprintf(out, "        *--%s) paths=%s ;;\n", setting->name,
                    completion_is_directory(setting) ? "-d" : "-f");
    }
    fputs("        esac\n", out);
}

static void
write_flags(FILE *out)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    fputs("    elif [[ $word == -* ]]; then\n        case $command in\n", out);
    for (size_t i = 0; i < count; i++) {
        if (commands[i].hidden)
            continue;
        fprintf(out, "        %s) words='--help", commands[i].name);
        for (int id = 0; id < SETTING_ID_COUNT; id++) {
            const Setting *setting = &settings_table()[id];
            if (setting->used_by & commands[i].bit)
                fprintf(out, " --%s", setting->name);
            if (setting->used_by & commands[i].bit && completion_has_no(setting))
                fprintf(out, " --no-%s", setting->name);
        }
        fputs("' ;;\n", out);
    }
    fputs("        *) words='--help --version' ;;\n        esac\n", out);
}

static void
write_arguments(Arena *arena, FILE *out, const Command *command)
{
    const char *actions = completion_actions(arena, command);
    if (actions != NULL)
        fprintf(out, "        %s) words='%s' ;;\n", command->name, actions);
    else if (command->completes != 0) {
        const char *rules = command->completes & COMPLETES_RULES ? completion_rules(arena) : "";
        const char *commands =
            command->completes & COMPLETES_COMMANDS ? completion_commands(arena, CMD_ALL) : "";
        fprintf(out, "        %s) words='%s%s'%s ;;\n", command->name, rules, commands,
                command->completes & COMPLETES_PATHS ? " paths=-f" : "");
    }
}

void
completion_bash(Arena *arena, FILE *out)
{
    fputs(beginning, out);
    write_flags_with_values(out);
    fputs(after_flags, out);
    write_values(arena, out);
    write_flags(out);
    fprintf(out, "    else\n        case $command in\n        '') words='%s' ;;\n",
            completion_commands(arena, CMD_ALL));
    size_t count = 0;
    const Command *commands = commands_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden)
            write_arguments(arena, out, &commands[i]);
    }
    fputs("        esac\n    fi\n", out);
    fputs(end, out);
}
