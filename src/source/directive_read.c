/* SPDX-License-Identifier: MIT */
#include "source/directive_read.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/duration.h"
#include "base/nearest.h"

#define MARK "lockstep"
#define MARK_LENGTH (sizeof MARK - 1)

typedef enum Arguments {
    ARGUMENTS_RULES,
    ARGUMENTS_NONE,
    ARGUMENTS_REASON,
    ARGUMENTS_DURATION
} Arguments;

static const struct KnownDirective {
    const char *word;
    DirectiveKind kind;
    Arguments arguments;
    bool for_file; /* stands before the first statement */
} known_directives[] = {
    {"allow",             DIRECTIVE_ALLOW,             ARGUMENTS_RULES,    false},
    {"allow-file",        DIRECTIVE_ALLOW_FILE,        ARGUMENTS_RULES,    true },
    {"irreversible",      DIRECTIVE_IRREVERSIBLE,      ARGUMENTS_REASON,   true },
    {"lock-timeout",      DIRECTIVE_LOCK_TIMEOUT,      ARGUMENTS_DURATION, false},
    {"max-hold",          DIRECTIVE_MAX_HOLD,          ARGUMENTS_DURATION, false},
    {"no-transaction",    DIRECTIVE_NO_TRANSACTION,    ARGUMENTS_NONE,     true },
    {"statement-timeout", DIRECTIVE_STATEMENT_TIMEOUT, ARGUMENTS_DURATION, false},
};

#define KNOWN_COUNT (sizeof known_directives / sizeof *known_directives)

/* One comment while it is read. */
typedef struct Reader {
    Arena *arena;
    const char *at;
    const char *end;
    Directive *out;
} Reader;

static void
skip_blanks(Reader *reader)
{
    while (reader->at < reader->end && isspace((unsigned char)*reader->at))
        reader->at++;
}

static bool
take(Reader *reader, char wanted)
{
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

/* Letters, digits, "-" and "_"; "" where there is none. */
static const char *
take_word(Reader *reader)
{
    skip_blanks(reader);
    const char *start = reader->at;
    while (reader->at < reader->end &&
           (isalnum((unsigned char)*reader->at) || *reader->at == '-' || *reader->at == '_'))
        reader->at++;
    return arena_strndup(reader->arena, start, (size_t)(reader->at - start));
}

/* The rest of the comment without the blanks around it; NULL where nothing is left. */
static const char *
take_rest(Reader *reader)
{
    skip_blanks(reader);
    const char *start = reader->at;
    const char *end = reader->end;
    while (end > start && isspace((unsigned char)end[-1]))
        end--;
    reader->at = reader->end;
    return end == start ? NULL : arena_strndup(reader->arena, start, (size_t)(end - start));
}

static void
malformed(Reader *reader, const char *problem)
{
    reader->out->kind = DIRECTIVE_MALFORMED;
    reader->out->problem = problem;
}

static const struct KnownDirective *
find_known(const char *word)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (strcasecmp(known_directives[i].word, word) == 0)
            return &known_directives[i];
    }
    return NULL;
}

static void
unknown_word(Reader *reader, const char *word)
{
    if (strcasecmp(word, "batch") == 0) {
        malformed(reader, "batch is not supported by this version");
        return;
    }
    const char *words[KNOWN_COUNT];
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        words[i] = known_directives[i].word;
    const char *nearest = nearest_word(word, words, KNOWN_COUNT);
    if (*word == '\0')
        malformed(reader, "there is no directive behind \"" MARK ":\"");
    else if (nearest != NULL)
        malformed(reader,
                  arena_printf(reader->arena, "there is no directive \"%s\"; did you mean \"%s\"?",
                               word, nearest));
    else
        malformed(reader, arena_printf(reader->arena, "there is no directive \"%s\"", word));
}

static int
days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool
is_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    if (strlen(text) != sizeof shape - 1)
        return false;
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != shape[i])
            return false;
    }
    int year = (int)strtol(text, NULL, 10);
    int month = (int)strtol(text + 5, NULL, 10);
    int day = (int)strtol(text + 8, NULL, 10);
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of_month(year, month);
}

