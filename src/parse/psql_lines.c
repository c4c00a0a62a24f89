/* SPDX-License-Identifier: MIT */
#include "psql_lines.h"

#include <string.h>

#define WORD_LIMIT ((size_t)40)

/* Concerns psql alone: pg_dump's files have \restrict, and that a variable is used is a syntax
 * error of its own. */
static bool
is_harmless(const char *command, size_t length)
{
    static const char *const harmless[] = {"\\restrict", "\\unrestrict", "\\set",  "\\unset",
                                           "\\echo",     "\\qecho",      "\\warn", "\\timing",
                                           "\\pset",     "\\x",          "\\."};

    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        if (strlen(harmless[i]) == length && memcmp(command, harmless[i], length) == 0)
            return true;
    }
    return false;
}

static bool
is_connect(const char *command, size_t length)
{
    return (length == 2 && memcmp(command, "\\c", length) == 0) ||
           (length == 8 && memcmp(command, "\\connect", length) == 0);
}

/* A command of psql that was complained of. */
typedef struct PsqlCommand {
    Span word;
    size_t error; /* index */
    size_t more;  /* lines that have it too */
} PsqlCommand;

typedef LIST(PsqlCommand) PsqlCommandList;

static Span
psql_word(const char *text, const Span *line)
{
    size_t end = line->start + 1;
    while (end < line->end && (signed char)text[end] > ' ' && end - line->start < WORD_LIMIT)
        end++;
    return (Span){line->start, end};
}

static PsqlCommand *
find_command(const PsqlCommandList *said, const char *text, Span word)
{
    const size_t length = word.end - word.start;
    for (size_t i = 0; i < said->count; i++) {
        PsqlCommand *command = &said->items[i];
        if (command->word.end - command->word.start == length &&
            memcmp(text + command->word.start, text + word.start, length) == 0)
            return command;
    }
    return NULL;
}

static void
refuse_command(Arena *arena, Script *script, const char *text, Span word, PsqlCommandList *said)
{
    SyntaxErrorList *errors = &script->errors;
    const int length = (int)(word.end - word.start);
    SyntaxError error = {.span = word, .is_connect = is_connect(text + word.start, (size_t)length)};

    error.message =
        arena_printf(arena, "%.*s is a command of psql, not SQL", length, text + word.start);
    LIST_APPEND(arena, said, ((PsqlCommand){.word = word, .error = errors->count}));
    LIST_APPEND(arena, errors, error);
}

/* Left out in silence, what such a line does would be missing from the database. One finding says
 * it of all lines with the same command; \connect means something else at each place. */
void
psql_lines_judge(Arena *arena, Script *script, const char *text, const SpanList *lines)
{
    PsqlCommandList said = {0};

    for (size_t i = 0; i < lines->count; i++) {
        const Span word = psql_word(text, &lines->items[i]);
        const size_t length = word.end - word.start;
        PsqlCommand *before = find_command(&said, text, word);
        if (is_harmless(text + word.start, length))
            LIST_APPEND(arena, &script->left_out, word);
        else if (before != NULL && !is_connect(text + word.start, length))
            before->more++;
        else
            refuse_command(arena, script, text, word, &said);
    }
    for (size_t i = 0; i < said.count; i++) {
        const PsqlCommand *command = &said.items[i];
        const char **message = &script->errors.items[command->error].message;
        if (command->more > 0)
            *message = arena_printf(arena, "%s; %zu more %s", *message, command->more,
                                    command->more == 1 ? "line has it" : "lines have it");
    }
}
