/* SPDX-License-Identifier: MIT */
#include "support/lint_text.h"

#include <string.h>

static const char separator[] = "-- next migration\n";
static const char down_line[] = "-- down\n";

static const char *
after_lines(Arena *arena, size_t lines, const char *text, size_t length)
{
    char *padded = arena_alloc(arena, lines + length + 1);

    memset(padded, '\n', lines);
    memcpy(padded + lines, text, length);
    return padded;
}

StringList
split_migrations(Arena *arena, const char *text, bool keep_lines)
{
    StringList parts = {0};
    const char *start = text;
    size_t line = 0;

    for (;;) {
        const char *end = strstr(start, separator);
        const size_t length = end != NULL ? (size_t)(end - start) : strlen(start);
        LIST_APPEND(arena, &parts, after_lines(arena, keep_lines ? line : 0, start, length));
        if (end == NULL)
            return parts;
        end += strlen(separator);
        for (; start < end; start++)
            line += *start == '\n';
    }
}

/* An opinion is asked for where it is the rule at hand. */
static LintPolicy
policy_with(Arena *arena, const Rule *rule)
{
    LintPolicy policy = {0};
    if (rule == NULL || rule->severity != SEVERITY_OFF)
        return policy;
    RulePolicy *said = policy_add(arena, &policy, rule->id);
    said->says_severity = true;
    said->severity = SEVERITY_WARNING;
    return policy;
}

/* `end` is behind the last byte of it; NULL: all of the text. */
static SourceFile *
make_file(Arena *arena, const char *path, const char *text, const char *end)
{
    const char *own = end != NULL ? arena_strndup(arena, text, (size_t)(end - text)) : text;
    SourceFile *file = ARENA_NEW(arena, SourceFile);

    *file = (SourceFile){
        .path = path, .text = own, .length = strlen(own), .bytes = own, .byte_count = strlen(own)};
    return file;
}

/* With its lines numbered as in the whole text. */
static const char *
down_part(Arena *arena, const char *text, const char *down)
{
    size_t lines = 0;
    for (; text < down; text++)
        lines += *text == '\n';
    return after_lines(arena, lines, down, strlen(down));
}

LintResult
lint_texts(Arena *arena, int pg_version, const StringList *texts, size_t replayed)
{
    return lint_texts_for(arena, NULL, pg_version, texts, replayed);
}

LintResult
lint_texts_for(Arena *arena, const Rule *rule, int pg_version, const StringList *texts,
               size_t replayed)
{
    const LintPolicy policy = policy_with(arena, rule);
    const LintOptions options = {
        .pg_version = pg_version, .today = "2026-01-01", .policy = &policy};
    DiscoveredFiles files = {0};
    LintResult result;
    size_t number = 0;

    foreach (text, texts) {
        const char *name = arena_printf(arena, "%zu.sql", ++number);
        const char *down = strstr(*text, down_line);
        Migration migration = {.version = "", .version_text = "", .name = name};
        migration.up = make_file(arena, name, *text, down);
        if (down != NULL)
            migration.down = make_file(arena, name, down_part(arena, *text, down), NULL);
        LIST_APPEND(arena, &files.migrations, migration);
        LIST_APPEND(arena, &files.reported_up, number > replayed);
        LIST_APPEND(arena, &files.reported_down, down != NULL && number > replayed);
    }
    lint_run(arena, &options, &files, &result);
    return result;
}

size_t
lint_count(const LintResult *result, Severity at_least)
{
    size_t count = 0;

    foreach (finding, &result->findings)
        count += finding->severity >= at_least && finding->suppressed == NULL;
    return count;
}

const char *
lint_words(Arena *arena, const LintResult *result)
{
    const char *words = "";

    foreach (finding, &result->findings)
        words = arena_printf(arena, "%s%s: %s (%s)\n", words, finding->rule, finding->message,
                             result->sources.items[finding->file].file->text);
    return words;
}
