/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/term.h"
#include "cli/arguments.h"
#include "cli/help.h"

/* Everybody who may look at the process list sees its arguments. */
static void
hide_secrets(Arena *arena, int argc, char **argv, FlagList *flags)
{
    foreach (flag, flags) {
        if (!settings_table()[flag->id].is_secret)
            continue;
        for (int i = 0; i < argc; i++) {
            size_t length = strlen(argv[i]);
            bool is_here = flag->value >= argv[i] && flag->value <= argv[i] + length;
            if (!is_here)
                continue;
            char *shown = argv[i] + (flag->value - argv[i]);
            flag->value = arena_strdup(arena, shown);
            memset(shown, 'x', strlen(shown));
        }
    }
}

static const char *
users_of(Arena *arena, const Setting *setting)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    const char *list = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden && setting->used_by & commands[i].bit)
            list = list == NULL ? commands[i].name
                                : arena_printf(arena, "%s, %s", list, commands[i].name);
    }
    return list;
}

static bool
check_flags(Arena *arena, const Command *command, const FlagList *flags, Error *err)
{
    foreach (flag, flags) {
        const Setting *setting = &settings_table()[flag->id];
        if (setting->used_by & command->bit)
            continue;
        (void)error_set(err, ERROR_USAGE, "%s has no option %s", command->name, flag->flag);
        return error_detail(err, "it belongs to %s", users_of(arena, setting));
    }
    return true;
}

static bool
check_arguments(const Command *command, const StringList *arguments, Error *err)
{
    if (arguments->count < command->least)
        (void)error_set(err, ERROR_USAGE, "%s needs %s", command->name, command->arguments);
    else if (arguments->count > command->most)
        (void)error_set(err, ERROR_USAGE, "%s does not take the argument \"%s\"", command->name,
                        arguments->items[command->most]);
    else
        return true;
    return error_hint(err, "Run `lockstep help %s`.", command->name);
}

/* All that writes asks base/term, which asks these variables. */
static void
set_colour(const Settings *settings)
{
    switch (settings->colour) {
    case COLOUR_AUTO:
        break;
    case COLOUR_ALWAYS:
        (void)unsetenv("NO_COLOR");
        (void)setenv("CLICOLOR_FORCE", "1", 1);
        break;
    case COLOUR_NEVER:
        (void)setenv("NO_COLOR", "1", 1);
        break;
    }
}

/* A format of lint's that is asked for in a file or a variable is for lint; as a flag, it is asked
 * of the command at hand. */
static bool
fit_format(const Command *command, Settings *settings, Error *err)
{
    const Setting *setting = &settings_table()[SETTING_FORMAT];
    if ((size_t)settings->format < setting_choices_for(setting, (int)command->bit))
        return true;
    if (settings->level[SETTING_FORMAT] == LEVEL_FLAG) {
        (void)error_set(err, ERROR_USAGE, "%s does not write %s", command->name,
                        setting_choice_word(SETTING_FORMAT, (int)settings->format));
        return error_hint(err, "Use --format text or --format json; the others are for lint.");
    }
    settings->format = FORMAT_TEXT;
    return true;
}

/* How a command ended. */
typedef struct Ending {
    ExitStatus status; /* where nothing failed */
    bool error_is_told;
} Ending;

static bool
run_command(Arena *arena, const Command *command, const Arguments *arguments,
            const Settings *settings, Ending *ending, Error *err)
{
    Invocation invocation = {.arena = arena,
                             .command = command,
                             .settings = settings,
                             .arguments = arguments->words,
                             .out = stdout,
                             .messages = stderr,
                             .colour = term_has_colour(stdout),
                             .width = term_width(stdout)};
    if (invocation.arguments.count > 0) {
        invocation.arguments.items++;
        invocation.arguments.count--;
    }
    if (arguments->help) {
        help_command(&invocation, command);
        return true;
    }
    bool done = check_flags(arena, command, &arguments->flags, err) &&
                check_arguments(command, &invocation.arguments, err) &&
                command->run(&invocation, err);
    *ending = (Ending){invocation.status, invocation.error_is_told};
    return done;
}

static bool
dispatch(Arena *arena, int argc, char **argv, char *const *environment, Ending *ending, Error *err)
{
    Arguments arguments;
    bool parsed = arguments_parse(arena, argc, argv, &arguments, err);
    hide_secrets(arena, argc, argv, &arguments.flags);
    if (!parsed)
        return false;
    if (arguments.version) {
        help_version(arena, stdout);
        return true;
    }

    const char *name = arguments.words.count > 0 ? arguments.words.items[0] : "help";
    const Command *command = command_find(name);
    if (command == NULL)
        return command_unknown(arena, name, err);

    Settings settings;
    if (!settings_load(arena, &arguments.flags, environment, ".", &settings, err))
        return false;
    bool reads = settings_table()[SETTING_SUBSTITUTE].used_by & command->bit;
    if (!fit_format(command, &settings, err) ||
        (reads && !arguments.help && !settings_resolve_variables(arena, &settings, err)))
        return false;
    set_colour(&settings);
    return run_command(arena, command, &arguments, &settings, ending, err);
}

/* A full disk or a closed pipe shows only when the last bytes are written. */
static bool
finish_output(Error *err)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return error_set(err, ERROR_USAGE, "cannot write the result: %s",
                     errno != 0 ? file_errno_words(errno) : "standard output is closed");
}

void
command_write_table(const Invocation *invocation, const Table *table)
{
    const int width = term_is_terminal(invocation->out) ? invocation->width : 0;
    table_write(invocation->out, invocation->arena, table, invocation->colour, width);
}

/* A file that is opened while one of the three is closed would take its number, and our messages
 * with it. Standard output stays unfit for writing, so that the loss shows. */
static void
occupy_standard_streams(void)
{
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) >= 0)
            continue;
        int opened = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR);
        if (opened != descriptor)
            abort();
    }
}

int
command_main(Arena *arena, int argc, char **argv, char *const *environment)
{
    Error err = {0};
    Ending ending = {0};
    occupy_standard_streams();
    bool done = dispatch(arena, argc, argv, environment, &ending, &err);
    ExitStatus status = ending.status;
    if (!done) {
        (void)fflush(stdout);
        if (!ending.error_is_told)
            log_error(&err);
        status = exit_status_of(err.kind);
    }
    if (!finish_output(&err)) {
        log_error(&err);
        if (status == EXIT_DONE)
            status = exit_status_of(err.kind);
    }
    return (int)status;
}
