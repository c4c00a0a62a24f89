/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/completion.h"
#include "lint/input_findings.h"
#include "lint/lint.h"

/* Bytes of a description beside a word; help texts are ASCII up to there. */
#define MOST_HELP 72

static const struct {
    const char *name;
    void (*write)(Arena *arena, FILE *out);
} shells[] = {
    {"bash", completion_bash},
    {"zsh",  completion_zsh },
    {"fish", completion_fish},
};

#define SHELLS (sizeof shells / sizeof *shells)

bool
cmd_completion(Invocation *invocation, Error *err)
{
    const char *name = invocation->arguments.items[0];
    const char *names[SHELLS];
    for (size_t i = 0; i < SHELLS; i++) {
        names[i] = shells[i].name;
        if (strcmp(names[i], name) != 0)
            continue;
        shells[i].write(invocation->arena, invocation->out);
        return true;
    }
    (void)error_set(err, ERROR_USAGE, "there is no completion for the shell %s", name);
    const char *nearest = nearest_word(name, names, SHELLS);
    if (nearest != NULL)
        return error_hint(err, "Did you mean %s?", nearest);
    return error_hint(err, "Name one of bash, zsh and fish.");
}

/* ---- words */

const char *
completion_commands(Arena *arena, int bits)
{
    StringList names = {0};
    size_t count = 0;
    const Command *commands = commands_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden && bits & commands[i].bit)
            LIST_APPEND(arena, &names, commands[i].name);
    }
    return string_list_join(arena, &names, " ");
}

const char *
completion_rules(Arena *arena)
{
    StringList ids = {0};
    for (size_t i = 0; all_rules[i] != NULL; i++)
        LIST_APPEND(arena, &ids, all_rules[i]->id);
    size_t count = 0;
    const InputFinding *findings = input_findings(&count);
    for (size_t i = 0; i < count; i++)
        LIST_APPEND(arena, &ids, findings[i].id);
    return string_list_join(arena, &ids, " ");
}

const char *
completion_choices(Arena *arena, const Setting *setting, int bits)
{
    if (setting->choices == NULL)
        return NULL;
    StringList words = {0};
    for (size_t i = 0; i < setting_choices_for(setting, bits); i++)
        LIST_APPEND(arena, &words, setting->choices[i]);
    return string_list_join(arena, &words, " ");
}

const char *
completion_actions(Arena *arena, const Command *command)
{
    const char *arguments = command->arguments;
    if (!islower((unsigned char)arguments[0]))
        return NULL;
    char *words = arena_strdup(arena, arguments);
    for (char *c = words; *c != '\0'; c++)
        *c = *c == '|' ? ' ' : *c;
    return words;
}

bool
completion_is_directory(const Setting *setting)
{
    return setting->type == TYPE_PATH && strcmp(setting->value, "DIRECTORY") == 0;
}

bool
completion_is_file(const Setting *setting)
{
    return setting->type == TYPE_PATH && !completion_is_directory(setting);
}

bool
completion_has_no(const Setting *setting)
{
    return setting->type == TYPE_SWITCH && setting->places != PLACE_FLAG;
}

/* ---- descriptions */

const char *
completion_help(Arena *arena, const char *help)
{
    size_t length = 0;
    for (; help[length] != '\0' && length < MOST_HELP; length++) {
        if (strchr(".:;", help[length]) != NULL && strchr(" ", help[length + 1]) != NULL)
            return arena_strndup(arena, help, length);
    }
    if (help[length] == '\0')
        return help;
    while (length > 0 && help[length] != ' ')
        length--;
    return arena_printf(arena, "%.*s …", (int)length, help);
}

void
completion_quote(FILE *out, const char *text, const char *escape)
{
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs(escape, out);
        else
            fputc(*text, out);
    }
    fputc('\'', out);
}
