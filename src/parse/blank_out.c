/* SPDX-License-Identifier: MIT */
#include "blank_out.h"

#include <string.h>

#include "scan.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* Where we are in a statement that may be COPY … FROM stdin. */
typedef enum CopyState { COPY_START, COPY_NOT, COPY_SEEN, COPY_FROM, COPY_FROM_STDIN } CopyState;

/* So many comments within each other nobody writes: the server's lexer takes time for each level at
 * each step. */
enum { DEEP = 100 };

static bool has_many_comments(const char *text, size_t length);
static void blank_deep_comments(char *text, size_t at, size_t end);
static bool has_backslash_line(const char *text, size_t length);
static bool begins_line(const char *text, size_t at);
static CopyState copy_next(CopyState state, const char *text, ScanToken token);
static bool find_copy_data(const char *text, size_t semicolon, size_t length, CopyBlock *out);
static size_t line_end(const char *text, size_t at, size_t length);
static void blank_span(char *text, size_t start, size_t end);

bool
blank_out_concerns(const char *text, size_t length)
{
    return (length >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0) ||
           has_backslash_line(text, length) || has_many_comments(text, length);
}

BlankedOut
blank_out(Arena *arena, char *text, size_t length)
{
    BlankedOut out = {0};
    CopyState state = COPY_START;
    size_t at = 0;

    if (length >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0)
        blank_span(text, 0, 3);
    for (;;) {
        ScanToken token = scan_token(text, at, length);
        blank_deep_comments(text, at, token.span.start);
        if (token.kind == TOKEN_END)
            return out;
        at = token.span.end;
        if (text[token.span.start] == '\\' && begins_line(text, token.span.start)) {
            at = line_end(text, token.span.start, length);
            blank_span(text, token.span.start, at);
            LIST_APPEND(arena, &out.psql_lines, ((Span){token.span.start, at}));
            continue;
        }

        CopyBlock block;
        if (token.kind == TOKEN_SEMICOLON && state == COPY_FROM_STDIN &&
            find_copy_data(text, token.span.start, length, &block)) {
            blank_span(text, block.data.start, block.after);
            LIST_APPEND(arena, &out.blocks, block);
            at = block.after;
        }
        state = copy_next(state, text, token);
    }
}

static bool
has_many_comments(const char *text, size_t length)
{
    size_t count = 0;
    const char *end = text + length;

    /* Slashes are rare: strstr() would look at each byte. */
    for (const char *at = memchr(text, '/', length); at != NULL;
         at = memchr(at + 1, '/', (size_t)(end - at - 1)))
        count += at[1] == '*' ? 1 : 0;
    return count > DEEP;
}

/* What is in the comment that begins at `at`: to the end of the outermost one, or to `limit`. */
static Span
inside_comment(const char *text, size_t at, size_t limit, size_t *deepest)
{
    size_t depth = 1;
    Span inside = {at + 2, limit};

    *deepest = 1;
    for (size_t i = at + 2; i + 1 < limit; i++) {
        bool opens = text[i] == '/' && text[i + 1] == '*';
        bool closes = text[i] == '*' && text[i + 1] == '/';
        if (!opens && !closes)
            continue;
        depth = opens ? depth + 1 : depth - 1;
        *deepest = depth > *deepest ? depth : *deepest;
        if (depth == 0) {
            inside.end = i;
            break;
        }
        i++;
    }
    return inside;
}

/* Between two tokens there are blanks and comments. */
static void
blank_deep_comments(char *text, size_t at, size_t end)
{
    while (at + 2 * (size_t)DEEP < end) {
        if (text[at] == '-') {
            at = line_end(text, at, end);
        } else if (text[at] == '/') {
            size_t deepest = 0;
            Span inside = inside_comment(text, at, end, &deepest);
            if (deepest > DEEP)
                blank_span(text, inside.start, inside.end);
            at = inside.end + 2;
        } else {
            at++;
        }
    }
}

/* Only then there can be something to do: COPY data too end with such a line. */
static bool
has_backslash_line(const char *text, size_t length)
{
    const char *found = memchr(text, '\\', length);

    while (found != NULL) {
        size_t at = (size_t)(found - text);
        if (begins_line(text, at))
            return true;
        found = memchr(found + 1, '\\', length - at - 1);
    }
    return false;
}

static bool
begins_line(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        at--;
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

static CopyState
copy_next(CopyState state, const char *text, ScanToken token)
{
    if (token.kind == TOKEN_SEMICOLON)
        return COPY_START;
    switch (state) {
    case COPY_START:
        return scan_is_word(text, token, "copy") ? COPY_SEEN : COPY_NOT;
    case COPY_FROM:
        if (scan_is_word(text, token, "stdin"))
            return COPY_FROM_STDIN;
        return scan_is_word(text, token, "from") ? COPY_FROM : COPY_SEEN;
    case COPY_SEEN:
        return scan_is_word(text, token, "from") ? COPY_FROM : COPY_SEEN;
    case COPY_NOT:
    case COPY_FROM_STDIN:
        break;
    }
    return state;
}

/* Data that no `\.` line ends cannot be told from the statements that follow: they stay. */
static bool
find_copy_data(const char *text, size_t semicolon, size_t length, CopyBlock *out)
{
    size_t at = line_end(text, semicolon, length);

    at += at < length;
    out->semicolon = semicolon;
    out->data.start = at;
    while (at < length) {
        size_t end = line_end(text, at, length);
        size_t size = end - at - (end > at && text[end - 1] == '\r');
        if (size == 2 && text[at] == '\\' && text[at + 1] == '.') {
            out->data.end = at;
            out->after = end;
            return true;
        }
        at = end + (end < length);
    }
    return false;
}

/* The next line feed, or the end of the text. */
static size_t
line_end(const char *text, size_t at, size_t length)
{
    const char *found = memchr(text + at, '\n', length - at);
    return found == NULL ? length : (size_t)(found - text);
}

static void
blank_span(char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
    }
}
