/* SPDX-License-Identifier: MIT */
#include "cli/arguments.h"

#include <getopt.h>
#include <string.h>

/* What getopt_long() gives back: ids of settings begin at FIRST, those of their --no- form at
 * FIRST_NO. */
enum { FIRST = 256, FIRST_NO = FIRST + SETTING_ID_COUNT, HELP = 'h', VERSION = 'V' };

typedef LIST(struct option) OptionList;

static OptionList
long_options(Arena *arena)
{
    OptionList options = {0};
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        bool is_switch = setting->type == TYPE_SWITCH;
        LIST_APPEND(arena, &options,
                    (struct option){setting->name, is_switch ? no_argument : required_argument,
                                    NULL, FIRST + id});
        if (is_switch && setting->places != PLACE_FLAG)
            LIST_APPEND(arena, &options,
                        (struct option){arena_printf(arena, "no-%s", setting->name), no_argument,
                                        NULL, FIRST_NO + id});
    }
    LIST_APPEND(arena, &options, (struct option){"help", no_argument, NULL, HELP});
    LIST_APPEND(arena, &options, (struct option){"version", no_argument, NULL, VERSION});
    LIST_APPEND(arena, &options, (struct option){0});
    return options;
}

static const char *
short_options(Arena *arena)
{
    const char *letters = ":hV";
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (setting->letter != 0)
            letters = arena_printf(arena, "%s%c%s", letters, setting->letter,
                                   setting->type == TYPE_SWITCH ? "" : ":");
    }
    return letters;
}

/* The argument that holds the flag which was just read. */
static const char *
flag_word(char **argv)
{
    return optarg != NULL && optarg == argv[optind - 1] ? argv[optind - 2] : argv[optind - 1];
}

static bool
unknown_flag(Arena *arena, const OptionList *options, const char *word, Error *err)
{
    bool is_letter = optopt > 0 && optopt < FIRST && optopt != HELP && optopt != VERSION;
    if (is_letter)
        return error_set(err, ERROR_USAGE, "there is no option -%c", optopt);

    const char *name = arena_strndup(arena, word + 2, strcspn(word + 2, "="));
    for (size_t i = 0; i + 1 < options->count; i++) {
        if (strcmp(options->items[i].name, name) == 0)
            return error_set(err, ERROR_USAGE, "--%s takes no value", name);
    }
    (void)error_set(err, ERROR_USAGE, "there is no option --%s", name);
    setting_hint_nearest(arena, name, PLACE_FLAG, "--", err);
    return false;
}

static const char *
option_name(const OptionList *options, int code)
{
    foreach (option, options) {
        if (option->val == code && option->name != NULL)
            return option->name;
    }
    return "";
}

static SettingId
setting_of_letter(int letter)
{
    int id = 0;
    while (id < SETTING_ID_COUNT && settings_table()[id].letter != letter)
        id++;
    return (SettingId)id;
}

static bool
take_flag(Arena *arena, const OptionList *options, int code, char **argv, Arguments *out,
          Error *err)
{
    bool is_long = code >= FIRST;
    bool negated = code >= FIRST_NO;
    SettingId id =
        (SettingId)(is_long ? (code - FIRST) % SETTING_ID_COUNT : (int)setting_of_letter(code));
    const char *word = flag_word(argv);
    const char *name = is_long ? option_name(options, code) : settings_table()[id].name;
    const char *flag = arena_printf(arena, "--%s", name);
    if (is_long && strncmp(word, flag, strlen(flag)) != 0)
        return unknown_flag(arena, options, word, err);

    const char *value = optarg;
    if (settings_table()[id].type == TYPE_SWITCH)
        value = negated ? "false" : "true";
    LIST_APPEND(arena, &out->flags, (FlagValue){.id = id, .value = value, .flag = flag});
    return true;
}

bool
arguments_parse(Arena *arena, int argc, char **argv, Arguments *out, Error *err)
{
    *out = (Arguments){0};
    OptionList options = long_options(arena);
    const char *letters = short_options(arena);
    opterr = 0;
    optind = 0;
    for (int code; (code = getopt_long(argc, argv, letters, options.items, NULL)) != -1;) {
        if (code == '?')
            return unknown_flag(arena, &options, argv[optind - 1], err);
        if (code == ':')
            return error_set(err, ERROR_USAGE, "%s needs a value", argv[optind - 1]);
        if (code == HELP)
            out->help = true;
        else if (code == VERSION)
            out->version = true;
        else if (!take_flag(arena, &options, code, argv, out, err))
            return false;
    }
    for (int i = optind; i < argc; i++)
        LIST_APPEND(arena, &out->words, argv[i]);
    return true;
}