/* "(until 2027-03-01)" */
static bool
read_until(Reader *reader)
{
    if (!take(reader, '('))
        return true;
    const char *word = take_word(reader);
    const char *date = take_word(reader);
    if (strcasecmp(word, "until") != 0 || !take(reader, ')')) {
        malformed(reader, "what stands in parentheses is not \"until YYYY-MM-DD\"");
        return false;
    }
    if (!is_date(date)) {
        malformed(reader,
                  arena_printf(reader->arena, "\"%s\" is not a date: write it YYYY-MM-DD", date));
        return false;
    }
    reader->out->until = date;
    return true;
}

static void
read_rules(Reader *reader)
{
    do {
        const char *rule = take_word(reader);
        if (*rule == '\0') {
            malformed(reader, "it names no rule: write \"allow RULE: REASON\"");
            return;
        }
        LIST_APPEND(reader->arena, &reader->out->rules, rule);
    } while (take(reader, ','));

    if (!read_until(reader))
        return;
    if (take(reader, ':'))
        reader->out->reason = take_rest(reader);
    else if (take_rest(reader) != NULL)
        malformed(reader, "a colon is missing between the rules and the reason");
}

static void
read_duration(Reader *reader, const char *word)
{
    const char *text = take_rest(reader);
    Error err;
    if (text == NULL)
        malformed(reader, arena_printf(reader->arena, "%s needs a duration, such as 2s", word));
    else if (!duration_parse(text, &reader->out->timeout_ms, &err))
        malformed(reader, arena_strdup(reader->arena, err.message));
}

static void
read_arguments(Reader *reader, const struct KnownDirective *known)
{
    switch (known->arguments) {
    case ARGUMENTS_RULES:
        read_rules(reader);
        return;
    case ARGUMENTS_NONE:
        if (take_rest(reader) != NULL)
            malformed(reader, arena_printf(reader->arena, "nothing may follow %s", known->word));
        return;
    case ARGUMENTS_REASON:
        if (take(reader, ':'))
            reader->out->reason = take_rest(reader);
        else if (take_rest(reader) != NULL)
            malformed(reader,
                      arena_printf(reader->arena, "a colon is missing between %s and its reason",
                                   known->word));
        return;
    case ARGUMENTS_DURATION:
        read_duration(reader, known->word);
        return;
    }
}

/* "no transaction" is as good as "no-transaction". */
static const char *
take_directive_word(Reader *reader)
{
    const char *word = take_word(reader);
    if (strcasecmp(word, "no") != 0)
        return word;
    const char *second = take_word(reader);
    return *second == '\0' ? word : arena_printf(reader->arena, "no-%s", second);
}

static void
check_place(Reader *reader, const struct KnownDirective *known, const Script *script)
{
    const Directive *out = reader->out;
    if (out->kind == DIRECTIVE_MALFORMED)
        return;
    if (known->for_file && out->statement > 0)
        malformed(reader,
                  arena_printf(reader->arena,
                               "%s concerns the whole file: put it before the first statement",
                               known->word));
    bool nothing_follows = out->statement == script->statements.count && script->errors.count == 0;
    if (known->arguments == ARGUMENTS_DURATION && nothing_follows)
        malformed(reader, arena_printf(reader->arena, "no statement follows this %s", known->word));
}

static bool
read_comment(Reader *reader, const Script *script)
{
    skip_blanks(reader);
    if ((size_t)(reader->end - reader->at) < MARK_LENGTH ||
        strncasecmp(reader->at, MARK, MARK_LENGTH) != 0)
        return false;
    reader->at += MARK_LENGTH;
    if (!take(reader, ':')) {
        /* Prose may begin with our name; a directive behind it is not prose. */
        bool meant = find_known(take_directive_word(reader)) != NULL;
        malformed(reader, "a colon is missing behind \"" MARK "\"");
        return meant;
    }

    const char *word = take_directive_word(reader);
    const struct KnownDirective *known = find_known(word);
    if (known == NULL) {
        unknown_word(reader, word);
        return true;
    }
    reader->out->kind = known->kind;
    read_arguments(reader, known);
    check_place(reader, known, script);
    return true;
}

bool
directive_read(Arena *arena, const char *text, const Script *script, Directive *out)
{
    Reader reader = {
        .arena = arena, .at = text + out->span.start + 2, .end = text + out->span.end, .out = out};
    return read_comment(&reader, script);
}
