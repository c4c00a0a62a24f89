/* SPDX-License-Identifier: MIT */
#include "log_lines.h"

#include <ctype.h>
#include <string.h>

/* What stands before the time is the name of a model, or what a logger puts in front. */
enum { LONGEST_NAME = 80 };

typedef enum LineKind {
    LINE_OTHER,    /* SQL, or the next line of a statement */
    LINE_NOISE,    /* "== 2024… CreateOrders: migrating ====", "   -> 0.0012s" */
    LINE_STATEMENT /* "  TRANSACTION (0.2ms)  BEGIN" */
} LineKind;

static size_t
skip_blanks(const char *text, Span line)
{
    size_t at = line.start;
    while (at < line.end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at;
}

static bool
is_noise(const char *text, Span line)
{
    static const char *const beginnings[] = {"== ", "-> ", "\xE2\x86\xB3 ", "Migrating to ",
                                             "DEPRECATION WARNING:"};
    const size_t at = skip_blanks(text, line);
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        const size_t length = strlen(beginnings[i]);
        if (line.end - at >= length && memcmp(text + at, beginnings[i], length) == 0)
            return true;
    }
    return false;
}

/* "(0.2ms)" and two blanks; the place behind them, or 0. */
static size_t
behind_time(const char *text, Span line, size_t at)
{
    size_t digits = at + 1;
    while (digits < line.end && (isdigit((unsigned char)text[digits]) || text[digits] == '.'))
        digits++;
    if (digits == at + 1 || line.end - digits < 5 || memcmp(text + digits, "ms)  ", 5) != 0)
        return 0;
    return digits + 5;
}

/* Where the statement begins in the line; 0 where it has no time in front. */
static size_t
statement_in(const char *text, Span line)
{
    for (size_t at = line.start; at < line.end && at < line.start + LONGEST_NAME; at++) {
        if (text[at] == '(')
            return behind_time(text, line, at);
        if (text[at] == '\'' || text[at] == '"' || text[at] == ';')
            return 0;
    }
    return 0;
}

static LineKind
kind_of(const char *text, Span line, size_t *statement)
{
    *statement = statement_in(text, line);
    if (*statement > 0)
        return LINE_STATEMENT;
    return is_noise(text, line) ? LINE_NOISE : LINE_OTHER;
}

static void
blank(char *text, size_t start, size_t end)
{
    memset(text + start, ' ', end - start);
}

/* Colours: ESC, "[", digits, "m". */
static void
blank_colours(char *text, size_t length)
{
    for (char *at = memchr(text, '\x1B', length); at != NULL;
         at = memchr(at, '\x1B', length - (size_t)(at - text))) {
        size_t size = strcspn(at, "m\n");
        blank(at, 0, size + (at[size] == 'm'));
    }
}

/* The values of the parameters: "  [["id", 1]]" at the end of the line. */
static void
blank_values(char *text, Span line)
{
    if (line.end - line.start < 4 || memcmp(text + line.end - 2, "]]", 2) != 0)
        return;
    for (size_t at = line.start; at + 4 <= line.end; at++) {
        if (memcmp(text + at, "  [[", 4) == 0) {
            blank(text, at, line.end);
            return;
        }
    }
}

static Span
line_at(const char *text, size_t at, size_t length)
{
    const char *end = memchr(text + at, '\n', length - at);
    size_t stop = end != NULL ? (size_t)(end - text) : length;
    return (Span){at, stop > at && text[stop - 1] == '\r' ? stop - 1 : stop};
}

static bool
find_first(const char *text, size_t length, Span *first)
{
    size_t statement = 0;
    for (size_t at = 0; at < length; at = line_at(text, at, length).end + 1) {
        Span line = line_at(text, at, length);
        if (kind_of(text, line, &statement) == LINE_OTHER)
            continue;
        *first = (Span){skip_blanks(text, line), line.end};
        return true;
    }
    return false;
}

bool
log_fill(char *text, size_t length, Span *first)
{
    if (memchr(text, '\x1B', length) == NULL && !find_first(text, length, first))
        return false;
    blank_colours(text, length);
    if (!find_first(text, length, first))
        return false;
    for (size_t at = 0; at < length;) {
        Span line = line_at(text, at, length);
        size_t statement = 0;
        LineKind kind = kind_of(text, line, &statement);
        if (kind != LINE_OTHER) {
            blank(text, line.start, kind == LINE_NOISE ? line.end : statement);
            if (line.start < line.end)
                text[line.start] = ';';
        }
        blank_values(text, line);
        at = line.end + 1;
    }
    return true;
}
