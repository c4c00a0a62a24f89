/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <version.h>

#include "cli/docs.h"
#include "cli/help.h"

/* roff reads "\" everywhere, "." and "'" at the start of a line, and turns a bare "-" into a
 * hyphen. */
static void
write_roff(FILE *out, const char *text)
{
    bool at_start = true;
    for (const char *c = text; *c != '\0'; c++) {
        if (at_start && (*c == '.' || *c == '\''))
            fputs("\\&", out);
        if (strncmp(c, "…", 3) == 0) {
            fputs("...", out);
            c += 2;
        } else if (*c == '\\')
            fputs("\\e", out);
        else if (*c == '-')
            fputs("\\-", out);
        else
            fputc(*c, out);
        at_start = *c == '\n';
    }
}

static void
write_paragraphs(FILE *out, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        bool is_code = strncmp(text, "    ", 4) == 0;
        if (length == 0)
            fputs(".PP\n", out);
        else if (is_code)
            fputs(".EX\n", out);
        char *line = strndup(text, length);
        if (line == NULL)
            abort();
        write_roff(out, line);
        free(line);
        fputs(length > 0 ? "\n" : "", out);
        if (is_code)
            fputs(".EE\n", out);
        text += length + (text[length] == '\n');
    }
}

static void
write_term(FILE *out, const char *term, const char *text)
{
    fputs(".TP\n.B ", out);
    write_roff(out, term);
    fputc('\n', out);
    write_roff(out, text);
    fputc('\n', out);
}

static void
write_command(Arena *arena, FILE *out, const Command *command)
{
    fputs(".SS ", out);
    write_roff(out, arena_printf(arena, "lockstep %s%s%s", command->name,
                                 command->arguments[0] != '\0' ? " " : "", command->arguments));
    fputc('\n', out);
    write_paragraphs(out, command->description);
    fputs(".PP\nOptions:", out);
    const char *separator = " ";
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (!(setting->used_by & command->bit))
            continue;
        write_roff(out, arena_printf(arena, "%s--%s", separator, setting->name));
        separator = ", ";
    }
    fputs(".\n", out);
    for (size_t i = 0; i < MAX_EXAMPLES && command->examples[i].line != NULL; i++)
        write_term(out, command->examples[i].line, command->examples[i].purpose);
}

static void
write_options(Arena *arena, FILE *out)
{
    fputs(".SH OPTIONS\n", out);
    for (int id = 0; id < SETTING_ID_COUNT; id++)
        write_term(out, help_flag(arena, &settings_table()[id]),
                   arena_printf(arena, "%s.", help_setting(arena, &settings_table()[id], CMD_ALL)));
}

static void
write_environment(Arena *arena, FILE *out)
{
    fputs(".SH ENVIRONMENT\nPGHOST, PGSERVICE, PGPASSFILE and the other variables of libpq are "
          "honoured.\n",
          out);
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (!(setting->places & PLACE_ENVIRONMENT))
            continue;
        const char *term = setting_variable(arena, setting);
        if (setting->variable != NULL)
            term = arena_printf(arena, "%s, %s", term, setting->variable);
        write_term(out, term, arena_printf(arena, "The same as --%s.", setting->name));
    }
    write_term(out, "NO_COLOR", "No colour, whatever the terminal.");
}

static void
write_statuses(Arena *arena, FILE *out)
{
    size_t count = 0;
    const ExitMeaning *meanings = exit_meanings(&count);
    fputs(".SH EXIT STATUS\n", out);
    for (size_t i = 0; i < count; i++)
        write_term(out, arena_printf(arena, "%d", (int)meanings[i].status), meanings[i].meaning);
}

void
docs_man_page(Arena *arena, FILE *out)
{
    size_t count = 0;
    const Command *commands = commands_table(&count);
    fprintf(out,
            ".\\\" Made by scripts/docs from the program's own tables; do not edit.\n"
            ".TH LOCKSTEP 1 \"\" \"lockstep %s\" \"User commands\"\n"
            ".SH NAME\nlockstep \\- change the schema of a live PostgreSQL database without making "
            "the application wait\n"
            ".SH SYNOPSIS\n.B lockstep\n.I COMMAND\n[OPTION...] [ARGUMENT...]\n.SH COMMANDS\n",
            LOCKSTEP_VERSION);
    for (size_t i = 0; i < count; i++) {
        if (!commands[i].hidden)
            write_command(arena, out, &commands[i]);
    }
    write_options(arena, out);
    write_environment(arena, out);
    fputs(".SH FILES\n", out);
    write_term(out, "lockstep.ini", "Settings, in the current directory.");
    write_term(out, ".lockstep/", "The sandbox.");
    write_term(out, "~/.local/state/lockstep/journal.db", "Runs and restore markers.");
    write_statuses(arena, out);
}
